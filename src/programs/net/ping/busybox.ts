// ping and ping6 of busybox (networking/ping.c of 1.37). It never shows reverse names, nor errors that come back.

import { isErrno } from '../../../base/errno.ts'
import { type Instant, seconds } from '../../../base/instant.ts'
import { type Ip, printIp } from '../../../base/ip.ts'
import type { Task } from '../../../base/scheduler.ts'
import type { Process } from '../../../kernel/process.ts'
import type { Program } from '../../../kernel/program.ts'
import { systemWords } from '../../../kernel/resolve/config.ts'
import { isInterruption } from '../../../kernel/signal.ts'
import { refuse } from '../busybox/usage.ts'
import { scanOptions } from '../getopt.ts'
import { resolvePreferring4 } from '../names.ts'
import { type EchoSocket, openEcho, receiveEcho, sendEcho } from '../sockets.ts'
import { busyboxStatistics, greatest, newTally, printMilliseconds, type Tally } from './statistics.ts'

const applet = (name: 'ping' | 'ping6'): Program => ({
  name: `${name}.busybox`,
  *main(proc) {
    const options = readLine(proc, name)
    return typeof options === 'number' ? options : yield* ping(proc, options)
  },
})

export const busyboxPing = applet('ping')
export const busyboxPing6 = applet('ping6')

interface Options {
  family: 4 | 6 | undefined
  host: string
  count: number
  size: number
  interval: number
  /** Seconds after the last packet. */
  patience: number
  deadline: number
  ttl: number | undefined
  from: string | undefined
  quiet: boolean
  adaptive: boolean
}

function readLine(proc: Process, name: 'ping' | 'ping6'): Options | number {
  const scanned = scanOptions(proc.argv.slice(1), { short: 'qvAc:s:t:w:W:I:np:i:46' })
  if (scanned.error !== undefined) return refuse(proc, name, scanned.error)
  const options = defaults(name)
  for (const { key, argument } of scanned.options) {
    if (key === '4' || key === '6') options.family = key === '4' ? 4 : 6
    else if (key === 'q') options.quiet = true
    else if (key === 'A') options.adaptive = true
    else if (key === 'I') options.from = argument
    else if ('cstwWi'.includes(key)) {
      if (!(key === 'i' ? /^\d+(\.\d*)?$/ : /^\d+$/).test(argument))
        return proc.fail(`${name}: invalid number '${argument}'`)
      setNumber(options, key, Number(argument))
    }
  }
  const [host] = scanned.operands
  if (host === undefined || scanned.operands.length > 1) return refuse(proc, name)
  return { ...options, host }
}

const defaults = (name: string): Options => ({
  family: name === 'ping6' ? 6 : undefined,
  host: '',
  count: 0,
  size: 56,
  interval: 1,
  patience: 10,
  deadline: 0,
  ttl: undefined,
  from: undefined,
  quiet: false,
  adaptive: false,
})

function setNumber(options: Options, key: string, value: number): void {
  if (key === 'c') options.count = value
  else if (key === 's') options.size = value
  else if (key === 't') options.ttl = value
  else if (key === 'w') options.deadline = value
  else if (key === 'W') options.patience = value
  else options.interval = value
}

function* ping(proc: Process, options: Options): Task<number> {
  const target = yield* resolvePreferring4(proc, options.host, options.family)
  if (target === undefined) return proc.fail(`ping: bad address '${options.host}'`)
  const tally = newTally(proc.now())
  const title = `PING ${options.host} (${printIp(target)}): ${options.size} data bytes`
  if (!proc.may('NET_RAW')) {
    proc.print(title)
    return proc.fail('ping: permission denied (are you root?)')
  }
  try {
    const socket = openEcho(proc, target, { from: options.from, ttl: options.ttl, unconnected: true })
    proc.print(title)
    yield* exchange(proc, options, socket, target, tally)
  } catch (cause) {
    if (isErrno(cause, 'ENODEV', 'EADDRNOTAVAIL')) return proc.fail(`ping: bad address '${options.from}'`)
    if (isErrno(cause)) return proc.fail(`ping: sendto: ${systemWords(proc, cause.code)}`)
    if (!isInterruption(cause, 'INT')) throw cause
  }
  proc.print()
  for (const line of busyboxStatistics(options.host, tally)) proc.print(line)
  return tally.received === 0 || (options.deadline > 0 && tally.received < options.count) ? 1 : 0
}

function* exchange(
  proc: Process,
  options: Options,
  socket: EchoSocket,
  target: Ip,
  tally: Tally,
): Task<void> {
  proc.catches.add('INT')
  const deadline = options.deadline > 0 ? proc.now() + seconds(options.deadline) : undefined
  const answered = new Set<number>()
  let nextAt: Instant = proc.now()
  let endsAt: Instant | undefined
  for (;;) {
    const now = proc.now()
    if ((deadline !== undefined && now >= deadline) || (endsAt !== undefined && now >= endsAt)) return
    const all = options.count > 0 && tally.sent >= options.count
    if (!all && now >= nextAt) {
      sendEcho(proc, socket, target, tally.sent & 0xffff, options.size)
      tally.sent++
      nextAt = now + seconds(options.interval)
      if (options.count > 0 && tally.sent >= options.count) endsAt = now + patienceOf(options, tally)
      continue
    }
    const until = Math.min(endsAt ?? Infinity, deadline ?? Infinity, all ? Infinity : nextAt)
    const answer = yield* receiveEcho(proc, socket, until === Infinity ? undefined : until)
    if (answer?.kind !== 'reply') continue
    count(proc, options, tally, answered, answer)
    if (options.adaptive) nextAt = proc.now()
    if (options.count > 0 && tally.received >= options.count) return
  }
}

/** Two round trips at least, once something has come; else what -W says. */
const patienceOf = (options: Options, tally: Tally): number =>
  tally.received === 0
    ? seconds(options.patience)
    : seconds(Math.max(1, Math.floor(greatest(tally.times) / (512 * 1024))))

interface Reply {
  readonly from: Ip
  readonly sequence: number
  readonly size: number
  readonly ttl: number
  readonly sentAt: Instant
}

function count(proc: Process, options: Options, tally: Tally, answered: Set<number>, reply: Reply): void {
  const duplicate = answered.has(reply.sequence)
  answered.add(reply.sequence)
  if (duplicate) tally.duplicates++
  else tally.received++
  const timed = reply.size >= 4
  const time = proc.now() - reply.sentAt
  if (timed) tally.times.push(time)
  if (options.quiet) return
  const shown = timed ? ` time=${printMilliseconds(time)} ms` : ''
  const mark = duplicate ? ' (DUP!)' : ''
  proc.print(
    `${reply.size + 8} bytes from ${printIp(reply.from)}: seq=${reply.sequence} ttl=${reply.ttl}${shown}${mark}`,
  )
}
