// An open connection takes in acknowledgments and data (RFC 9293, 3.10.7.4; RFC 6582 for what follows a loss).

import type { Bytes } from '../../../base/bytes.ts'
import { signal } from '../../../base/scheduler.ts'
import type { Packet } from '../../wire/packet.ts'
import type { Segment } from '../../wire/tcp.ts'
import { destroy, finAcknowledged, finArrived } from './close.ts'
import { advance, type Connection, distance, inFlight, isBefore, lengthOf, window } from './connection.ts'
import { acknowledge, pump, retransmitFirst, sendReset } from './output.ts'
import { acknowledgeLater, measure, restoreTimeout, startRetransmitTimer, stopTimer } from './timers.ts'

/** Takes what the segment acknowledges out of the buffer, and sends what that allows. */
export function receiveAcknowledgment(connection: Connection, segment: Segment): void {
  const { acknowledgment } = segment
  if (isBefore(connection.sendNext, acknowledgment)) {
    acknowledge(connection)
    return
  }
  const count = distance(connection.sendUnacknowledged, acknowledgment)
  if (count < 0) return
  const sameWindow = connection.sendWindow === segment.window
  connection.sendWindow = segment.window
  if (count > 0) acknowledged(connection, acknowledgment, count)
  else if (inFlight(connection) > 0 && lengthOf(segment) === 0 && sameWindow)
    duplicateAcknowledgment(connection)
  if (connection.state === 'CLOSED') return
  pump(connection)
}

function acknowledged(connection: Connection, acknowledgment: number, count: number): void {
  const { scheduler } = connection.namespace.fabric
  const finDone = connection.finSent && acknowledgment === connection.sendNext
  connection.sendUnacknowledged = acknowledgment
  connection.sendBuffer = connection.sendBuffer.slice(count - (finDone ? 1 : 0)) as Bytes
  connection.duplicateAcks = 0
  if (connection.timedSequence !== undefined && !isBefore(acknowledgment, connection.timedSequence)) {
    measure(connection, scheduler.now - connection.timedAt)
    connection.timedSequence = undefined
  } else restoreTimeout(connection)
  if (inFlight(connection) > 0) {
    startRetransmitTimer(connection)
    if (connection.recoverUntil !== undefined && isBefore(acknowledgment, connection.recoverUntil))
      retransmitFirst(connection)
  } else stopTimer(connection)
  if (connection.recoverUntil !== undefined && !isBefore(acknowledgment, connection.recoverUntil))
    connection.recoverUntil = undefined
  if (finDone) finAcknowledged(connection)
  signal(scheduler, connection.writable)
}

/** The third in a row means a loss: fast retransmit (RFC 5681, 3.2). */
function duplicateAcknowledgment(connection: Connection): void {
  connection.duplicateAcks++
  if (connection.duplicateAcks !== 3 || connection.recoverUntil !== undefined) return
  connection.recoverUntil = connection.sendNext
  retransmitFirst(connection)
}

/** Takes in the data of an acceptable segment, in order, and acknowledges it. */
export function receiveData(connection: Connection, packet: Packet, segment: Segment): void {
  if (lengthOf(segment) === 0 || connection.state === 'CLOSED') return
  if (connection.orphaned && segment.payload.length > 0) {
    // Nobody will read it (tcp_rcv_state_process).
    sendReset(connection.namespace, packet)
    destroy(connection)
    return
  }
  if (connection.finReceived) {
    acknowledge(connection)
    return
  }
  if (isBefore(connection.receiveNext, segment.sequence)) {
    keepForLater(connection, segment)
    acknowledge(connection)
    return
  }
  const before = connection.receiveNext
  take(connection, segment)
  takeKept(connection)
  // Linux lets the acknowledgment of a FIN wait for what its owner does about it (tcp_fin).
  if (connection.state === 'CLOSE-WAIT') acknowledgeLater(connection)
  else acknowledge(connection)
  if (connection.receiveNext !== before) signal(connection.namespace.fabric.scheduler, connection.readable)
}

/** Takes the part of the segment that is new and fits. */
function take(connection: Connection, segment: Segment): void {
  const known = distance(segment.sequence, connection.receiveNext)
  const fresh = segment.payload.slice(known, known + window(connection)) as Bytes
  if (fresh.length > 0) {
    connection.receiveNext = advance(connection.receiveNext, fresh.length)
    if (!connection.readShut) {
      connection.received.push(fresh)
      connection.receivedBytes += fresh.length
    }
  }
  const whole = known + fresh.length >= segment.payload.length
  if (!segment.fin || !whole) return
  connection.receiveNext = advance(connection.receiveNext, 1)
  finArrived(connection)
}

function takeKept(connection: Connection): void {
  while (connection.outOfOrder.length > 0 && !connection.finReceived) {
    const next = connection.outOfOrder[0]
    if (!next || isBefore(connection.receiveNext, next.sequence)) return
    connection.outOfOrder.shift()
    if (isBefore(connection.receiveNext, advance(next.sequence, lengthOf(next)))) take(connection, next)
  }
}

function keepForLater(connection: Connection, segment: Segment): void {
  const queue = connection.outOfOrder
  if (queue.some((other) => other.sequence === segment.sequence && lengthOf(other) >= lengthOf(segment)))
    return
  const place = queue.findIndex((other) => isBefore(segment.sequence, other.sequence))
  queue.splice(place < 0 ? queue.length : place, 0, segment)
}
