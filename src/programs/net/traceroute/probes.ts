// The probes of a trace: sent hop by hop, a few hops at once, by UDP or as echo requests, and the answers gathered.

import { isErrno } from '../../../base/errno.ts'
import type { Duration, Instant } from '../../../base/instant.ts'
import { familyOf, type Ip } from '../../../base/ip.ts'
import type { Task } from '../../../base/scheduler.ts'
import type { Process } from '../../../kernel/process.ts'
import type { UdpSocket } from '../../../net/socket/udp.ts'
import { closeEchoSocket, type EchoSocket, openEcho, receiveEcho, sendEcho } from '../sockets.ts'
import { closeProbes, openProbes, sendProbe, takeAnswer } from '../udp-probes.ts'
import type { TraceOptions } from './options.ts'

export interface Answer {
  /** Undefined: the own machine refused to send it. */
  readonly from: Ip | undefined
  readonly took: Duration
  /** ` !H` */
  readonly mark: string
  /** There is nothing beyond. */
  readonly final: boolean
}

/** By hop, a place for each of its probes. */
export type Answers = Map<number, (Answer | undefined)[]>

/**
 * Sends the probes of the hops `from` to `to` and gathers what comes within the patience. Errors: as those of the sockets.
 */
export function* probeHops(
  proc: Process,
  options: TraceOptions,
  target: Ip,
  from: number,
  to: number,
): Task<Answers> {
  const answers: Answers = new Map()
  for (let hop = from; hop <= to; hop++)
    answers.set(
      hop,
      Array.from({ length: options.probes }, () => undefined),
    )
  if (options.method === 'icmp') yield* probeByEcho(proc, options, target, answers)
  else yield* probeByUdp(proc, options, target, answers)
  return answers
}

/** Whether no more need be waited for: some hop ended the way, and it and all before it have answered. */
function isComplete(answers: Answers): boolean {
  for (const row of answers.values()) {
    if (row.some((answer) => answer === undefined)) return false
    if (row.some((answer) => answer?.final)) return true
  }
  return true
}

function* probeByUdp(proc: Process, options: TraceOptions, target: Ip, answers: Answers): Task<void> {
  const { source, device, dontFragment } = options
  const socket = openProbes(proc, target, { source, device, dontFragment })
  const size = options.length - (familyOf(target) === 4 ? 28 : 48)
  const sentAt = new Map<number, { readonly hop: number; readonly index: number; readonly at: Instant }>()
  try {
    for (const [hop, row] of answers)
      for (const index of row.keys()) {
        // The default method takes another port for each probe; so do we with -U, which the answers must be told apart by.
        const port = (options.port + (hop - 1) * options.probes + index) & 0xffff
        sentAt.set(port, { hop, index, at: proc.now() })
        if (!sendOne(proc, socket, target, port, hop, size)) row[index] = tooLong(options)
        if (options.pause > 0)
          yield* collect(proc, socket, sentAt, answers, proc.now() + options.pause, false)
      }
    yield* collect(proc, socket, sentAt, answers, proc.now() + options.patience, true)
  } finally {
    closeProbes(proc, socket)
  }
}

/** False if it is too long for the link. */
function sendOne(
  proc: Process,
  socket: UdpSocket,
  target: Ip,
  port: number,
  ttl: number,
  size: number,
): boolean {
  try {
    sendProbe(proc, socket, target, port, ttl, size)
    return true
  } catch (cause) {
    if (isErrno(cause, 'EMSGSIZE')) return false
    throw cause
  }
}

const tooLong = ({ mtu }: TraceOptions): Answer => ({
  from: undefined,
  took: 0,
  mark: ` !F-${mtu}`,
  final: true,
})

function* collect(
  proc: Process,
  socket: UdpSocket,
  sent: ReadonlyMap<number, { readonly hop: number; readonly index: number; readonly at: Instant }>,
  answers: Answers,
  until: Instant,
  whole: boolean,
): Task<void> {
  for (;;) {
    for (let answer = takeAnswer(socket); answer; answer = takeAnswer(socket)) {
      const probe = sent.get(answer.port)
      const row = probe && answers.get(probe.hop)
      if (!probe || !row || row[probe.index]) continue
      const { error, from, at } = answer
      row[probe.index] = {
        from,
        took: at - probe.at,
        mark: error?.type === 'unreachable' ? markOf(error.code, error.mtu) : '',
        final: error?.type !== 'time-exceeded',
      }
    }
    if (whole && isComplete(answers)) return
    if (!(yield* proc.until(socket.readable, until)) && proc.now() >= until) return
  }
}

const marks: Readonly<Record<string, string>> = {
  net: ' !N',
  host: ' !H',
  protocol: ' !P',
  prohibited: ' !X',
}

const markOf = (code: string, mtu: number | undefined): string =>
  code === 'too-big' ? ` !F-${mtu ?? 0}` : (marks[code] ?? '')

function* probeByEcho(proc: Process, options: TraceOptions, target: Ip, answers: Answers): Task<void> {
  const sockets: {
    readonly socket: EchoSocket
    readonly row: (Answer | undefined)[]
    readonly at: Instant
  }[] = []
  const size = options.length - (familyOf(target) === 4 ? 28 : 48)
  const mtu = options.dontFragment ? 'do' : undefined
  const from = options.device ?? options.sourceText
  try {
    for (const [hop, row] of answers) {
      const socket = openEcho(proc, target, { ttl: hop, from, mtu, unconnected: true })
      sockets.push({ socket, row, at: proc.now() })
      for (const index of row.keys()) {
        try {
          sendEcho(proc, socket, target, index + 1, size)
        } catch (cause) {
          if (!isErrno(cause, 'EMSGSIZE')) throw cause
          row[index] = tooLong(options)
        }
        if (options.pause > 0) yield* proc.sleep(options.pause)
      }
    }
    const deadline = proc.now() + options.patience
    for (const { socket, row } of sockets) {
      while (row.some((answer) => answer === undefined)) {
        const answer = yield* receiveEcho(proc, socket, deadline)
        if (!answer) break
        const words = answer.kind === 'error' ? answer.words : ''
        row[answer.sequence - 1] ??= {
          from: answer.from,
          took: answer.at - answer.sentAt,
          mark: echoMarks[words] ?? '',
          final: !words.startsWith('Time'),
        }
      }
      // Hops beyond the one that ended the way say nothing new.
      if (row.some((answer) => answer?.final)) return
    }
  } finally {
    for (const { socket } of sockets) closeEchoSocket(proc, socket)
  }
}

const echoMarks: Readonly<Record<string, string>> = {
  'Destination Net Unreachable': ' !N',
  'Destination Host Unreachable': ' !H',
  'Destination Protocol Unreachable': ' !P',
  'Packet filtered': ' !X',
}
