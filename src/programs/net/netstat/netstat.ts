// `netstat` of net-tools 2.10 and of BusyBox 1.37. It shows TCP and UDP sockets; there are no others here. Source of
// the words: recordings.

import { isAny, isIp4, printIp } from '../../../base/ip.ts'
import type { Task } from '../../../base/scheduler.ts'
import type { Process } from '../../../kernel/process.ts'
import type { Program } from '../../../kernel/program.ts'
import { nameOfUser } from '../../../kernel/users.ts'
import { busyboxUsage, type Flavour } from '../../program.ts'
import { refuse } from '../busybox/usage.ts'
import { type Scanned, scanOptions } from '../getopt.ts'
import { countersLine } from '../ifconfig/ifconfig.ts'
import { interfacesOf } from '../ifconfig/interface.ts'
import { nameOf } from '../names.ts'
import { printRoutes } from '../route/table.ts'
import { routeFamilies } from '../route/usage.ts'
import { type End, type ServiceNames, type SocketRow, serviceNames, socketRows } from '../socket-list.ts'
import { netstatUsage } from './usage.ts'

const netstatProgram = (name: string, flavour: Flavour): Program => ({
  name,
  *main(proc) {
    const gnu = flavour === 'gnu'
    const scanned = scanOptions(proc.argv.slice(1), gnu ? gnuGrammar : busyboxGrammar)
    if (scanned.error !== undefined) {
      if (!gnu) return refuse(proc, 'netstat', scanned.error)
      proc.write(2, `netstat: ${scanned.error}\n${netstatUsage}${routeFamilies}`)
      return 3
    }
    const has = (key: string): boolean => scanned.options.some((option) => option.key === key)
    if (has('h')) return help(proc, flavour)
    if (has('V')) {
      proc.print(version)
      return 0
    }
    const refused = scanned.options.find(({ key }) => !simulated.includes(key))
    if (refused) return proc.fail(`netstat: docksim does not simulate "netstat -${refused.key}"`)
    if (has('r')) {
      const columns = gnu && has('e') ? 'metric' : 'window'
      yield* printRoutes(proc, { flavour, numeric: has('n'), columns })
      return 0
    }
    if (has('i')) {
      proc.print('Kernel Interface table')
      proc.print('Iface             MTU    RX-OK RX-ERR RX-DRP RX-OVR    TX-OK TX-ERR TX-DRP TX-OVR Flg')
      for (const one of interfacesOf(proc.net, has('a'))) proc.print(countersLine(one))
      return 0
    }
    return yield* show(proc, flavour, scanned)
  },
})

export const netstat = netstatProgram('netstat', 'gnu')
export const busyboxNetstat = netstatProgram('netstat.busybox', 'busybox')

const gnuGrammar = {
  short: 'A:CFMSUacdeghilnNoprstuVv?wxW64Z',
  long: {
    'protocol:': 'A',
    tcp: 't',
    udp: 'u',
    udplite: 'U',
    sctp: 'S',
    raw: 'w',
    unix: 'x',
    listening: 'l',
    all: 'a',
    timers: 'o',
    continuous: 'c',
    extend: 'e',
    verbose: 'v',
    version: 'V',
    interfaces: 'i',
    help: 'h',
    route: 'r',
    numeric: 'n',
    symbolic: 'N',
    statistics: 's',
    masquerade: 'M',
    groups: 'g',
    programs: 'p',
    inet: '4',
    inet6: '6',
    wide: 'W',
    fib: 'F',
    cache: 'C',
    context: 'Z',
  },
}
const busyboxGrammar = { short: 'laentuwxr', long: { help: 'h' } }

const simulated = 'tuwxlaenprihVvW46'

const version = `net-tools 2.10
Fred Baumgarten, Alan Cox, Bernd Eckenfels, Phil Blundell, Tuan Hoang, Brian Micek and others
+NEW_ADDRT +RTF_IRTT +RTF_REJECT +FW_MASQUERADE +I18N +SELINUX
AF: (inet) +UNIX +INET +INET6 +IPX +AX25 +NETROM +X25 +ATALK +ECONET +ROSE -BLUETOOTH
HW:  +ETHER +ARC +SLIP +PPP +TUNNEL -TR +AX25 +NETROM +X25 +FR +ROSE +ASH +SIT +FDDI +HIPPI +HDLC/LAPB +EUI64 `

function help(proc: Process, flavour: Flavour): number {
  if (flavour === 'busybox') {
    proc.write(2, busyboxUsage('netstat'))
    return 0
  }
  proc.write(2, routeFamilies)
  proc.write(1, netstatUsage)
  return 0
}

function* show(proc: Process, flavour: Flavour, { options }: Scanned): Task<number> {
  const has = (key: string): boolean => options.some((option) => option.key === key)
  const which = has('a') ? 'servers and established' : has('l') ? 'only servers' : 'w/o servers'
  const kinds = ['t', 'u', 'w', 'x'].filter(has)
  const families = has('4') === has('6') ? [4, 6] : has('4') ? [4] : [6]
  const naming = { hosts: !has('n'), services: has('n') ? undefined : serviceNames(proc), wide: has('W') }
  if (has('p') && proc.credentials.uid !== 0)
    proc.printError(
      `(No info could be read for "-p": geteuid()=${proc.credentials.uid} but you should be root.)`,
    )
  if (kinds.length === 0 || kinds.some((kind) => kind !== 'x')) {
    proc.print(`Active Internet connections (${which})`)
    const extra = `${has('e') ? ' User       Inode     ' : ''}${has('p') ? ' PID/Program name    ' : ''}`
    const state = flavour === 'gnu' ? 'State      ' : 'State       '
    proc.print(`Proto Recv-Q Send-Q Local Address           Foreign Address         ${state}${extra}`)
    const rows = socketRows(proc).filter(
      (row) =>
        (kinds.length === 0 || kinds.includes(row.protocol.charAt(0))) &&
        families.includes(row.family) &&
        (has('a') || isServer(row) === has('l')),
    )
    const numbers = new Map(rows.map((row, index) => [row, inodesFrom + index]))
    for (const row of rows.sort((a, b) => (a.protocol < b.protocol ? -1 : a.protocol > b.protocol ? 1 : 0))) {
      const owner = has('e')
        ? ` ${userOf(proc, row, has('n')).padEnd(10)} ${String(numbers.get(row)).padEnd(10)}`
        : ''
      const program = has('p') ? ` ${programOf(row).padEnd(20)}` : ''
      const shown = stateOf(row).padEnd(flavour === 'gnu' ? 11 : 12)
      proc.print(`${yield* start(proc, row, naming)} ${shown}${owner}${program}`)
    }
  }
  if (kinds.length > 0 && !kinds.includes('x')) return 0
  proc.print(`Active UNIX domain sockets (${which})`)
  const path = flavour === 'gnu' ? '   Path' : ' Path'
  proc.print(`Proto RefCnt Flags       Type       State         I-Node${path}`)
  return 0
}

/** As /proc/net/tcp numbers them. */
const inodesFrom = 20000

const isServer = ({ state }: SocketRow): boolean => state === 'LISTEN' || state === 'UNCONN'

const stateWords: Readonly<Record<SocketRow['state'], string>> = {
  ESTAB: 'ESTABLISHED',
  'SYN-SENT': 'SYN_SENT',
  'SYN-RECV': 'SYN_RECV',
  'FIN-WAIT-1': 'FIN_WAIT1',
  'FIN-WAIT-2': 'FIN_WAIT2',
  'TIME-WAIT': 'TIME_WAIT',
  UNCONN: '',
  'CLOSE-WAIT': 'CLOSE_WAIT',
  'LAST-ACK': 'LAST_ACK',
  LISTEN: 'LISTEN',
  CLOSING: 'CLOSING',
}

const stateOf = ({ state }: SocketRow): string => stateWords[state]

const userOf = (proc: Process, { uid }: SocketRow, numeric: boolean): string =>
  numeric ? String(uid) : nameOfUser(proc, uid)

function programOf({ owners: [owner] }: SocketRow): string {
  return owner ? `${owner.pid}/${owner.name}`.slice(0, 20) : '-'
}

interface Naming {
  readonly hosts: boolean
  readonly services: ServiceNames | undefined
  readonly wide: boolean
}

function* start(proc: Process, row: SocketRow, naming: Naming): Task<string> {
  const protocol = `${row.protocol}${row.family === 6 ? '6' : ''}`
  const counts = `${protocol.padEnd(5)} ${String(row.received).padStart(6)} ${String(row.sent).padStart(6)}`
  const local = yield* endOf(proc, row, row.local, naming)
  const remote = yield* endOf(proc, row, row.remote, naming)
  return `${counts} ${local.padEnd(23)} ${remote.padEnd(23)}`
}

/** addr_do_one of net-tools netstat.c: what is too long loses the end of its address. */
function* endOf(proc: Process, { protocol }: SocketRow, { ip, port }: End, naming: Naming): Task<string> {
  const portText = port === 0 ? '*' : (naming.services?.get(`${port}/${protocol}`) ?? String(port))
  const name = naming.hosts && !isAny(ip) ? yield* nameOf(proc, ip) : undefined
  const bracketed = naming.hosts && !isIp4(ip) && isAny(ip)
  const host = name ?? (bracketed ? `[${printIp(ip)}]` : printIp(ip))
  return `${naming.wide ? host : host.slice(0, 22 - portText.length)}:${portText}`
}
