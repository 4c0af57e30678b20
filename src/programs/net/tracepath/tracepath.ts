// tracepath of iputils (20221126, tracepath.c): UDP probes that may not be cut up, so that the way's MTU is found as well
// as its hops.

import { isErrno, strerror } from '../../../base/errno.ts'
import { type Instant, seconds } from '../../../base/instant.ts'
import { familyOf, type Ip, printIp } from '../../../base/ip.ts'
import type { Task } from '../../../base/scheduler.ts'
import type { Process } from '../../../kernel/process.ts'
import type { Program } from '../../../kernel/program.ts'
import type { UdpSocket } from '../../../net/socket/udp.ts'
import { scanOptions } from '../getopt.ts'
import { explain, nameOf, resolveHost } from '../names.ts'
import { closeProbes, mtuTo, openProbes, type ProbeAnswer, sendProbe, takeAnswer } from '../udp-probes.ts'
import { tracepathUsage } from './usage.ts'

interface Options {
  family: 4 | 6 | undefined
  numeric: boolean
  both: boolean
  length: number | undefined
  hops: number
  port: number
}

export const tracepath: Program = {
  name: 'tracepath',
  *main(proc) {
    const words = proc.argv.slice(1)
    const scanned = scanOptions(words, { short: '46nbhl:m:p:V' })
    if (scanned.error !== undefined) return proc.fail(`tracepath: ${scanned.error}\n${tracepathUsage}`, 255)
    const options: Options = {
      family: undefined,
      numeric: false,
      both: false,
      length: undefined,
      hops: 30,
      port: 44444,
    }
    for (const { key, argument } of scanned.options) {
      if (key === 'V') return printVersion(proc)
      const status = take(proc, options, key, argument)
      if (status !== undefined) return status
    }
    const [host, ...others] = scanned.operands
    if (host === undefined || others.length > 0) return proc.fail(tracepathUsage, 255)
    const found = yield* resolveHost(proc, host, options.family)
    if ('error' in found) return proc.fail(`tracepath: ${host}: ${explain(found.error)}`)
    const [target] = found.ips
    const state = openTrace(proc, options, target)
    if (typeof state === 'number') return state
    try {
      yield* follow(state)
    } finally {
      closeProbes(proc, state.socket)
    }
    return 0
  },
}

function printVersion(proc: Process): number {
  proc.print('tracepath from iputils 20221126')
  proc.print('libcap: yes, IDN: yes, NLS: no, error.h: yes, getrandom(): yes, __fpending(): yes')
  return 0
}

function take(proc: Process, options: Options, key: string, argument: string): number | undefined {
  if ('lmp'.includes(key) && !/^\d+$/.test(argument))
    return proc.fail(`tracepath: invalid argument: '${argument}'`)
  const value = Number(argument)
  if (key === 'n') options.numeric = true
  else if (key === 'b') options.both = true
  else if (key === 'm') options.hops = value
  else if (key === 'p') options.port = value
  else if (key === 'l') {
    if (value <= 28) return proc.fail('tracepath: pktlen must be within: 28 < value <= 2147483647')
    options.length = value
  } else if (key === 'h') return proc.fail(tracepathUsage, 255)
  else {
    if (options.family !== undefined && options.family !== Number(key))
      return proc.fail('tracepath: Only one -4 or -6 option may be specified', 2)
    options.family = key === '4' ? 4 : 6
  }
  return undefined
}

interface Trace {
  readonly proc: Process
  readonly options: Options
  readonly target: Ip
  readonly socket: UdpSocket
  /** Bytes of headers. */
  readonly overhead: number
  mtu: number
  /** Hops and time of sending, by port. */
  readonly sent: Map<number, { readonly hop: number; readonly at: Instant }>
  next: number
  there: number | undefined
  back: number | undefined
}

function openTrace(proc: Process, options: Options, target: Ip): Trace | number {
  const six = familyOf(target) === 6
  try {
    return {
      proc,
      options,
      target,
      socket: openProbes(proc, target, { dontFragment: true }),
      overhead: six ? 48 : 28,
      mtu: options.length ?? (six ? 128000 : 65535),
      sent: new Map(),
      next: 0,
      there: undefined,
      back: undefined,
    }
  } catch (cause) {
    if (isErrno(cause)) {
      // It finds out with its first probe, and gives up.
      proc.print(` 1:  send failed\n     Resume: pmtu ${options.length ?? 65535} `)
      return 0
    }
    throw cause
  }
}

/** What a probe led to: `progress` is an answer on the way, `lost` no answer. */
type Outcome = 'end' | 'progress' | 'lost'

function* follow(trace: Trace): Task<void> {
  const { proc, options } = trace
  let ended = false
  for (let hop = 1; hop <= options.hops && !ended; hop++) {
    let outcome: Outcome = 'lost'
    for (let count = 0; count < 3; count++) {
      const before = trace.mtu
      outcome = yield* probe(trace, hop)
      if (trace.mtu !== before) {
        // The probes begin again with the size that was found (the original's `goto restart`).
        count = -1
        continue
      }
      if (outcome !== 'lost') break
    }
    ended = outcome === 'end'
    if (outcome === 'lost') proc.print(`${String(hop).padStart(2)}:  no reply`)
  }
  if (!ended) proc.print(`     Too many hops: pmtu ${trace.mtu}`)
  const there = trace.there === undefined ? '' : `hops ${trace.there} `
  const back = trace.back === undefined ? '' : `back ${trace.back} `
  proc.print(`     Resume: pmtu ${trace.mtu} ${there}${back}`)
}

function* probe(trace: Trace, hop: number): Task<Outcome> {
  const { proc, socket, target } = trace
  for (;;) {
    const port = trace.options.port + trace.next
    trace.sent.set(port, { hop, at: proc.now() })
    try {
      sendProbe(proc, socket, target, port, hop, trace.mtu - trace.overhead)
      break
    } catch (cause) {
      if (!isErrno(cause)) throw cause
      if (cause.code !== 'EMSGSIZE') {
        proc.print(`${String(hop).padStart(2)}:  send failed`)
        return 'end'
      }
      trace.mtu = mtuTo(proc, socket, target)
      proc.print(`${String(hop).padStart(2)}?: ${'[LOCALHOST]'.padEnd(32)} pmtu ${trace.mtu}`)
    }
  }
  trace.next = (trace.next + 1) & 63
  const deadline = proc.now() + seconds(1)
  let answer = takeAnswer(socket)
  while (!answer && proc.now() < deadline) {
    yield* proc.until(socket.readable, deadline)
    answer = takeAnswer(socket)
  }
  let outcome: Outcome = 'lost'
  for (; answer; answer = takeAnswer(socket)) {
    outcome = yield* tell(trace, hop, answer)
    if (outcome === 'end') return 'end'
  }
  return outcome
}

/** recverr() of the original: one line of what was reported. */
function* tell(trace: Trace, hop: number, answer: ProbeAnswer): Task<Outcome> {
  const { proc, options } = trace
  const { error, from } = answer
  if (!error) {
    proc.print(`${String(hop).padStart(2)}?: reply received 8)`)
    return 'end'
  }
  const probe = trace.sent.get(answer.port)
  const name = options.numeric ? printIp(from) : ((yield* nameOf(proc, from)) ?? printIp(from))
  const host = options.both ? `${name} (${printIp(from)})` : name
  const took = probe ? `${milliseconds(answer.at - probe.at)}ms ` : ''
  const sentHop = probe?.hop ?? hop
  const line = `${String(sentHop).padStart(2)}:  ${host.padEnd(52)} ${took}`
  if (error.type === 'time-exceeded') {
    const hops = hopsBack(answer.ttl)
    proc.print(line + (hops === sentHop ? '' : `asymm ${String(hops).padStart(2)} `))
    return 'progress'
  }
  if (error.code === 'too-big') {
    trace.mtu = error.mtu ?? trace.mtu
    proc.print(`${line}pmtu ${trace.mtu}`)
    return 'progress'
  }
  if (error.code === 'port') {
    trace.there = sentHop
    trace.back = hopsBack(answer.ttl)
  }
  proc.print(line + (endings[error.code ?? 'host'] ?? strerror('EHOSTUNREACH')))
  return 'end'
}

const endings: Readonly<Record<string, string>> = {
  port: 'reached',
  net: '!N',
  host: '!H',
  protocol: '!P',
  prohibited: '!A',
}

const hopsBack = (ttl: number): number => (ttl <= 64 ? 65 - ttl : ttl <= 128 ? 129 - ttl : 256 - ttl)

const milliseconds = (microseconds: number): string =>
  `${String(Math.floor(microseconds / 1000)).padStart(3)}.${String(microseconds % 1000).padStart(3, '0')}`
