// The records of TCP: a listener, and one end of a connection (RFC 9293's transmission control block). Only fields
// and what follows from them; what happens to them stands in the files beside.

import type { Entry } from '../../../base/agenda.ts'
import { type Bytes, noBytes } from '../../../base/bytes.ts'
import type { ErrnoName } from '../../../base/errno.ts'
import type { Duration, Instant } from '../../../base/instant.ts'
import type { Family, Ip } from '../../../base/ip.ts'
import { draw } from '../../../base/random.ts'
import { type Condition, createCondition, signal } from '../../../base/scheduler.ts'
import type { Namespace } from '../../namespace.ts'
import type { Segment } from '../../wire/tcp.ts'

/** RFC 9293's states in the spelling of `ss`. */
export type TcpState =
  | 'SYN-SENT'
  | 'SYN-RECV'
  | 'ESTAB'
  | 'FIN-WAIT-1'
  | 'FIN-WAIT-2'
  | 'CLOSE-WAIT'
  | 'CLOSING'
  | 'LAST-ACK'
  | 'TIME-WAIT'
  | 'CLOSED'

export interface Listener {
  readonly protocol: 'tcp'
  readonly namespace: Namespace
  readonly family: Family
  readonly v6only: boolean
  readonly localIp: Ip
  readonly localPort: number
  /** How many connections may wait for `acceptTcp`. */
  readonly backlog: number
  readonly queue: Connection[]
  closed: boolean
  readonly readable: Condition
}

export interface Connection {
  readonly protocol: 'tcp'
  readonly namespace: Namespace
  state: TcpState
  readonly localIp: Ip
  readonly localPort: number
  readonly remoteIp: Ip
  readonly remotePort: number
  /** The listener it belongs to until it is accepted. */
  listener: Listener | undefined

  /** The first unacknowledged sequence number, and the next to send. */
  sendUnacknowledged: number
  sendNext: number
  sendWindow: number
  /** What was written and not acknowledged, from `sendUnacknowledged` on. */
  sendBuffer: Bytes
  /** Written by `closeTcp` or `shutdownTcp`: a FIN goes behind the buffer. */
  finQueued: boolean
  finSent: boolean

  receiveNext: number
  /** Bytes that may lie unread before the peer is told to wait. */
  readonly receiveLimit: number
  /** The right edge of the window told last. */
  receiveEdge: number
  readonly received: Bytes[]
  receivedBytes: number
  /** Segments from beyond a gap, in order. */
  outOfOrder: Segment[]
  finReceived: boolean

  mss: number
  smoothedRtt: Duration | undefined
  rttVariation: Duration
  retransmitTimeout: Duration
  /** The sequence number whose acknowledgment measures the round trip, and when it was sent. */
  timedSequence: number | undefined
  timedAt: Instant
  retries: number
  duplicateAcks: number
  /** Retransmission goes on with each acknowledgment until this number is reached. */
  recoverUntil: number | undefined
  timer: Entry | undefined
  /** An acknowledgment that waits for data to go with. */
  ackTimer: Entry | undefined

  /** Its owner has closed it; it only finishes what it has to. */
  orphaned: boolean
  readShut: boolean
  /** What routers reported; raised instead of a time-out. */
  softError: ErrnoName | undefined
  /** Raised by the next call. */
  error: ErrnoName | undefined
  readonly openedAt: Instant
  readonly readable: Condition
  readonly writable: Condition
}

/** What Linux announces in a SYN and in the answer to one, at an MSS of 1460. */
const clientWindow = 64_240
const serverWindow = 65_160
/** Bytes that may be written before the peer has acknowledged them. */
export const sendLimit = 65_536

export function createConnection(
  namespace: Namespace,
  state: TcpState,
  local: { ip: Ip; port: number },
  remote: { ip: Ip; port: number },
  mss: number,
): Connection {
  const first = draw(namespace.fabric.random, 'tcp', 0, 0xffffffff)
  return {
    protocol: 'tcp',
    namespace,
    state,
    localIp: local.ip,
    localPort: local.port,
    remoteIp: remote.ip,
    remotePort: remote.port,
    listener: undefined,
    sendUnacknowledged: first,
    sendNext: first,
    sendWindow: 0,
    sendBuffer: noBytes,
    finQueued: false,
    finSent: false,
    receiveNext: 0,
    receiveLimit: state === 'SYN-SENT' ? clientWindow : serverWindow,
    receiveEdge: 0,
    received: [],
    receivedBytes: 0,
    outOfOrder: [],
    finReceived: false,
    mss,
    smoothedRtt: undefined,
    rttVariation: 0,
    retransmitTimeout: 1_000_000,
    timedSequence: undefined,
    timedAt: 0,
    retries: 0,
    duplicateAcks: 0,
    recoverUntil: undefined,
    timer: undefined,
    ackTimer: undefined,
    orphaned: false,
    readShut: false,
    softError: undefined,
    error: undefined,
    openedAt: namespace.fabric.scheduler.now,
    readable: createCondition(),
    writable: createCondition(),
  }
}

/** Sequence numbers wrap at 2^32 (RFC 9293, 3.4). */
export const advance = (sequence: number, count: number): number => (sequence + count) >>> 0
/** How far `b` is after `a`; negative if it is before. */
export const distance = (a: number, b: number): number => (b - a) | 0
export const isBefore = (a: number, b: number): boolean => distance(a, b) > 0

/** Sequence numbers that the segment takes. */
export const lengthOf = (segment: Segment): number =>
  segment.payload.length + (segment.syn ? 1 : 0) + (segment.fin ? 1 : 0)

/** Bytes sent and not acknowledged. */
export const inFlight = (connection: Connection): number =>
  distance(connection.sendUnacknowledged, connection.sendNext)

/** Whether data still flows from the peer to us, as far as states go. */
export const isSynchronized = ({ state }: Connection): boolean =>
  state !== 'SYN-SENT' && state !== 'SYN-RECV' && state !== 'CLOSED'

export const window = (connection: Connection): number =>
  Math.max(0, connection.receiveLimit - connection.receivedBytes)

/** Wakes whoever waits for anything of the connection. */
export function wake(connection: Connection): void {
  const { scheduler } = connection.namespace.fabric
  signal(scheduler, connection.readable)
  signal(scheduler, connection.writable)
}
