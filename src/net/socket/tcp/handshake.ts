// Three segments open a connection (RFC 9293, 3.5).

import { signal } from '../../../base/scheduler.ts'
import type { Packet } from '../../wire/packet.ts'
import type { Segment } from '../../wire/tcp.ts'
import { enterConnection } from '../table.ts'
import { fail } from './close.ts'
import { advance, type Connection, createConnection, type Listener, wake } from './connection.ts'
import { acknowledge, mssTowards, pump, sendReset, sendSyn } from './output.ts'
import { measure, restoreTimeout, stopTimer } from './timers.ts'

/** A SYN has come to a listener: answers, unless too many connections wait to be accepted. */
export function answerSyn(listener: Listener, packet: Packet, segment: Segment): void {
  if (listener.queue.length > listener.backlog) return
  const { namespace } = listener
  const local = { ip: packet.dst, port: segment.dstPort }
  const remote = { ip: packet.src, port: segment.srcPort }
  const connection = createConnection(
    namespace,
    'SYN-RECV',
    local,
    remote,
    commonMss(namespace, packet, segment),
  )
  connection.listener = listener
  takePeerStart(connection, segment)
  enterConnection(connection)
  timeHandshake(connection)
  sendSyn(connection)
}

/** The answer to our SYN has come, or a refusal, or a SYN that crossed ours. */
export function receiveInSynSent(connection: Connection, packet: Packet, segment: Segment): void {
  if (segment.ack && segment.acknowledgment !== connection.sendNext) {
    sendReset(connection.namespace, packet)
    return
  }
  if (segment.rst) {
    if (segment.ack) fail(connection, 'ECONNREFUSED')
    return
  }
  if (!segment.syn) return
  connection.mss = commonMss(connection.namespace, packet, segment)
  takePeerStart(connection, segment)
  if (!segment.ack) {
    connection.state = 'SYN-RECV'
    sendSyn(connection)
    return
  }
  establish(connection, segment)
  acknowledge(connection)
  wake(connection)
  pump(connection)
}

/** The third segment has come. False if it does not open the connection. */
export function completeHandshake(connection: Connection, packet: Packet, segment: Segment): boolean {
  if (segment.acknowledgment !== connection.sendNext) {
    sendReset(connection.namespace, packet)
    return false
  }
  const { listener } = connection
  if (listener && (listener.closed || listener.queue.length > listener.backlog)) return false
  establish(connection, segment)
  if (listener) {
    listener.queue.push(connection)
    signal(connection.namespace.fabric.scheduler, listener.readable)
  }
  wake(connection)
  return true
}

/** Notes when a SYN goes out, so that its answer measures the first round trip. */
export function timeHandshake(connection: Connection): void {
  connection.timedSequence = advance(connection.sendUnacknowledged, 1)
  connection.timedAt = connection.namespace.fabric.scheduler.now
}

function establish(connection: Connection, segment: Segment): void {
  const { scheduler } = connection.namespace.fabric
  stopTimer(connection)
  if (connection.timedSequence === undefined) restoreTimeout(connection)
  else measure(connection, scheduler.now - connection.timedAt)
  connection.timedSequence = undefined
  connection.recoverUntil = undefined
  connection.softError = undefined
  connection.retries = 0
  connection.state = 'ESTAB'
  connection.sendUnacknowledged = segment.acknowledgment
  connection.sendWindow = segment.window
}

function takePeerStart(connection: Connection, segment: Segment): void {
  connection.receiveNext = advance(segment.sequence, 1)
  connection.sendWindow = segment.window
}

function commonMss(namespace: Connection['namespace'], packet: Packet, segment: Segment): number {
  return Math.min(segment.mss ?? 536, mssTowards(namespace, packet.src))
}
