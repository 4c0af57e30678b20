// top of BusyBox 1.37 (procps/top.c).

import { seconds } from '../../../base/instant.ts'
import { hardware } from '../../../kernel/hardware.ts'
import type { Process } from '../../../kernel/process.ts'
import { terminalOf } from '../../../kernel/tty.ts'
import { parseOptions, program } from '../../program.ts'
import { type Row, rowsOf } from './figures.ts'
import { showScreen } from './screen.ts'

export const busyboxTop = program({
  name: 'top.busybox',
  flavour: 'busybox',
  *main(proc) {
    const options = parseOptions(proc.argv, { short: 'bHn:d:' })
    for (const [key, text] of [
      ['n', options.value('n')],
      ['d', options.value('d')],
    ] as const)
      if (text !== undefined && !(key === 'n' ? /^\d+$/ : /^\d+(\.\d*)?$/).test(text))
        return proc.fail(`top: invalid number '${text}'`)
    const times = Number(options.value('n') ?? Number.POSITIVE_INFINITY) || 1
    const delay = seconds(Number(options.value('d') ?? 5))
    const keyboard = terminalOf(proc.files.get(0))
    if (options.has('b') || !keyboard) {
      for (let count = 0; count < times; count++) {
        if (count > 0) yield* proc.sleep(delay)
        // Without a terminal a line has no end.
        const columns = terminalOf(proc.files.get(1))?.columns ?? 79
        proc.write(1, `${pictureOf(proc, columns).join('\n')}\n\n`)
        yield* proc.flush()
      }
      return 0
    }
    const screen = {
      begin: '',
      end: () => '\r\n',
      draw: (_: Process, columns: number, rows: number) => frame(proc, columns, rows),
    }
    yield* showScreen(proc, screen, delay, times)
    return 0
  },
})

const titles = '  PID  PPID USER     STAT   VSZ %VSZ %CPU COMMAND'

function pictureOf(proc: Process, columns: number): string[] {
  const { memory } = hardware
  const rows = rowsOf(proc)
  const running = rows.filter(({ state }) => state === 'R').length
  const head = [
    `Mem: ${memory.total - memory.free}K used, ${memory.free}K free, ${memory.shared}K shrd, ${memory.buffers}K buff, ${memory.cached}K cached`,
    'CPU:   0% usr   0% sys   0% nic 100% idle   0% io   0% irq   0% sirq',
    `Load average: 0.00 0.00 0.00 ${running}/${proc.machine.processes.size} ${rows.at(-1)?.pid ?? 0}`,
  ]
  return [...head, titles, ...rows.map(printRow)].map((line) => line.slice(0, columns))
}

const printRow = ({ pid, parent, user, state, line }: Row): string =>
  `${String(pid).padStart(5)} ${String(parent).padStart(5)} ${user.slice(0, 8).padEnd(8)} ${state.padEnd(4)} ${(state === 'Z' ? '0' : '2468').padStart(5)}   0%   0% ${line}`

function frame(proc: Process, columns: number, rows: number): string {
  const lines = pictureOf(proc, columns).slice(0, rows - 1)
  const shown = lines.map((line) => (line === titles ? `\x1b[7m${line}\x1b[m` : line))
  return `\x1b[H\x1b[J${shown.join('\n')}`
}
