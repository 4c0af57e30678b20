// ping of iputils (20221126 and 20240905): the loop of ping/ping_common.c. The line is read in `options.ts`.

import { isErrno, strerror } from '../../../base/errno.ts'
import { type Instant, seconds } from '../../../base/instant.ts'
import { familyOf, type Ip, isLinkLocal, printIp } from '../../../base/ip.ts'
import type { Task } from '../../../base/scheduler.ts'
import type { Process } from '../../../kernel/process.ts'
import type { Program } from '../../../kernel/program.ts'
import { isInterruption } from '../../../kernel/signal.ts'
import { explain, nameOf, resolveHost } from '../names.ts'
import { type EchoAnswer, type EchoSocket, openEcho, receiveEcho, routeOf, sendEcho } from '../sockets.ts'
import { type PingOptions, readPingLine } from './options.ts'
import { iputilsStatistics, newTally, printRoundTrip, type Tally } from './statistics.ts'
import { iputilsUsage } from './usage.ts'

/** What differs between the releases of iputils. */
export interface IputilsRelease {
  readonly version: string
}

export const iputilsPing = (name: string, release: IputilsRelease): Program => ({
  name,
  *main(proc) {
    const words = proc.argv.slice(1)
    if (words.includes('-V')) return printVersion(proc, release)
    const options = readPingLine(proc, words, iputilsUsage)
    return typeof options === 'number' ? options : yield* pingTarget(proc, options)
  },
})

export const ping = iputilsPing('ping', { version: '20240905' })
/** As Debian 12 has it. */
export const pingBookworm = iputilsPing('ping.bookworm', { version: '20221126' })

function printVersion(proc: Process, release: IputilsRelease): number {
  proc.print(`ping from iputils ${release.version}`)
  proc.print('libcap: yes, IDN: yes, NLS: no, error.h: yes, getrandom(): yes, __fpending(): yes')
  return 0
}

interface Run {
  readonly proc: Process
  readonly options: PingOptions
  readonly host: string
  readonly target: Ip
  readonly socket: EchoSocket
  readonly tally: Tally
  readonly startedAt: Instant
  /** Sequence numbers that were answered. */
  readonly answered: Set<number>
  /** Names are looked up: the target was not given as an address. */
  readonly named: boolean
  /** The reverse names that have been found. */
  readonly names: Map<Ip, string>
  /** Set with the last packet: when to stop waiting. */
  endsAt: Instant | undefined
}

function* pingTarget(proc: Process, options: PingOptions): Task<number> {
  const host = options.targets.at(-1) ?? ''
  const found = yield* resolveHost(proc, host, options.family)
  if ('error' in found) return proc.fail(`ping: ${host}: ${explain(found.error)}`, 2)
  const [target = 0] = found.ips
  const destination = target === 0 ? 0x7f000001 : target
  const socket = open(proc, destination, options)
  if (typeof socket === 'number') return socket
  const shown = found.canonical
  if (options.verbose) printVerbose(proc, options, shown, destination)
  if (options.broadcast) proc.printError('WARNING: pinging broadcast address')
  proc.print(header(options, shown, destination, socket))
  const now = proc.now()
  const named = (found.literal ? options.reverse : true) && !(options.numeric && !options.reverse)
  const tally = newTally(now)
  const state = { proc, options, host: shown, target: destination, socket, tally, startedAt: now }
  return yield* exchange({ ...state, answered: new Set(), named, names: new Map(), endsAt: undefined })
}

function open(proc: Process, target: Ip, options: PingOptions): EchoSocket | number {
  const { from } = options
  try {
    if (options.ttl === 0) return proc.fail('ping: cannot set unicast time-to-live: Invalid argument', 2)
    const socket = openEcho(proc, target, { from, ttl: options.ttl, mtu: options.mtu })
    const route = routeOf(proc, target, socket)
    if (route.broadcast && !options.broadcast)
      return proc.fail(
        'ping: Do you want to ping broadcast? Then -b. If not, check your local firewall rules',
        2,
      )
    return socket
  } catch (cause) {
    if (isErrno(cause, 'ENODEV')) return proc.fail(`ping: SO_BINDTODEVICE ${from}: No such device`, 2)
    if (isErrno(cause, 'EADDRNOTAVAIL')) return proc.fail(`ping: bind: ${strerror(cause.code)}`, 2)
    if (isErrno(cause)) return proc.fail(`ping: connect: ${strerror(cause.code)}`, 2)
    throw cause
  }
}

function printVerbose(proc: Process, options: PingOptions, host: string, target: Ip): void {
  const hint = options.family === undefined ? 'AF_UNSPEC' : options.family === 4 ? 'AF_INET' : 'AF_INET6'
  proc.printError(
    `ping: sock4.fd: 3 (socktype: SOCK_DGRAM), sock6.fd: 4 (socktype: SOCK_DGRAM), hints.ai_family: ${hint}`,
  )
  proc.printError()
  const family = familyOf(target) === 4 ? 'AF_INET' : 'AF_INET6'
  proc.print(`ai->ai_family: ${family}, ai->ai_canonname: '${host}'`)
}

function header(options: PingOptions, host: string, target: Ip, socket: EchoSocket): string {
  const source = options.from === undefined ? '' : ` from ${printIp(socket.source)} ${socket.device ?? ''}:`
  const size =
    familyOf(target) === 4
      ? `${options.size}(${options.size + 28}) bytes of data.`
      : `${options.size} data bytes`
  return `PING ${host} (${printIp(target)})${source} ${size}`
}

/** main_loop(): sends, waits, prints, until the count, the deadline or ^C. */
function* exchange(run: Run): Task<number> {
  const { proc, options, tally } = run
  proc.catches.add('INT')
  const deadline = options.deadline ? run.startedAt + seconds(options.deadline) : undefined
  let nextAt = run.startedAt
  try {
    for (;;) {
      const done = options.count !== undefined && tally.received + tally.errors >= options.count
      if (done || (deadline !== undefined && tally.errors > 0)) break
      const now = proc.now()
      if ((deadline !== undefined && now >= deadline) || (run.endsAt !== undefined && now >= run.endsAt))
        break
      const mayMore = options.count === undefined || tally.sent < options.count || deadline !== undefined
      if (now >= nextAt && mayMore) {
        transmit(run)
        nextAt = now + seconds(options.adaptive ? 0.2 : options.interval || 0.01)
        if (options.count !== undefined && tally.sent >= options.count && deadline === undefined)
          run.endsAt = now + lingerOf(run)
        continue
      }
      const until = earliest(mayMore ? nextAt : undefined, deadline, run.endsAt)
      const answer = yield* receiveEcho(proc, run.socket, until)
      if (answer) yield* report(run, answer)
      if (answer && (options.adaptive || options.flood)) nextAt = proc.now()
    }
  } catch (cause) {
    if (!isInterruption(cause, 'INT')) throw cause
  }
  return finish(run)
}

const earliest = (...instants: (Instant | undefined)[]): Instant | undefined =>
  instants.reduce((first, other) =>
    first === undefined || (other !== undefined && other < first) ? other : first,
  )

/** schedule_exit(): twice the longest round trip but no less than the interval, or what -W says if nothing came. */
function lingerOf({ options, tally }: Run): number {
  if (tally.received === 0) return seconds(options.linger)
  return Math.max(2 * Math.max(0, ...tally.times), seconds(options.interval))
}

function transmit(run: Run): void {
  const { proc, options, tally } = run
  if (options.outstanding && tally.sent > 0 && !run.answered.has(tally.sent))
    proc.print(`no answer yet for icmp_seq=${tally.sent}`)
  tally.sent++
  tally.lastSentAt = proc.now()
  if (tally.sent === 1) tally.firstSentAt = tally.lastSentAt
  try {
    sendEcho(proc, run.socket, run.target, tally.sent & 0xffff, options.size)
    if (options.flood && !options.quiet) proc.write(1, '.')
  } catch (cause) {
    if (!isErrno(cause)) throw cause
    // The error queue has an entry of its own for what is too long (ping_common.c, pinger).
    if (cause.code === 'EMSGSIZE') tally.errors++
    if (!options.quiet) proc.printError(`ping: sendmsg: ${strerror(cause.code)}`)
  }
}

function* report(run: Run, answer: EchoAnswer): Task<void> {
  const { proc, options, tally } = run
  tally.pipe = Math.max(tally.pipe, tally.sent - answer.sequence + 1)
  if (answer.kind === 'error') {
    tally.errors++
    if (options.quiet) return
    const from = yield* nameFor(run, answer.from)
    proc.print(`${stamp(run)}From ${from} icmp_seq=${answer.sequence} ${answer.words}`)
    return
  }
  const duplicate = run.answered.has(answer.sequence)
  run.answered.add(answer.sequence)
  if (duplicate) tally.duplicates++
  else tally.received++
  const time = proc.now() - answer.sentAt
  const timed = answer.size >= 16
  if (timed) tally.times.push(time)
  if (options.flood && !options.quiet) proc.write(1, '\b \b')
  if (options.quiet || options.flood) return
  const from = yield* nameFor(run, answer.from)
  const shown = timed ? ` time=${printRoundTrip(time)} ms` : ''
  const mark = duplicate ? ' (DUP!)' : ''
  const bell = options.audible ? '\x07' : ''
  proc.print(
    `${stamp(run)}${answer.size + 8} bytes from ${from}: icmp_seq=${answer.sequence} ttl=${answer.ttl}${shown}${mark}${bell}`,
  )
}

function stamp({ proc, options }: Run): string {
  if (!options.timestamps) return ''
  const microseconds = proc.moment() / 1000n
  return `[${microseconds / 1000000n}.${String(microseconds % 1000000n).padStart(6, '0')}] `
}

/** pr_addr(): `name (address)`, or the address where there is no name or none is wanted. */
function* nameFor(run: Run, ip: Ip): Task<string> {
  const address = printIp(ip)
  if (!run.named) return address
  const known = run.names.get(ip)
  const name = known ?? (isLinkLocal(ip) ? undefined : yield* nameOf(run.proc, ip))
  run.names.set(ip, name ?? '')
  return name ? `${name} (${address})` : address
}

function finish({ proc, host, options, tally }: Run): number {
  proc.print()
  for (const line of iputilsStatistics(host, tally, options.flood || options.adaptive)) proc.print(line)
  return tally.received === 0 || (options.deadline && options.count && tally.received < options.count) ? 1 : 0
}
