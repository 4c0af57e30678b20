// The columns of `docker network ls` (docker/cli cli/command/network/formatter.go).

import { datePartsOf, printDate, printTime, printZone } from '../../base/calendar.ts'
import { existsIn, type Release } from '../../base/release.ts'
import type { Engine } from '../../engine/engine.ts'
import type { Network } from '../../engine/network/network.ts'
import { labelsText } from '../format/labels.ts'
import type { ListView } from '../format/table.ts'

export interface NetworkRow {
  readonly network: Network
  readonly engine: Engine
  readonly truncates: boolean
}

export const networkRow = (network: Network, engine: Engine, truncates: boolean): NetworkRow => ({
  network,
  engine,
  truncates,
})

const id = ({ network, truncates }: NetworkRow): string => (truncates ? network.id.slice(0, 12) : network.id)

const view: ListView<NetworkRow> = {
  typeName: 'network.networkContext',
  columns: {
    ID: { header: 'NETWORK ID', cell: id },
    Name: { header: 'NAME', cell: ({ network }) => network.name },
    Driver: { header: 'DRIVER', cell: ({ network }) => network.driver.name },
    Scope: { header: 'SCOPE', cell: ({ network }) => network.scope },
    IPv4: { header: 'IPV4', cell: ({ network }) => String(network.enableIp4) },
    IPv6: { header: 'IPV6', cell: ({ network }) => String(network.enableIp6) },
    Internal: { header: 'INTERNAL', cell: ({ network }) => String(network.internal) },
    Labels: { header: 'LABELS', cell: ({ network }) => labelsText(network.labels) },
    CreatedAt: { header: 'CREATED AT', cell: createdAt },
  },
  label: ({ network }, key) => network.labels.get(key) ?? '',
}

/** Clients before 28 know no `.IPv4`. */
export function networkRows(release: Release): ListView<NetworkRow> {
  if (existsIn(release, '28')) return view
  const { IPv4: _, ...columns } = view.columns
  return { ...view, columns }
}

const tableFormat = 'table {{.ID}}\t{{.Name}}\t{{.Driver}}\t{{.Scope}}'
const rawFormat = 'network_id: {{.ID}}\nname: {{.Name}}\ndriver: {{.Driver}}\nscope: {{.Scope}}\n'

export function networkFormat(given: string, quiet: boolean): string {
  if (given === '' || given === 'table') return quiet ? '{{.ID}}' : tableFormat
  if (given === 'raw') return quiet ? 'network_id: {{.ID}}' : rawFormat
  return given
}

/** time.Time as Go prints it: `2026-11-21 02:29:34.683568745 +0000 UTC`. */
function createdAt({ network, engine }: NetworkRow): string {
  const { zoneMinutes, zoneName } = engine.machine.calendar
  const parts = datePartsOf(network.created, zoneMinutes)
  const fraction = String(parts.nanosecond).padStart(9, '0').replace(/0+$/, '')
  const time = `${printTime(parts)}${fraction === '' ? '' : `.${fraction}`}`
  return `${printDate(parts)} ${time} ${printZone(zoneMinutes, '')} ${zoneName}`
}
