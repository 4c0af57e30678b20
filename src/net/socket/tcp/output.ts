// What a connection sends: segments of its buffer as far as the window allows, its FIN, acknowledgments.

import { type Bytes, noBytes } from '../../../base/bytes.ts'
import type { ErrnoName } from '../../../base/errno.ts'
import { isIp4 } from '../../../base/ip.ts'
import { nextPacketId } from '../../icmp.ts'
import { sendPacket } from '../../ip/output.ts'
import type { Namespace } from '../../namespace.ts'
import { findRoute } from '../../route.ts'
import type { Packet } from '../../wire/packet.ts'
import type { Segment } from '../../wire/tcp.ts'
import { advance, type Connection, inFlight, lengthOf, window } from './connection.ts'
import { startRetransmitTimer, stopAckTimer } from './timers.ts'

/** Options of a segment that is not plain: what it says besides an acknowledgment. */
export type Flags = Partial<Pick<Segment, 'syn' | 'fin' | 'rst' | 'psh' | 'ack' | 'mss'>>

/** The MSS to tell a peer: the MTU of the way there without headers. */
export function mssTowards(namespace: Namespace, remote: Packet['dst']): number {
  const route = findRoute(namespace, remote)
  const link = route?.type === 'local' ? namespace.loopback : route?.link
  return Math.min(link?.mtu ?? 1500, 65_535) - (isIp4(remote) ? 40 : 60)
}

/** Sends one segment of the connection from `sequence` on. Returns the error number of sending, if any. */
export function emit(
  connection: Connection,
  sequence: number,
  payload: Bytes,
  flags: Flags = {},
): ErrnoName | undefined {
  const { namespace, localIp, remoteIp } = connection
  const acknowledges = flags.ack ?? true
  if (connection.ackTimer && acknowledges) stopAckTimer(connection)
  connection.receiveEdge = advance(connection.receiveNext, window(connection))
  const body: Segment = {
    protocol: 'tcp',
    srcPort: connection.localPort,
    dstPort: connection.remotePort,
    sequence,
    acknowledgment: acknowledges ? connection.receiveNext : 0,
    syn: flags.syn ?? false,
    ack: acknowledges,
    fin: flags.fin ?? false,
    rst: flags.rst ?? false,
    psh: flags.psh ?? false,
    window: window(connection),
    payload,
    ...(flags.mss === undefined ? {} : { mss: flags.mss }),
  }
  return sendPacket(namespace, { src: localIp, dst: remoteIp, ttl: 64, id: nextPacketId(namespace), body })
}

/** Acknowledges what was received. */
export const acknowledge = (connection: Connection): void => {
  emit(connection, connection.sendNext, noBytes)
}

/** Sends the SYN, or SYN and ACK in answer to one. */
export function sendSyn(connection: Connection): ErrnoName | undefined {
  const { namespace, remoteIp } = connection
  connection.sendNext = advance(connection.sendUnacknowledged, 1)
  startRetransmitTimer(connection)
  return emit(connection, connection.sendUnacknowledged, noBytes, {
    syn: true,
    ack: connection.state === 'SYN-RECV',
    mss: mssTowards(namespace, remoteIp),
  })
}

/** Sends as much of the buffer as the peer's window takes, and the FIN once the buffer is out. */
export function pump(connection: Connection): void {
  const { sendBuffer } = connection
  for (;;) {
    if (connection.finSent) return
    const sent = inFlight(connection)
    const left = sendBuffer.length - sent
    const size = Math.min(left, payloadLimit(connection), connection.sendWindow - sent)
    if (left > 0 && size <= 0) break
    if (left > 0) sendData(connection, sent, size)
    else if (connection.finQueued) sendFin(connection)
    else return
  }
  if (inFlight(connection) === 0) startRetransmitTimer(connection)
}

/** Sends the oldest unacknowledged segment again. */
export function retransmitFirst(connection: Connection): void {
  const { sendBuffer, sendUnacknowledged } = connection
  connection.timedSequence = undefined
  if (connection.state === 'SYN-SENT' || connection.state === 'SYN-RECV') {
    sendSyn(connection)
    return
  }
  const sent = inFlight(connection) - (connection.finSent ? 1 : 0)
  const payload = sendBuffer.slice(0, Math.min(sent, payloadLimit(connection))) as Bytes
  const fin = connection.finSent && payload.length === sent
  emit(connection, sendUnacknowledged, payload, { fin, psh: payload.length > 0 && payload.length === sent })
}

/** Asks a peer whose window is closed for its present window (tcp_xmit_probe_skb). */
export const probeWindow = (connection: Connection): void => {
  emit(connection, advance(connection.sendUnacknowledged, -1), noBytes)
}

/** Sends a reset in answer to a segment that belongs to no connection (RFC 9293, 3.10.7.1). */
export function sendReset(namespace: Namespace, packet: Packet): void {
  const { body } = packet
  if (body.protocol !== 'tcp' || body.rst) return
  const answer: Segment = {
    protocol: 'tcp',
    srcPort: body.dstPort,
    dstPort: body.srcPort,
    sequence: body.ack ? body.acknowledgment : 0,
    acknowledgment: body.ack ? 0 : advance(body.sequence, lengthOf(body)),
    syn: false,
    ack: !body.ack,
    fin: false,
    rst: true,
    psh: false,
    window: 0,
    payload: noBytes,
  }
  sendPacket(namespace, {
    src: packet.dst,
    dst: packet.src,
    ttl: 64,
    id: nextPacketId(namespace),
    body: answer,
  })
}

/** Timestamps take 12 bytes of each segment. */
const payloadLimit = ({ mss }: Connection): number => Math.max(1, mss - 12)

function sendData(connection: Connection, offset: number, size: number): void {
  const payload = connection.sendBuffer.slice(offset, offset + size) as Bytes
  const sequence = connection.sendNext
  connection.sendNext = advance(sequence, size)
  timeSegment(connection)
  if (offset === 0) startRetransmitTimer(connection)
  emit(connection, sequence, payload, { psh: offset + size === connection.sendBuffer.length })
}

function sendFin(connection: Connection): void {
  const sequence = connection.sendNext
  connection.finSent = true
  connection.sendNext = advance(sequence, 1)
  if (inFlight(connection) === 1) startRetransmitTimer(connection)
  emit(connection, sequence, noBytes, { fin: true })
}

function timeSegment(connection: Connection): void {
  if (connection.timedSequence !== undefined) return
  connection.timedSequence = connection.sendNext
  connection.timedAt = connection.namespace.fabric.scheduler.now
}
