// Echo sockets: they send echo requests and hear what becomes of them, as ping does with raw or ping sockets
// (icmp(7)).

import { Errno, type ErrnoName } from '../../base/errno.ts'
import type { Instant } from '../../base/instant.ts'
import { anyOf, type Family, familyOf, type Ip } from '../../base/ip.ts'
import { draw } from '../../base/random.ts'
import { type Condition, createCondition, signal } from '../../base/scheduler.ts'
import { nextPacketId } from '../icmp.ts'
import { sendPacket } from '../ip/output.ts'
import type { Link } from '../link/link.ts'
import type { Namespace } from '../namespace.ts'
import type { Echo, IcmpError } from '../wire/icmp.ts'
import type { Packet } from '../wire/packet.ts'

export interface EchoSocket {
  readonly protocol: 'icmp'
  readonly namespace: Namespace
  readonly family: Family
  readonly id: number
  readonly notices: EchoNotice[]
  readonly readable: Condition
  closed: boolean
}

/** A reply, or an error that someone on the way reported. */
export interface EchoNotice {
  readonly type: 'reply' | IcmpError['type']
  readonly code: IcmpError['code'] | undefined
  readonly from: Ip
  readonly ttl: number
  readonly sequence: number
  /** Bytes of data, as in the request. */
  readonly size: number
  readonly at: Instant
  /** When the request was sent. */
  readonly sentAt: Instant
  /** The packet that came. */
  readonly packet: Packet
}

export interface EchoRequest {
  readonly sequence: number
  /** Bytes of data: 56 for a plain ping. */
  readonly size: number
  readonly ttl?: number | undefined
  readonly src?: Ip | undefined
  /** The link by which it must leave. */
  readonly link?: Link | undefined
  readonly dontFragment?: boolean | undefined
}

/** Opens an echo socket with `id`, or a random one that is free. */
export function openEcho(namespace: Namespace, family: Family, id?: number): EchoSocket {
  namespace.sockets.echo ??= new Map()
  const taken = namespace.sockets.echo
  let chosen = id ?? draw(namespace.fabric.random, 'echo', 1, 0xffff)
  while (taken.has(chosen)) chosen = (chosen % 0xffff) + 1
  const socket: EchoSocket = {
    protocol: 'icmp',
    namespace,
    family,
    id: chosen,
    notices: [],
    readable: createCondition(),
    closed: false,
  }
  taken.set(chosen, socket)
  return socket
}

/** Sends an echo request. Errors: ENETUNREACH, EPERM (dropped by a hook on its way out), EMSGSIZE, EAFNOSUPPORT. */
export function sendEcho(socket: EchoSocket, dst: Ip, request: EchoRequest): void {
  const refused = trySendEcho(socket, dst, request)
  if (refused) throw new Errno(refused)
}

function trySendEcho(socket: EchoSocket, dst: Ip, request: EchoRequest): ErrnoName | undefined {
  const { namespace, family, id } = socket
  if (socket.closed) return 'EBADF'
  if (familyOf(dst) !== family) return 'EAFNOSUPPORT'
  const body: Echo = {
    protocol: 'icmp',
    type: 'echo-request',
    id,
    sequence: request.sequence & 0xffff,
    size: request.size,
    sentAt: namespace.fabric.scheduler.now,
  }
  const packet: Packet = {
    src: request.src ?? anyOf(family),
    dst,
    ttl: request.ttl ?? 64,
    id: nextPacketId(namespace),
    body,
    ...(request.dontFragment ? { dontFragment: true } : {}),
  }
  return sendPacket(namespace, packet, { oif: request.link })
}

/** The oldest notice not taken yet, if there is one. */
export const takeEcho = (socket: EchoSocket): EchoNotice | undefined => socket.notices.shift()

export function closeEcho(socket: EchoSocket): void {
  const { echo } = socket.namespace.sockets
  socket.closed = true
  if (echo?.get(socket.id) === socket) echo.delete(socket.id)
}

const noticeLimit = 4096

/** A reply, or an error about a request, came in. */
export function echoArrived(namespace: Namespace, packet: Packet, body: Echo | IcmpError): void {
  const echo = 'original' in body ? body.original.body : body
  if (echo.protocol !== 'icmp' || !('sequence' in echo)) return
  const socket = namespace.sockets.echo?.get(echo.id)
  if (!socket || socket.family !== familyOf(packet.dst) || socket.notices.length >= noticeLimit) return
  const { scheduler } = namespace.fabric
  socket.notices.push({
    type: 'original' in body ? body.type : 'reply',
    code: 'original' in body ? body.code : undefined,
    from: packet.src,
    ttl: packet.ttl,
    sequence: echo.sequence,
    size: echo.size,
    at: scheduler.now,
    sentAt: echo.sentAt ?? scheduler.now,
    packet,
  })
  signal(scheduler, socket.readable)
}
