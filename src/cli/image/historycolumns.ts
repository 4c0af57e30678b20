// The rows and columns of `docker history` (docker/cli cli/command/image/formatter_history.go).

import { type Moment, printRfc3339Nano } from '../../base/calendar.ts'
import type { Image } from '../../engine/image/image.ts'
import type { ImageStore } from '../../engine/image/store.ts'
import { span } from '../container/status.ts'
import { ellipsis } from '../format/ellipsis.ts'
import type { ListView } from '../format/table.ts'
import { humanDuration, humanSize } from '../format/units.ts'
import { idText } from './columns.ts'

interface Entry {
  readonly id: string
  readonly created: Moment
  readonly createdBy: string
  readonly comment: string
  readonly size: number
}

export interface HistoryRow extends Entry {
  readonly now: Moment
  readonly truncates: boolean
  readonly human: boolean
}

/** The youngest instruction first; it has an id, and so have those before it whose images are still here. */
export function historyOf(store: ImageStore, image: Image): Entry[] {
  const sizes = image.layers.map(({ size }) => size)
  const history =
    image.history ?? image.layers.map(({ createdBy }) => ({ createdBy, comment: '', empty: false }))
  const entries = history.map((step) => ({
    id: '<missing>',
    created: ('created' in step ? step.created : undefined) ?? image.created,
    createdBy: step.createdBy,
    comment: step.comment,
    size: step.empty ? 0 : (sizes.shift() ?? 0),
  }))
  let own: Image | undefined = image
  return entries.reverse().map((entry) => {
    const id = own?.id ?? entry.id
    own = store.images.get(own?.build?.parent ?? '')
    return { ...entry, id }
  })
}

export const historyRows: ListView<HistoryRow> = {
  typeName: 'image.historyContext',
  columns: {
    ID: { header: 'IMAGE', cell: ({ id, truncates }) => idText(id, truncates) },
    CreatedSince: {
      header: 'CREATED',
      cell: ({ created, now }) => `${humanDuration(span(created, now))} ago`,
    },
    CreatedAt: { header: 'CREATED AT', cell: ({ created }) => printRfc3339Nano(created) },
    CreatedBy: {
      header: 'CREATED BY',
      cell: ({ createdBy, truncates }) => {
        const line = createdBy.replaceAll('\t', ' ')
        return truncates ? ellipsis(line, 45) : line
      },
    },
    Size: { header: 'SIZE', cell: ({ size, human }) => (human ? humanSize(size, 3) : String(size)) },
    Comment: { header: 'COMMENT', cell: ({ comment }) => comment },
  },
}

const tail = '{{.CreatedBy}}\t{{.Size}}\t{{.Comment}}'

export function historyFormat(given: string, quiet: boolean, human: boolean): string {
  if (given !== '' && given !== 'table') return given
  if (quiet) return '{{.ID}}'
  return `table {{.ID}}\t${human ? '{{.CreatedSince}}' : '{{.CreatedAt}}'}\t${tail}`
}
