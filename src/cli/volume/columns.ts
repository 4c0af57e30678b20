// The columns of `docker volume ls` (docker/cli cli/command/formatter/volume.go).

import { existsIn, type Release } from '../../base/release.ts'
import type { Volume } from '../../engine/volume/volume.ts'
import { labelsText } from '../format/labels.ts'
import type { ListView } from '../format/table.ts'

/** A volume, and where it was asked for, who uses it and what it takes. */
export interface VolumeRow {
  readonly volume: Volume
  readonly links?: string
  readonly size?: string
}

const unknown = (): string => 'N/A'

const labelsOf = ({ volume }: VolumeRow): ReadonlyMap<string, string> => volume.labels ?? new Map()

const view: ListView<VolumeRow> = {
  typeName: 'formatter.volumeContext',
  columns: {
    Name: { header: 'VOLUME NAME', cell: ({ volume }) => volume.name },
    Driver: { header: 'DRIVER', cell: ({ volume }) => volume.driver },
    Scope: { header: 'SCOPE', cell: () => 'local' },
    Availability: { header: 'AVAILABILITY', cell: unknown },
    Mountpoint: { header: 'MOUNTPOINT', cell: ({ volume }) => volume.path },
    Labels: { header: 'LABELS', cell: (row) => labelsText(labelsOf(row)) },
    Links: { header: 'LINKS', cell: ({ links = 'N/A' }) => links },
    Group: { header: 'GROUP', cell: unknown },
    Size: { header: 'SIZE', cell: ({ size = 'N/A' }) => size },
    Status: { header: 'STATUS', cell: unknown },
  },
  label: (row, key) => labelsOf(row).get(key) ?? '',
}

/** Clients before 28 know no volumes of clusters. */
export function volumeRows(release: Release): ListView<VolumeRow> {
  if (existsIn(release, '28')) return view
  const { Availability: _, Group: __, Status: ___, ...columns } = view.columns
  return { ...view, columns }
}

export function volumeFormat(given: string, quiet: boolean): string {
  if (given === '' || given === 'table') return quiet ? '{{.Name}}' : 'table {{.Driver}}\t{{.Name}}'
  if (given === 'raw') return quiet ? 'name: {{.Name}}' : 'name: {{.Name}}\ndriver: {{.Driver}}\n'
  return given
}
