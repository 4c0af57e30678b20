// The columns of `docker ps` (docker/cli cli/command/formatter/container.go).

import type { ContainerRow } from '../../api/row.ts'
import { span, statusText } from '../../api/status.ts'
import { datePartsOf, type Moment, printDate, printTime, printZone } from '../../base/calendar.ts'
import { quote } from '../../base/go/quote.ts'
import { humanDuration, humanSize } from '../../base/go/units.ts'
import { type Dated, existsIn, inRelease, type Release } from '../../base/release.ts'
import { shortId } from '../../engine/container/container.ts'
import { imageSize } from '../../engine/image/image.ts'
import { writtenSize } from '../../kernel/fs/changes.ts'
import { ellipsis } from '../format/ellipsis.ts'
import { labelsText } from '../format/labels.ts'
import type { ListView } from '../format/table.ts'
import { any, as, pointer, struct, text } from '../format/template/types.ts'
import { GoValue } from '../format/template/value.ts'
import { portsText } from './portstext.ts'

/** A row with what its cells depend on. Without a row it is Go's empty one, on which formats are tried. */
export interface Listed {
  readonly row: ContainerRow | undefined
  readonly now: Moment
  readonly zone: { readonly zoneMinutes: number; readonly zoneName: string }
  readonly truncates: boolean
  readonly brackets: boolean
  readonly tellsPlatform?: boolean
}

type Cell = (row: ContainerRow, listed: Listed) => string

const cell =
  (text: Cell) =>
  (listed: Listed): string =>
    listed.row ? text(listed.row, listed) : ''

const cellOfPlatform = ({ row, tellsPlatform }: Listed): unknown =>
  row && tellsPlatform ? new GoValue(platformShape, { architecture: 'amd64', os: 'linux' }) : null

const platformShape = pointer(
  struct('ocispec.Platform', { Architecture: as('architecture', text), OS: as('os', text) }),
)

const view: ListView<Listed> = {
  typeName: 'formatter.ContainerContext',
  hidden: ['HeaderContext', 'trunc', 'c'],
  columns: {
    ID: { header: 'CONTAINER ID', cell: cell(idText) },
    Names: { header: 'NAMES', cell: cell(namesText) },
    Image: { header: 'IMAGE', cell: cell(imageText) },
    Command: { header: 'COMMAND', cell: cell(commandText) },
    CreatedAt: { header: 'CREATED AT', cell: cell(createdText) },
    RunningFor: { header: 'CREATED', cell: cell(ageText) },
    Ports: { header: 'PORTS', cell: cell((row, { brackets }) => portsText(row.ports, brackets)) },
    State: { header: 'STATE', cell: cell(({ container }) => container.state.status) },
    Status: { header: 'STATUS', cell: cell(({ container }, { now }) => statusText(container, now)) },
    Size: { header: 'SIZE', cell: cell(sizeText) },
    Labels: { header: 'LABELS', cell: cell(({ container }) => labelsText(container.config.labels)) },
    Mounts: { header: 'MOUNTS', cell: cell(mountsText) },
    LocalVolumes: { header: 'LOCAL VOLUMES', cell: cell(volumesText) },
    Networks: { header: 'NETWORKS', cell: cell(networksText) },
    Platform: { header: 'PLATFORM', cell: cellOfPlatform, type: any },
    HealthStatus: {
      header: 'HEALTH STATUS',
      cell: cell(({ container }) => container.state.health?.status ?? 'none'),
    },
  },
  label: ({ row }, key) => row?.container.config.labels.get(key) ?? '',
}

/** The placeholders that the release has. */
export function containerRows(release: Release): ListView<Listed> {
  const columns = Object.entries(view.columns).filter(([name]) => existsIn(release, since[name]))
  return {
    ...view,
    typeName: inRelease<string>(typeNames, release) ?? '',
    columns: Object.fromEntries(columns),
  }
}

const since: Readonly<Partial<Record<string, Release>>> = {
  State: '20.10',
  Platform: '28',
  HealthStatus: '29',
}
const typeNames: Dated<string> = {
  '19.03': 'formatter.containerContext',
  '20.10': 'formatter.ContainerContext',
}

const tableFormat =
  'table {{.ID}}\t{{.Image}}\t{{.Command}}\t{{.RunningFor}}\t{{.Status}}\t{{.Ports}}\t{{.Names}}'
const rawFormat = `container_id: {{.ID}}
image: {{.Image}}
command: {{.Command}}
created_at: {{.CreatedAt}}
state: {{- pad .State 1 0}}
status: {{- pad .Status 1 0}}
names: {{.Names}}
labels: {{- pad .Labels 1 0}}
ports: {{- pad .Ports 1 0}}
`

export function containerFormat(release: Release, given: string, quiet: boolean, withSize: boolean): string {
  const raw = existsIn(release, '20.10') ? rawFormat : rawFormat.replace(/^state:.*\n/m, '')
  if (given === '' || given === 'table')
    return quiet ? '{{.ID}}' : withSize ? `${tableFormat}\t{{.Size}}` : tableFormat
  if (given === 'raw') return quiet ? 'container_id: {{.ID}}' : withSize ? `${raw}size: {{.Size}}\n` : raw
  return given
}

function idText({ container }: ContainerRow, { truncates }: Listed): string {
  return truncates ? shortId(container.id) : container.id
}

/** Names with which others link to it are shown only in full. */
function namesText({ names }: ContainerRow, { truncates }: Listed): string {
  const plain = names.map((name) => name.slice(1))
  return plain.filter((name) => !truncates || !name.includes('/')).join(',')
}

function imageText({ image, container }: ContainerRow, { truncates }: Listed): string {
  if (image === '') return '<no image>'
  if (!truncates) return image
  if (image === container.image.id) return shortId(image.replace('sha256:', ''))
  return image.split('@', 1)[0] ?? ''
}

function commandText({ command }: ContainerRow, { truncates }: Listed): string {
  return quote(truncates ? ellipsis(command, 20) : command)
}

/** The API tells whole seconds. */
const wholeSeconds = (moment: Moment): Moment => moment - (moment % 1_000_000_000n)

function createdText({ created }: ContainerRow, { zone }: Listed): string {
  const parts = datePartsOf(wholeSeconds(created), zone.zoneMinutes)
  return `${printDate(parts)} ${printTime(parts)} ${printZone(zone.zoneMinutes, '')} ${zone.zoneName}`
}

function ageText({ created }: ContainerRow, { now }: Listed): string {
  return `${humanDuration(span(wholeSeconds(created), now))} ago`
}

function sizeText({ container }: ContainerRow): string {
  const written = writtenSize(container.files)
  const whole = imageSize(container.image) + written
  return whole > 0 ? `${humanSize(written, 3)} (virtual ${humanSize(whole, 3)})` : humanSize(written, 3)
}

function mountsText({ mounts }: ContainerRow, { truncates }: Listed): string {
  const names = mounts.map(({ Name, Source }) => Name ?? Source)
  return names.map((name) => (truncates ? ellipsis(name, 15) : name)).join(',')
}

function volumesText({ mounts }: ContainerRow): string {
  return String(mounts.filter(({ Driver }) => Driver === 'local').length)
}

function networksText({ container }: ContainerRow): string {
  return [...container.attachments.keys()].sort().join(',')
}
