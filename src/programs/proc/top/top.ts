// top(1) of procps 4.0.4. Nothing here takes time on a processor, so all shares are 0.

import { seconds } from '../../../base/instant.ts'
import { hardware } from '../../../kernel/hardware.ts'
import type { Process } from '../../../kernel/process.ts'
import type { Program } from '../../../kernel/program.ts'
import { terminalOf } from '../../../kernel/tty.ts'
import { userById, userByName } from '../../../kernel/users.ts'
import { BadOption, type ParsedOptions, parseOptions } from '../../program.ts'
import { type Row, rowsOf, uptimeLine } from './figures.ts'
import { showScreen } from './screen.ts'
import { topHelp } from './words.ts'

const grammar = {
  short: 'bcd:E:e:Hhin:Oo:p:SsU:u:Vw::1',
  long: {
    'batch-mode': 'b',
    'cmdline-toggle': 'c',
    'delay:': 'd',
    'scale-summary-mem:': 'E',
    'scale-task-mem:': 'e',
    'threads-show': 'H',
    help: 'h',
    'idle-toggle': 'i',
    'iterations:': 'n',
    'list-fields': 'O',
    'sort-override:': 'o',
    'pid:': 'p',
    'accum-time-toggle': 'S',
    'secure-mode': 's',
    'filter-any-user:': 'U',
    'filter-only-euser:': 'u',
    version: 'V',
    'width::': 'w',
    'single-cpu-toggle': '1',
  },
}

interface Wish {
  readonly times: number
  /** Seconds. */
  readonly delay: number
  readonly pids: readonly number[] | undefined
  readonly uid: number | undefined
  readonly sort: string
  readonly lines: boolean
  readonly hidesIdle: boolean
  readonly perCpu: boolean
  readonly threads: boolean
}

export const top: Program = {
  name: 'top',
  *main(proc) {
    let options: ParsedOptions
    try {
      options = parseOptions(joinWidth(proc.argv), grammar)
    } catch (cause) {
      if (cause instanceof BadOption) return proc.fail(`top: ${cause.message}`)
      throw cause
    }
    if (options.has('h')) return say(proc, topHelp)
    if (options.has('V')) return say(proc, 'top from procps-ng 4.0.4')
    const [operand] = options.operands
    if (operand !== undefined) return proc.fail(`top: unknown option '${operand}'`)
    for (const key of ['E', 'e', 'O'])
      if (options.has(key)) return proc.fail(`top: docksim does not simulate -${key}`)
    const wish = wishOf(proc, options)
    if (typeof wish === 'string') return proc.fail(`top: ${wish}`)
    const width = options.has('w') ? Number(options.value('w')) || 512 : undefined
    if (options.has('b')) {
      for (let count = 0; count < wish.times; count++) {
        if (count > 0) yield* proc.sleep(seconds(wish.delay))
        const columns = width ?? terminalOf(proc.files.get(1))?.columns ?? 80
        proc.write(1, `${count > 0 ? '\n' : ''}${pictureOf(proc, wish, columns).join('\n')}\n`)
        yield* proc.flush()
      }
      return 0
    }
    if (!terminalOf(proc.files.get(0)) || !terminalOf(proc.files.get(1)))
      return proc.fail('top: failed tty get')
    const screen = {
      begin: '\x1b[?1h\x1b=\x1b[?25l\x1b[H\x1b[2J',
      end: (rows: number) => `\x1b[?1l\x1b>\x1b[${rows};1H\r\n\x1b[?12l\x1b[?25h\x1b[K`,
      draw: (_: Process, columns: number, rows: number) => frame(proc, wish, columns, rows),
    }
    yield* showScreen(proc, screen, seconds(wish.delay), wish.times)
    return 0
  },
}

/** -w takes its number from the next word too, if it is one. */
const joinWidth = (argv: readonly string[]): string[] =>
  argv.flatMap((word, index) => {
    if (word === '-w' && /^\d+$/.test(argv[index + 1] ?? '')) return [`-w${argv[index + 1]}`]
    return argv[index - 1] === '-w' && /^\d+$/.test(word) ? [] : [word]
  })

function say(proc: Process, text: string): number {
  proc.print(text)
  return 0
}

/** What the options ask for, or why they cannot. */
function wishOf(proc: Process, options: ParsedOptions): Wish | string {
  const [times, delay, user] = [
    options.value('n'),
    options.value('d'),
    options.value('u') ?? options.value('U'),
  ]
  if (times !== undefined && !/^[1-9]\d*$/.test(times)) return `bad iterations argument '${times}'`
  if (delay !== undefined && !/^\d*\.?\d+$/.test(delay)) return `bad delay interval '${delay}'`
  const pids = options.values('p').flatMap((list) => list.split(','))
  const wrong = pids.find((pid) => !/^\d+$/.test(pid))
  if (wrong !== undefined) return `bad pid '${wrong}'`
  const found = user === undefined ? undefined : (userByName(proc, user) ?? userById(proc, Number(user)))
  if (user !== undefined && !found) return 'Invalid user'
  const sort = (options.value('o') ?? '%CPU').replace(/^[+-]/, '')
  if (!fields.includes(sort)) return `unrecognized field name '${sort}'`
  return {
    times: times === undefined ? Number.POSITIVE_INFINITY : Number(times),
    delay: delay === undefined ? 3 : Number(delay),
    pids: pids.length === 0 ? undefined : pids.map(Number),
    uid: found?.uid,
    sort,
    lines: options.has('c'),
    hidesIdle: options.has('i'),
    perCpu: options.has('1'),
    threads: options.has('H'),
  }
}

const fields = 'PID USER PR NI VIRT RES SHR S %CPU %MEM TIME+ COMMAND'.split(' ')

function chosenRows(proc: Process, { pids, uid, sort }: Wish): Row[] {
  const rows = rowsOf(proc).filter(
    (row) => (!pids || pids.includes(row.pid)) && (uid === undefined || row.uid === uid),
  )
  if (sort === 'PID') return rows.reverse()
  const key = ({ USER: 'user', S: 'state', COMMAND: 'command' } as const)[sort as 'USER']
  if (key !== undefined) rows.sort((a, b) => (a[key] < b[key] ? 1 : a[key] > b[key] ? -1 : a.pid - b.pid))
  return rows
}

const titles = '    PID USER      PR  NI    VIRT    RES    SHR S  %CPU  %MEM     TIME+ COMMAND'

/** The summary, cut to `columns`, and the table: of its columns those that fit before the last place. */
function pictureOf(proc: Process, wish: Wish, columns: number): string[] {
  const rows = chosenRows(proc, wish)
  const shown = rows.filter(({ state }) => !wish.hidesIdle || state === 'R')
  const width = columns - 1
  const fixed = fieldEnds.filter((end) => end <= width).at(-1) ?? 0
  const cut = (line: string): string =>
    fixed < commandStart - 1 ? line.slice(0, fixed) : line.slice(0, width)
  return [
    ...summary(proc, rows, wish).map((line) => line.slice(0, columns)),
    '',
    cut(titles),
    ...shown.map((row) => cut(printRow(row, wish, width))),
  ]
}

const commandStart = titles.indexOf('COMMAND')
/** Where the columns before the command end. */
const fieldEnds = [7, 16, 20, 24, 32, 39, 46, 48, 54, 60, commandStart - 1]

function printRow({ pid, user, state, command, line }: Row, { lines }: Wish, width: number): string {
  const name = user.length > 8 ? `${user.slice(0, 7)}+` : user.padEnd(8)
  const front = `${String(pid).padStart(7)} ${name}  20   0    2468   1024    896 ${state}   0.0   0.0   0:00.00 `
  const text = lines ? line : command
  const space = width - front.length
  return front + (text.length > space && space > 0 ? `${text.slice(0, space - 1)}+` : text)
}

function summary(proc: Process, rows: readonly Row[], { perCpu, threads }: Wish): string[] {
  const count = (state: string): string =>
    String(rows.filter((row) => row.state === state).length).padStart(3)
  const { memory, swap, cpus } = hardware
  const mib = (kib: number): string => (kib / 1024).toFixed(1).padStart(9)
  const used = memory.total - memory.available
  const idle = '  0.0 us,  0.0 sy,  0.0 ni,100.0 id,  0.0 wa,  0.0 hi,  0.0 si,  0.0 st '
  const processors = perCpu
    ? Array.from({ length: cpus }, (_, index) => `%Cpu${String(index).padEnd(3)}:${idle}`)
    : [`%Cpu(s):${idle}`]
  return [
    `top - ${uptimeLine(proc)}`,
    `${threads ? 'Threads:' : 'Tasks:'} ${String(rows.length).padStart(3)} total, ${count('R')} running, ${count('S')} sleeping, ${count('T')} stopped, ${count('Z')} zombie`,
    ...processors,
    `MiB Mem :${mib(memory.total)} total,${mib(memory.free)} free,${mib(used)} used,${mib(memory.buffers + memory.cached)} buff/cache     `,
    `MiB Swap:${mib(swap)} total,${mib(swap)} free,${mib(0)} used.${mib(memory.available)} avail Mem `,
  ]
}

function frame(proc: Process, wish: Wish, columns: number, rows: number): string {
  const lines = pictureOf(proc, wish, columns).slice(0, rows - 1)
  return `\x1b[H${lines
    .map((line) => (line.trimStart().startsWith('PID USER') ? `\x1b[7m${line.padEnd(columns)}\x1b[m` : line))
    .map((line) => `${line}\x1b[K\n`)
    .join('')}\x1b[J`
}
