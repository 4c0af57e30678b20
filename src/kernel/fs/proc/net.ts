// /proc/PID/net: the network namespace of a process as text tables (proc_net(5)).

import type { Bytes } from '../../../base/bytes.ts'
import { Errno } from '../../../base/errno.ts'
import type { Namespace } from '../../../net/namespace.ts'
import { computedDirectory, computedFile, lines, viewer } from '../computed.ts'
import type { Caller } from '../filesystem.ts'
import type { Node } from '../node.ts'
import { visibleProcesses } from './visible.ts'

/** /proc/PID/net of the process `pid`. */
export const netDirectory = (pid: string): Node => computedDirectory(listNet, findNet, pid)

const tables: Readonly<Record<string, (net: Namespace) => string[]>> = {
  dev: devTable,
}

function listNet(): string[] {
  return Object.keys(tables)
}

function findNet(_: Caller, pid: string, name: string): Node | undefined {
  return Object.hasOwn(tables, name) ? computedFile(readTable, `${pid}/${name}`) : undefined
}

function readTable(caller: Caller, subject: string): Bytes {
  const [pid = '', name = ''] = subject.split('/')
  const process = visibleProcesses(viewer(caller)).get(Number(pid))
  if (!process) throw new Errno('ESRCH', pid)
  return lines(tables[name]?.(process.net) ?? [])
}

/** net/core/net-procfs.c, dev_seq_printf_stats. */
function devTable(net: Namespace): string[] {
  const rows = [
    'Inter-|   Receive                                                |  Transmit',
    ' face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed',
  ]
  for (const { name, counters } of net.links.values())
    rows.push(
      `${name.padStart(6)}: ${cells([
        [counters.rxBytes, 7],
        [counters.rxPackets, 7],
        [counters.rxErrors, 4],
        [counters.rxDropped, 4],
        [0, 4],
        [0, 5],
        [0, 10],
        [0, 9],
        [counters.txBytes, 8],
        [counters.txPackets, 7],
        [counters.txErrors, 4],
        [counters.txDropped, 4],
        [0, 4],
        [0, 5],
        [0, 7],
        [0, 10],
      ])}`,
    )
  return rows
}

const cells = (columns: readonly (readonly [value: number, width: number])[]): string =>
  columns.map(([value, width]) => String(value).padStart(width)).join(' ')
