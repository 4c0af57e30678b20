// The rows and columns of `docker history` (docker/cli cli/command/image/formatter_history.go).

import type { HistoryLine } from '../../api/history.ts'
import { span } from '../../api/status.ts'
import { type Moment, printRfc3339Nano } from '../../base/calendar.ts'
import { humanDuration, humanSize } from '../../base/go/units.ts'

import { ellipsis } from '../format/ellipsis.ts'
import type { ListView } from '../format/table.ts'
import { idText } from './columns.ts'

export interface HistoryRow extends HistoryLine {
  readonly now: Moment
  readonly truncates: boolean
  readonly human: boolean
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
