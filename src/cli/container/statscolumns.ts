// The columns of `docker stats` (docker/cli cli/command/container/formatter_stats.go).

import { bytesSize, humanSize } from '../../base/go/units.ts'
import { type Container, shortId } from '../../engine/container/container.ts'
import { processorShare, type Usage } from '../../engine/container/stats.ts'
import type { ListView } from '../format/table.ts'

export interface StatsRow {
  readonly container: Container
  /** As the line named it; the short id if it did not. */
  readonly asked: string
  /** Undefined while it does not run. */
  readonly usage: Usage | undefined
  /** What it had used a while before. */
  readonly before: Usage | undefined
  readonly truncates: boolean
  /** Nothing is known any more. */
  readonly blank: boolean
}

const cell =
  (text: (row: StatsRow) => string, blank = '--') =>
  (row: StatsRow): string =>
    row.blank ? blank : text(row)

const percent = (value: number): string => `${value.toFixed(2)}%`

export const statsRows: ListView<StatsRow> = {
  typeName: 'container.statsContext',
  hidden: ['HeaderContext', 's', 'os', 'trunc'],
  columns: {
    Container: { header: 'CONTAINER', cell: ({ asked }) => asked },
    Name: { header: 'NAME', cell: ({ container }) => container.name },
    ID: {
      header: 'CONTAINER ID',
      cell: ({ container, truncates }) => (truncates ? shortId(container.id) : container.id),
    },
    CPUPerc: { header: 'CPU %', cell: cell(processorText) },
    MemUsage: { header: 'MEM USAGE / LIMIT', cell: cell(memoryText, '-- / --') },
    MemPerc: { header: 'MEM %', cell: cell(memoryShareText) },
    NetIO: { header: 'NET I/O', cell: cell(networkText) },
    BlockIO: { header: 'BLOCK I/O', cell: cell(() => '0B / 0B') },
    PIDs: { header: 'PIDS', cell: cell(({ usage }) => String(usage?.processes ?? 0)) },
  },
}

const tableFormat =
  'table {{.ID}}\t{{.Name}}\t{{.CPUPerc}}\t{{.MemUsage}}\t{{.MemPerc}}\t{{.NetIO}}\t{{.BlockIO}}\t{{.PIDs}}'

export const statsFormat = (given: string): string =>
  given === '' || given === 'table' ? tableFormat : given

function processorText({ usage, before }: StatsRow): string {
  return percent(usage && before ? processorShare(before, usage) : 0)
}

function memoryText({ usage }: StatsRow): string {
  return `${bytesSize(usage?.memory ?? 0)} / ${bytesSize(usage?.memoryLimit ?? 0)}`
}

function memoryShareText({ usage }: StatsRow): string {
  return percent(usage ? (usage.memory / usage.memoryLimit) * 100 : 0)
}

function networkText({ usage }: StatsRow): string {
  const counters = [...(usage?.interfaces.values() ?? [])]
  const received = counters.reduce((sum, { rxBytes }) => sum + rxBytes, 0)
  const sent = counters.reduce((sum, { txBytes }) => sum + txBytes, 0)
  return `${humanSize(received, 3)} / ${humanSize(sent, 3)}`
}
