// free(1), uptime(1), df(1): what a machine of fixed hardware says of itself, of GNU (procps) and of BusyBox.

import { datePartsOf, printTime } from '../../base/calendar.ts'
import { isErrno, strerror } from '../../base/errno.ts'
import { mountOf } from '../../kernel/fs/filesystem.ts'
import { realPath } from '../../kernel/fs/lookup.ts'
import { hardware } from '../../kernel/hardware.ts'
import type { Process } from '../../kernel/process.ts'
import { busyboxSize, humanSize } from '../file/units.ts'
import { both, type Flavour, parseOptions } from '../program.ts'

export const free = both({
  name: 'free',
  *main(proc, flavour) {
    const options = parseOptions(proc.argv, {
      short: 'bkmghtwl',
      long: { bytes: 'b', kibi: 'k', mebi: 'm', gibi: 'g', human: 'h' },
    })
    const divisor = options.has('m') ? 1024 : options.has('g') ? 1048576 : options.has('b') ? 1 / 1024 : 1
    const cell = (kib: number): string =>
      options.has('h') ? humanBinary(kib * 1024) : String(Math.floor(kib / divisor))
    const { memory, swap } = hardware
    const cached = memory.buffers + memory.cached
    const used = flavour === 'gnu' ? memory.total - memory.available : memory.total - memory.free - cached
    const width = flavour === 'gnu' ? 11 : 10
    const row = (title: string, values: readonly number[]): string =>
      title +
      values
        .map((value, index) =>
          cell(value).padStart(index === 0 ? 20 - title.length - (flavour === 'gnu' ? 0 : 1) : width),
        )
        .join(flavour === 'gnu' ? ' ' : '  ')
    proc.print(
      '               total        used        free      shared  buff/cache   available'.slice(
        flavour === 'gnu' ? 0 : 1,
      ),
    )
    proc.print(row('Mem:', [memory.total, used, memory.free, memory.shared, cached, memory.available]))
    proc.print(row('Swap:', [swap, 0, swap]))
    return 0
  },
})

function humanBinary(bytes: number): string {
  const text = humanSize(bytes)
  return /\d$/.test(text) ? `${text}B` : `${text}i`
}

export const uptime = both({
  name: 'uptime',
  *main(proc, flavour) {
    const options = parseOptions(proc.argv, { short: 'ps', long: { pretty: 'p', since: 's' } })
    const minutes = Math.floor(proc.now() / 60e6)
    const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor(minutes / 60) % 24, minutes % 60]
    if (options.has('p') && flavour === 'gnu') {
      const parts = [plural(days, 'day'), plural(hours, 'hour'), plural(rest, 'minute')].filter(Boolean)
      proc.print(`up ${parts.length > 0 ? parts.join(', ') : '0 minutes'}`)
      return 0
    }
    const now = printTime(datePartsOf(proc.moment(), proc.machine.calendar.zoneMinutes))
    const span = hours > 0 ? `${String(hours).padStart(2)}:${String(rest).padStart(2, '0')}` : `${rest} min`
    const since = days > 0 ? `${days} day${days === 1 ? '' : 's'}, ${span}` : span
    const count = terminals(proc)
    const users = `${flavour === 'gnu' ? String(count).padStart(2) : ` ${count}`} user${count === 1 || (count === 0 && flavour === 'gnu') ? '' : 's'}`
    proc.print(` ${now} up ${since}, ${users},  load average: 0.00, 0.00, 0.00`)
    return 0
  },
})

const plural = (count: number, unit: string): string =>
  count === 0 ? '' : `${count} ${unit}${count === 1 ? '' : 's'}`

const terminals = (proc: Process): number =>
  new Set([...proc.machine.processes.values()].flatMap(({ terminal }) => terminal ?? [])).size

export const df = both({
  name: 'df',
  *main(proc, flavour) {
    const options = parseOptions(proc.argv, {
      short: 'ahHiklmPTt:x:',
      long: { 'human-readable': 'h', all: 'a', 'print-type': 'T' },
    })
    let status = 0
    const { root, mounts } = proc.fs
    let shown = [root, ...mounts.values()].filter(({ type }) => !withoutBlocks.has(type))
    if (options.operands.length > 0) {
      shown = []
      for (const operand of options.operands)
        try {
          shown.push(mountOf(proc.fs, realPath(proc, operand)))
        } catch (cause) {
          if (!isErrno(cause)) throw cause
          status = proc.fail(`df: ${operand}: ${strerror(cause.code)}`)
        }
    }
    const human = options.has('h', 'H')
    const rows = shown.map((mount) => {
      const isMemory = mount.type === 'tmpfs' || mount.type === 'devtmpfs'
      const disk = isMemory ? { total: 65536, used: 0, available: 65536 } : hardware.disk
      const size = (kib: number): string =>
        human ? (flavour === 'gnu' ? humanSize : busyboxSize)(kib * 1024) : String(kib)
      const share = Math.ceil((disk.used * 100) / Math.max(1, disk.used + disk.available))
      return [mount.source, size(disk.total), size(disk.used), size(disk.available), `${share}%`, mount.path]
    })
    if (rows.length > 0) printTable(proc, rows, human, flavour)
    return status
  },
})

const withoutBlocks = new Set(['proc', 'sysfs', 'devpts', 'mqueue', 'cgroup', 'cgroup2'])

function printTable(proc: Process, rows: readonly string[][], human: boolean, flavour: Flavour): void {
  const titles = [
    'Filesystem',
    human ? 'Size' : '1K-blocks',
    'Used',
    flavour === 'gnu' && human ? 'Avail' : 'Available',
    'Use%',
    'Mounted on',
  ]
  const least = flavour === 'gnu' ? [14, 5, 5, 5, 4, 0] : human ? [20, 9, 9, 9, 4, 0] : [20, 9, 9, 9, 4, 0]
  const all = [titles, ...rows]
  const widths = least.map((width, index) => Math.max(width, ...all.map((row) => row[index]?.length ?? 0)))
  for (const row of all)
    proc.print(
      row
        .map((cell, index) =>
          index === 0 ? cell.padEnd(widths[0] ?? 0) : index === 5 ? cell : cell.padStart(widths[index] ?? 0),
        )
        .join(' '),
    )
}
