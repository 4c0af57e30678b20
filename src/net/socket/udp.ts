// UDP sockets (udp(7)).

import type { Bytes } from '../../base/bytes.ts'
import { Errno, type ErrnoName } from '../../base/errno.ts'
import type { Instant } from '../../base/instant.ts'
import { anyOf, broadcastIp4, type Family, familyOf, type Ip, isAny, isIp4 } from '../../base/ip.ts'
import { type Condition, createCondition, signal } from '../../base/scheduler.ts'
import { errorOf, nextPacketId, sendIcmpError } from '../icmp.ts'
import { sendPacket } from '../ip/output.ts'
import { routeForSocket, sourceFor } from '../ip/source.ts'
import type { Link } from '../link/link.ts'
import type { Namespace } from '../namespace.ts'
import { findRoute } from '../route.ts'
import { traceHop } from '../trace.ts'
import type { DnsMessage } from '../wire/dns.ts'
import type { IcmpError } from '../wire/icmp.ts'
import type { Datagram, Packet } from '../wire/packet.ts'
import { sizeOfPayload } from '../wire/size.ts'
import { checkBindable, chooseSourcePort, collide, enterByPort, hears, removeByPort } from './table.ts'

export interface UdpSocket {
  readonly protocol: 'udp'
  readonly namespace: Namespace
  readonly family: Family
  v6only: boolean
  localIp: Ip
  /** 0 until bound. */
  localPort: number
  /** Set by `connectUdp`: only this peer is heard. */
  remoteIp: Ip | undefined
  remotePort: number
  /** The only link it uses (SO_BINDTODEVICE). */
  link: Link | undefined
  /** SO_BROADCAST. */
  broadcast: boolean
  ttl: number
  /** IP_PMTUDISC_PROBE: its datagrams are never cut up. */
  dontFragment: boolean
  readonly received: ReceivedDatagram[]
  receivedBytes: number
  /** Datagrams lost because nobody took the earlier ones. */
  dropped: number
  error: ErrnoName | undefined
  /** Set to an empty list, it gathers all that is reported about the socket's datagrams (IP_RECVERR). */
  reports: UdpReport[] | undefined
  closed: boolean
  readonly readable: Condition
  readonly writable: Condition
}

export interface ReceivedDatagram {
  readonly payload: Bytes | DnsMessage
  readonly from: Ip
  readonly fromPort: number
  readonly to: Ip
  readonly at: Instant
}

export interface UdpReport {
  /** Who reported. */
  readonly from: Ip
  readonly ttl: number
  readonly error: IcmpError
  readonly at: Instant
}

export interface Destination {
  readonly ip: Ip
  readonly port: number
}

export const openUdp = (namespace: Namespace, family: Family): UdpSocket => ({
  protocol: 'udp',
  namespace,
  family,
  v6only: false,
  localIp: anyOf(family),
  localPort: 0,
  remoteIp: undefined,
  remotePort: 0,
  link: undefined,
  broadcast: false,
  ttl: 64,
  dontFragment: false,
  received: [],
  receivedBytes: 0,
  dropped: 0,
  error: undefined,
  reports: undefined,
  closed: false,
  readable: createCondition(),
  writable: createCondition(),
})

/** Binds the socket; port 0 takes a free one. Errors: EINVAL (bound), EADDRINUSE, EADDRNOTAVAIL, EAFNOSUPPORT. */
export function bindUdp(socket: UdpSocket, ip: Ip, port: number): void {
  if (socket.localPort !== 0) throw new Errno('EINVAL')
  checkBindable(socket.namespace, socket.family, ip)
  const before = socket.localIp
  socket.localIp = ip
  if (port !== 0 && !isFree(socket, port)) {
    socket.localIp = before
    throw new Errno('EADDRINUSE')
  }
  enter(socket, port === 0 ? chooseSourcePort(socket.namespace, isFree, socket, 'EADDRINUSE') : port)
}

/** Talks to one peer only from now on. Errors: ENETUNREACH and others of routing, EAFNOSUPPORT. */
export function connectUdp(socket: UdpSocket, ip: Ip, port: number): void {
  checkFamily(socket, ip)
  const route = routeForSocket(socket.namespace, ip, { oif: socket.link })
  if (socket.localPort === 0) autobind(socket)
  if (isAny(socket.localIp)) {
    const src = sourceFor(socket.namespace, route, ip)
    if (src === undefined) throw new Errno('ENETUNREACH')
    socket.localIp = src
  }
  socket.remoteIp = ip
  socket.remotePort = port
}

/**
 * Sends a datagram to `to`, or to the connected peer. Errors: what was reported since the last call, ENOTCONN (no
 * destination), EINVAL, EMSGSIZE, EACCES (broadcast), ENETUNREACH, EPERM (dropped by a hook on its way out).
 */
export function sendUdp(socket: UdpSocket, payload: Bytes | DnsMessage, to?: Destination): void {
  const refused = raised(socket) ?? trySend(socket, payload, to)
  if (refused) throw new Errno(refused)
}

/** The oldest datagram not taken yet. Errors: what was reported since the last call (connected sockets). */
export function takeDatagram(socket: UdpSocket): ReceivedDatagram | undefined {
  const error = raised(socket)
  if (error) throw new Errno(error)
  const datagram = socket.received.shift()
  if (datagram) socket.receivedBytes -= sizeOfPayload(datagram.payload)
  return datagram
}

/** Whether `takeDatagram` would return or raise something. */
export const isUdpReadable = (socket: UdpSocket): boolean =>
  socket.received.length > 0 || socket.error !== undefined || socket.closed

export function closeUdp(socket: UdpSocket): void {
  if (socket.closed) return
  socket.closed = true
  removeByPort(socket.namespace.sockets.udp, socket.localPort, socket)
  signal(socket.namespace.fabric.scheduler, socket.readable)
  signal(socket.namespace.fabric.scheduler, socket.writable)
}

/** Takes in a datagram; where nobody listens, its sender is told. */
export function receiveDatagram(link: Link, packet: Packet, body: Datagram): void {
  const { namespace } = link
  const sockets = namespace.sockets.udp?.get(body.dstPort) ?? []
  if (isToMany(namespace, packet.dst)) {
    for (const socket of sockets)
      if (isAny(socket.localIp) && score(socket, link, packet, body) >= 0) keep(socket, packet, body)
    return
  }
  let best: UdpSocket | undefined
  let bestScore = -1
  for (const socket of sockets) {
    const points = score(socket, link, packet, body)
    if (points <= bestScore) continue
    best = socket
    bestScore = points
  }
  if (best) keep(best, packet, body)
  else {
    traceHop(namespace, link, 'no socket', packet)
    sendIcmpError(namespace, packet, 'unreachable', 'port')
  }
}

/**
 * Someone reported an error about a datagram. A socket hears of it if it asked for reports, else only a connected one,
 * and only of what is final (__udp4_lib_err of net/ipv4/udp.c).
 */
export function datagramReported(
  namespace: Namespace,
  report: Packet,
  body: Datagram,
  error: IcmpError,
): void {
  const { scheduler } = namespace.fabric
  const { errno, fatal } = errorOf(error)
  const { src, dst } = error.original
  for (const socket of namespace.sockets.udp?.get(body.srcPort) ?? []) {
    if (!hears(socket.localIp, socket.v6only, src)) continue
    const connected = socket.remoteIp === dst && socket.remotePort === body.dstPort
    if (socket.remoteIp !== undefined && !connected) continue
    socket.reports?.push({ from: report.src, ttl: report.ttl, error, at: scheduler.now })
    if (!socket.reports && !(connected && fatal)) continue
    socket.error = errno
    signal(scheduler, socket.readable)
    signal(scheduler, socket.writable)
  }
}

function trySend(
  socket: UdpSocket,
  payload: Bytes | DnsMessage,
  to: Destination | undefined,
): ErrnoName | undefined {
  if (socket.closed) return 'EBADF'
  const ip = to?.ip ?? socket.remoteIp
  if (ip === undefined) return 'ENOTCONN'
  checkFamily(socket, ip)
  const port = to?.port ?? socket.remotePort
  if (port < 1 || port > 65535) return 'EINVAL'
  if (sizeOfPayload(payload) > 65507) return 'EMSGSIZE'
  if (!socket.broadcast && isIp4(ip) && isToMany(socket.namespace, ip)) return 'EACCES'
  if (socket.localPort === 0) autobind(socket)
  const bound = familyOf(socket.localIp) === familyOf(ip) ? socket.localIp : anyOf(familyOf(ip))
  const packet: Packet = {
    src: bound,
    dst: ip,
    ttl: socket.ttl,
    id: nextPacketId(socket.namespace),
    body: { protocol: 'udp', srcPort: socket.localPort, dstPort: port, payload },
    ...(socket.dontFragment ? { dontFragment: true } : {}),
  }
  return sendPacket(socket.namespace, packet, { oif: socket.link })
}

function raised(socket: UdpSocket): ErrnoName | undefined {
  const { error } = socket
  socket.error = undefined
  return error
}

function checkFamily(socket: UdpSocket, ip: Ip): void {
  if (familyOf(ip) !== socket.family && (socket.family === 4 || socket.v6only))
    throw new Errno('EAFNOSUPPORT')
}

const isToMany = (namespace: Namespace, ip: Ip): boolean =>
  ip === broadcastIp4 || findRoute(namespace, ip)?.type === 'broadcast'

function autobind(socket: UdpSocket): void {
  enter(socket, chooseSourcePort(socket.namespace, isFree, socket, 'EAGAIN'))
}

function enter(socket: UdpSocket, port: number): void {
  socket.localPort = port
  socket.namespace.sockets.udp ??= new Map()
  enterByPort(socket.namespace.sockets.udp, port, socket)
}

function isFree(socket: UdpSocket, port: number): boolean {
  const others = socket.namespace.sockets.udp?.get(port)
  return !others?.some((other) => collide(other, socket))
}

/** compute_score of net/ipv4/udp.c: the more of its address is given, the better; -1 does not fit. */
function score(socket: UdpSocket, link: Link, packet: Packet, body: Datagram): number {
  if (socket.link && socket.link !== link) return -1
  const heard = hears(socket.localIp, socket.v6only, packet.dst)
  if (!heard && !(isAny(socket.localIp) && isToMany(socket.namespace, packet.dst))) return -1
  let points = familyOf(socket.localIp) === familyOf(packet.dst) ? 1 : 0
  if (!isAny(socket.localIp)) points += 4
  if (socket.link) points += 4
  if (socket.remoteIp === undefined) return points
  return socket.remoteIp === packet.src && socket.remotePort === body.srcPort ? points + 8 : -1
}

/** net.core.rmem_default; each datagram counts with its overhead too. */
const receiveLimit = 212_992
const overhead = 256

function keep(socket: UdpSocket, packet: Packet, body: Datagram): void {
  const size = sizeOfPayload(body.payload)
  if (socket.receivedBytes + socket.received.length * overhead + size > receiveLimit) {
    socket.dropped++
    return
  }
  const { scheduler } = socket.namespace.fabric
  const { src: from, dst: to } = packet
  socket.received.push({ payload: body.payload, from, fromPort: body.srcPort, to, at: scheduler.now })
  socket.receivedBytes += size
  signal(scheduler, socket.readable)
}
