// `ss` of iproute2: 6.1 (Debian 12) and 6.15 (Debian 13). It shows TCP and UDP sockets; there are no others here.

import { isAny, isIp4, printIp } from '../../../base/ip.ts'
import type { Task } from '../../../base/scheduler.ts'
import type { Process } from '../../../kernel/process.ts'
import type { Program } from '../../../kernel/program.ts'
import { terminalOf } from '../../../kernel/tty.ts'
import { type Scanned, scanOptions } from '../getopt.ts'
import { nameOf } from '../names.ts'
import { type End, type ServiceNames, type SocketRow, serviceNames, socketRows } from '../socket-list.ts'
import { columns, layOut } from './columns.ts'
import { allStates, connectedStates, type Filter, readFilter, type State, WrongFilter } from './filter.ts'
import { ssUsage } from './usage.ts'

interface SsRelease {
  readonly version: string
  /** The column of processes is there even without -p. */
  readonly alwaysProcess: boolean
  readonly measuresLast: boolean
}

const ssProgram = (name: string, release: SsRelease): Program => ({
  name,
  *main(proc) {
    const scanned = scanOptions(proc.argv.slice(1), grammar)
    if (scanned.error !== undefined) {
      proc.write(2, `ss: ${scanned.error}\n${ssUsage}`)
      return 255
    }
    const has = (key: string): boolean => scanned.options.some((option) => option.key === key)
    if (has('h')) {
      proc.write(1, ssUsage)
      return 0
    }
    if (has('V')) {
      proc.print(`ss utility, iproute2-${release.version}`)
      return 0
    }
    const refused = scanned.options.find(({ key }) => !simulated.includes(key))
    if (refused) return proc.fail(`ss: docksim does not simulate "ss -${refused.key}"`, 255)
    if (has('s')) return summarize(proc)
    return yield* show(proc, scanned, release)
  },
})

/** As Debian 13 has it. */
export const ss = ssProgram('ss', { version: '6.15.0', alwaysProcess: false, measuresLast: true })
/** As Debian 12 has it. */
export const ssBookworm = ssProgram('ss.bookworm', {
  version: '6.1.0',
  alwaysProcess: true,
  measuresLast: false,
})

const grammar = {
  short: 'halBeomipTbEf:mMnro460tuwxdSA:D:F:vVzZN:KHOsQ',
  long: {
    numeric: 'n',
    resolve: 'r',
    options: 'o',
    extended: 'e',
    memory: 'm',
    info: 'i',
    processes: 'p',
    threads: 'T',
    bpf: 'b',
    events: 'E',
    dccp: 'd',
    tcp: 't',
    sctp: 'S',
    udp: 'u',
    raw: 'w',
    unix: 'x',
    mptcp: 'M',
    all: 'a',
    listening: 'l',
    ipv4: '4',
    ipv6: '6',
    packet: '0',
    'family:': 'f',
    'socket:': 'A',
    'query:': 'A',
    summary: 's',
    'diag:': 'D',
    'filter:': 'F',
    version: 'V',
    help: 'h',
    context: 'Z',
    contexts: 'z',
    'net:': 'N',
    kill: 'K',
    'no-header': 'H',
    oneline: 'O',
  },
}

const simulated = 'halpnr46tuwxHOs'

function* show(proc: Process, { options, operands }: Scanned, release: SsRelease): Task<number> {
  const has = (key: string): boolean => options.some((option) => option.key === key)
  const filter = filterOf(proc, operands)
  if (typeof filter === 'number') return filter
  const kinds = ['t', 'u', 'w', 'x'].filter(has)
  const onlyUdp = kinds.length === 1 && 'uw'.includes(kinds[0] ?? '')
  const usual: readonly State[] = onlyUdp ? ['ESTAB'] : connectedStates
  const states = filter.states ?? (has('a') ? allStates : has('l') ? ['LISTEN', 'UNCONN'] : usual)
  const families = has('4') === has('6') ? [4, 6] : has('4') ? [4] : [6]
  const rows = socketRows(proc).filter(
    (row) =>
      (kinds.length === 0 || kinds.includes(row.protocol.charAt(0))) &&
      states.includes(row.state) &&
      families.includes(row.family) &&
      (filter.expression?.(row) ?? true),
  )
  // `-x` stands for three kinds of sockets.
  const kindShown = kinds.length !== 1 || kinds[0] === 'x'
  const processShown = release.alwaysProcess || has('p')
  const shown = [
    ...(kindShown ? [columns.kind] : []),
    ...(states.length > 1 ? [columns.state] : []),
    columns.received,
    columns.sent,
    columns.local,
    columns.localPort,
    columns.peer,
    columns.peerPort,
    ...(processShown ? [columns.process] : []),
  ]
  const naming: Naming = { hosts: has('r'), services: has('n') ? undefined : serviceNames(proc) }
  const cells: string[][] = []
  for (const row of rows) {
    cells.push([
      ...(kindShown ? [row.protocol] : []),
      ...(states.length > 1 ? [row.state] : []),
      String(row.received).padEnd(6),
      String(row.backlog ?? row.sent).padEnd(6),
      `${yield* hostOf(proc, row, row.local, naming)}${row.device === undefined ? '' : `%${row.device}`}:`,
      portOf(row, row.local, naming),
      `${yield* hostOf(proc, row, row.remote, naming)}:`,
      portOf(row, row.remote, naming),
      ...(processShown ? [has('p') ? ownersOf(row) : ''] : []),
    ])
  }
  const screen = terminalOf(proc.files.get(1))?.columns
  const layout = { shown, screen, header: !has('H'), measuresLast: release.measuresLast }
  for (const line of layOut(cells, layout)) proc.print(line)
  return 0
}

function filterOf(proc: Process, words: readonly string[]): Filter | number {
  try {
    return readFilter(words)
  } catch (cause) {
    if (!(cause instanceof WrongFilter)) throw cause
    proc.printError(cause.message)
    if (cause.usage) proc.write(2, ssUsage)
    return cause.status
  }
}

interface Naming {
  readonly hosts: boolean
  readonly services: ServiceNames | undefined
}

/** inet_addr_print of misc/ss.c: `*` is an IPv6 socket that hears IPv4 too. */
function* hostOf(proc: Process, row: SocketRow, { ip }: End, { hosts }: Naming): Task<string> {
  if (!isIp4(ip) && isAny(ip) && !row.v6only) return '*'
  const name = hosts && !isAny(ip) ? yield* nameOf(proc, ip) : undefined
  return name ?? (isIp4(ip) ? printIp(ip) : `[${printIp(ip)}]`)
}

const portOf = ({ protocol }: SocketRow, { port }: End, { services }: Naming): string =>
  port === 0 ? '*' : (services?.get(`${port}/${protocol}`) ?? String(port))

function ownersOf({ owners }: SocketRow): string {
  if (owners.length === 0) return ''
  const each = owners.map(({ name, pid, descriptor }) => `("${name}",pid=${pid},fd=${descriptor})`)
  return ` users:(${each.join(',')})`
}

function summarize(proc: Process): number {
  const rows = socketRows(proc)
  const count = (wanted: (row: SocketRow) => boolean): number => rows.filter(wanted).length
  const tcp = count(({ protocol }) => protocol === 'tcp')
  const established = count(({ protocol, state }) => protocol === 'tcp' && state === 'ESTAB')
  const waiting = count(({ state }) => state === 'TIME-WAIT')
  proc.print(`Total: ${rows.length}`)
  proc.print(`TCP:   ${tcp} (estab ${established}, closed ${waiting}, orphaned 0, timewait ${waiting})`)
  proc.print()
  proc.print('Transport Total     IP        IPv6')
  const line = (title: string, kinds: readonly string[]): void => {
    const four = count((row) => kinds.includes(row.protocol) && row.family === 4 && row.state !== 'TIME-WAIT')
    const six = count((row) => kinds.includes(row.protocol) && row.family === 6 && row.state !== 'TIME-WAIT')
    proc.print(`${title}\t  ${[four + six, four, six].map((value) => String(value).padEnd(9)).join(' ')}`)
  }
  line('RAW', [])
  line('UDP', ['udp'])
  line('TCP', ['tcp'])
  line('INET', ['udp', 'tcp'])
  line('FRAG', [])
  proc.print()
  return 0
}
