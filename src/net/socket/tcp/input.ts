// A TCP segment has come in: to its connection, to a listener, or refused (RFC 9293, 3.10.7).

import type { Namespace } from '../../namespace.ts'
import { traceHop } from '../../trace.ts'
import type { Packet } from '../../wire/packet.ts'
import type { Segment } from '../../wire/tcp.ts'
import { findConnection, findListener } from '../table.ts'
import { destroy, fail } from './close.ts'
import { advance, type Connection, distance, lengthOf, window } from './connection.ts'
import { receiveAcknowledgment, receiveData } from './established.ts'
import { answerSyn, completeHandshake, receiveInSynSent } from './handshake.ts'
import { acknowledge, retransmitFirst, sendReset } from './output.ts'
import { startFinalTimer } from './timers.ts'

/** Takes in a segment addressed to this namespace. */
export function receiveSegment(namespace: Namespace, packet: Packet, segment: Segment): void {
  const { src, dst } = packet
  const connection = findConnection(namespace, dst, segment.dstPort, src, segment.srcPort)
  if (connection && !isReopening(connection, segment)) {
    if (connection.state === 'SYN-SENT') receiveInSynSent(connection, packet, segment)
    else receiveInOrder(connection, packet, segment)
    return
  }
  const opens = segment.syn && !segment.ack && !segment.rst
  const listener = opens ? findListener(namespace, dst, segment.dstPort) : undefined
  if (listener) {
    if (connection) destroy(connection)
    answerSyn(listener, packet, segment)
    return
  }
  if (connection) return
  traceHop(namespace, undefined, 'no socket', packet)
  sendReset(namespace, packet)
}

/** A SYN may take the place of a connection in TIME-WAIT (tcp_timewait_state_process). */
const isReopening = ({ state }: Connection, segment: Segment): boolean =>
  state === 'TIME-WAIT' && segment.syn && !segment.ack && !segment.rst

function receiveInOrder(connection: Connection, packet: Packet, segment: Segment): void {
  if (!isAcceptable(connection, segment)) {
    if (connection.state === 'SYN-RECV' && segment.syn && !segment.ack) {
      retransmitFirst(connection)
      return
    }
    if (!segment.rst) acknowledge(connection)
    return
  }
  if (segment.rst) {
    receiveReset(connection)
    return
  }
  if (segment.syn) {
    acknowledge(connection)
    return
  }
  if (!segment.ack) return
  if (connection.state === 'SYN-RECV' && !completeHandshake(connection, packet, segment)) return
  if (connection.state === 'TIME-WAIT') {
    if (segment.fin) {
      acknowledge(connection)
      startFinalTimer(connection)
    }
    return
  }
  receiveAcknowledgment(connection, segment)
  receiveData(connection, packet, segment)
}

/** Whether it lies in the window (RFC 9293, 3.4), at least in part. */
function isAcceptable(connection: Connection, segment: Segment): boolean {
  const { receiveNext } = connection
  const length = lengthOf(segment)
  const open = window(connection)
  const begin = distance(receiveNext, segment.sequence)
  if (length === 0) return open === 0 ? begin === 0 : begin >= 0 && begin <= open
  const last = distance(receiveNext, advance(segment.sequence, length - 1))
  return (
    open > 0 && ((begin >= 0 && begin < open) || (last >= 0 && last < open) || (begin < 0 && last >= open))
  )
}

/** tcp_reset of net/ipv4/tcp_input.c. */
function receiveReset(connection: Connection): void {
  switch (connection.state) {
    case 'SYN-RECV':
    case 'TIME-WAIT':
    case 'LAST-ACK':
    case 'CLOSING':
      destroy(connection)
      return
    case 'CLOSE-WAIT':
      fail(connection, 'EPIPE')
      return
    default:
      fail(connection, 'ECONNRESET')
  }
}
