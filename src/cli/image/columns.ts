// The columns of `docker images` (docker/cli cli/command/formatter/image.go).

import { span } from '../../api/status.ts'
import { datePartsOf, type Moment, printDate, printTime, printZone } from '../../base/calendar.ts'
import { humanDuration, humanSize } from '../../base/go/units.ts'
import { type Image, imageSize } from '../../engine/image/image.ts'
import type { ListView } from '../format/table.ts'

export interface ImageRow {
  readonly image: Image
  readonly repository: string
  readonly tag: string
  readonly digest: string
  readonly now: Moment
  readonly zone: { readonly zoneMinutes: number; readonly zoneName: string }
  readonly truncates: boolean
}

const unknown = (): string => 'N/A'

export const imageRows: ListView<ImageRow> = {
  typeName: 'formatter.imageContext',
  columns: {
    ID: { header: 'IMAGE ID', cell: ({ image, truncates }) => idText(image.id, truncates) },
    Repository: { header: 'REPOSITORY', cell: ({ repository }) => repository },
    Tag: { header: 'TAG', cell: ({ tag }) => tag },
    Digest: { header: 'DIGEST', cell: ({ digest }) => digest },
    CreatedSince: {
      header: 'CREATED',
      cell: ({ image, now }) => `${humanDuration(span(image.created, now))} ago`,
    },
    CreatedAt: { header: 'CREATED AT', cell: createdText },
    Size: { header: 'SIZE', cell: ({ image }) => humanSize(imageSize(image), 3) },
    Containers: { header: 'CONTAINERS', cell: unknown },
    VirtualSize: { header: 'SIZE', cell: ({ image }) => humanSize(imageSize(image)) },
    SharedSize: { header: 'SHARED SIZE', cell: unknown },
    UniqueSize: { header: 'UNIQUE SIZE', cell: unknown },
  },
}

export const idText = (id: string, truncates: boolean): string =>
  truncates ? id.replace('sha256:', '').slice(0, 12) : id

const since = '{{if .CreatedSince }}{{.CreatedSince}}{{else}}N/A{{end}}'
const tableFormat = `table {{.Repository}}\t{{.Tag}}\t{{.ID}}\t${since}\t{{.Size}}`
const digestFormat = `table {{.Repository}}\t{{.Tag}}\t{{.Digest}}\t{{.ID}}\t${since}\t{{.Size}}`
const rawTail = 'image_id: {{.ID}}\ncreated_at: {{.CreatedAt}}\nvirtual_size: {{.Size}}\n'

export function imageFormat(given: string, quiet: boolean, digests: boolean): string {
  if (given === '' || given === 'table') return quiet ? '{{.ID}}' : digests ? digestFormat : tableFormat
  if (given !== 'raw') return given
  if (quiet) return 'image_id: {{.ID}}'
  return `repository: {{.Repository}}\ntag: {{.Tag}}\n${digests ? 'digest: {{.Digest}}\n' : ''}${rawTail}`
}

function createdText({ image, zone }: ImageRow): string {
  const parts = datePartsOf(image.created, zone.zoneMinutes)
  return `${printDate(parts)} ${printTime(parts)} ${printZone(zone.zoneMinutes, '')} ${zone.zoneName}`
}
