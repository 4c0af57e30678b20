// The sockets of a namespace by protocol and port: which one a packet is for, and which ports are free.

import { Errno } from '../../base/errno.ts'
import { type Family, familyOf, type Ip, isAny, isIp4 } from '../../base/ip.ts'
import { draw } from '../../base/random.ts'
import type { Namespace } from '../namespace.ts'
import { isLocalIp } from '../route.ts'
import { readSysctl, sysctlNumber } from '../sysctl.ts'
import type { EchoSocket } from './echo.ts'
import type { Connection, Listener } from './tcp/connection.ts'
import type { UdpSocket } from './udp.ts'

export interface SocketTable {
  /** By local port. */
  udp: Map<number, UdpSocket[]> | undefined
  listeners: Map<number, Listener[]> | undefined
  /** Local port → remote port → connections. */
  connections: Map<number, Map<number, Connection[]>> | undefined
  /** By the id in their echoes. */
  echo: Map<number, EchoSocket> | undefined
}

export const createSocketTable = (): SocketTable => ({
  udp: undefined,
  listeners: undefined,
  connections: undefined,
  echo: undefined,
})

/** Whether a socket bound to `bound` hears what is sent to `ip`; `::` hears IPv4 too unless it is v6only. */
export function hears(bound: Ip, v6only: boolean, ip: Ip): boolean {
  if (bound === ip) return true
  return isAny(bound) && (isIp4(bound) ? isIp4(ip) : !isIp4(ip) || !v6only)
}

/** Whether two sockets of one port would hear the same. */
export const collide = (a: Bound, b: Bound): boolean =>
  hears(a.localIp, a.v6only, b.localIp) || hears(b.localIp, b.v6only, a.localIp)

export interface Bound {
  readonly localIp: Ip
  readonly v6only: boolean
}

/** Errors: EADDRNOTAVAIL if `ip` is no address of the namespace, EAFNOSUPPORT if it is of another family. */
export function checkBindable(namespace: Namespace, family: Family, ip: Ip): void {
  if (familyOf(ip) !== family && !(family === 6 && isIp4(ip))) throw new Errno('EAFNOSUPPORT')
  if (isAny(ip) || sysctlNumber(namespace, 'net.ipv4.ip_nonlocal_bind') === 1) return
  if (!isLocalIp(namespace, ip)) throw new Errno('EADDRNOTAVAIL')
}

/** Whether only root (CAP_NET_BIND_SERVICE) may bind the port. */
export const isPrivilegedPort = (namespace: Namespace, port: number): boolean =>
  port !== 0 && port < sysctlNumber(namespace, 'net.ipv4.ip_unprivileged_port_start')

/**
 * A free port of ip_local_port_range, searched upward from a random one. `isFree` is asked for each.
 * Errors: `exhausted` if there is none.
 */
export function chooseSourcePort<Subject>(
  namespace: Namespace,
  isFree: (subject: Subject, port: number) => boolean,
  subject: Subject,
  exhausted: 'EADDRINUSE' | 'EADDRNOTAVAIL' | 'EAGAIN',
): number {
  const range = readSysctl(namespace, 'net.ipv4.ip_local_port_range') ?? ''
  const [low = 32768, high = 60999] = range.trim().split(/\s+/).map(Number)
  const start = draw(namespace.fabric.random, 'port', low, high)
  const count = high - low + 1
  for (let step = 0; step < count; step++) {
    const port = low + ((start - low + step) % count)
    if (isFree(subject, port)) return port
  }
  throw new Errno(exhausted)
}

/** The listener for a connection to `ip`:`port`: one bound to the very address before a wildcard. */
export function findListener(namespace: Namespace, ip: Ip, port: number): Listener | undefined {
  let best: Listener | undefined
  for (const listener of namespace.sockets.listeners?.get(port) ?? []) {
    if (!hears(listener.localIp, listener.v6only, ip)) continue
    if (listener.localIp === ip) return listener
    if (!best || familyOf(listener.localIp) === familyOf(ip)) best = listener
  }
  return best
}

export function findConnection(
  { sockets }: Namespace,
  localIp: Ip,
  localPort: number,
  remoteIp: Ip,
  remotePort: number,
): Connection | undefined {
  const candidates = sockets.connections?.get(localPort)?.get(remotePort)
  if (!candidates) return undefined
  return candidates.find((one) => one.remoteIp === remoteIp && one.localIp === localIp)
}

export function enterConnection(connection: Connection): void {
  const { sockets } = connection.namespace
  sockets.connections ??= new Map()
  let byRemote = sockets.connections.get(connection.localPort)
  if (!byRemote) {
    byRemote = new Map()
    sockets.connections.set(connection.localPort, byRemote)
  }
  const same = byRemote.get(connection.remotePort)
  if (same) same.push(connection)
  else byRemote.set(connection.remotePort, [connection])
}

export function removeConnection(connection: Connection): void {
  const { connections } = connection.namespace.sockets
  const byRemote = connections?.get(connection.localPort)
  const rest = byRemote?.get(connection.remotePort)?.filter((other) => other !== connection) ?? []
  if (rest.length > 0) byRemote?.set(connection.remotePort, rest)
  else byRemote?.delete(connection.remotePort)
  if (byRemote?.size === 0) connections?.delete(connection.localPort)
}

/** Adds a socket to the list of its port. */
export function enterByPort<Socket>(table: Map<number, Socket[]>, port: number, socket: Socket): void {
  const same = table.get(port)
  if (same) same.push(socket)
  else table.set(port, [socket])
}

export function removeByPort<Socket>(
  table: Map<number, Socket[]> | undefined,
  port: number,
  socket: Socket,
): void {
  const rest = table?.get(port)?.filter((other) => other !== socket) ?? []
  if (rest.length > 0) table?.set(port, rest)
  else table?.delete(port)
}

export interface SocketList {
  readonly udp: UdpSocket[]
  readonly listeners: Listener[]
  readonly connections: Connection[]
  readonly echo: EchoSocket[]
}

/** All sockets, as netstat and ss show them. */
export function listSockets({ sockets }: Namespace): SocketList {
  return {
    udp: [...(sockets.udp?.values() ?? [])].flat(),
    listeners: [...(sockets.listeners?.values() ?? [])].flat(),
    connections: [...(sockets.connections?.values() ?? [])].flatMap((byRemote) =>
      [...byRemote.values()].flat(),
    ),
    echo: [...(sockets.echo?.values() ?? [])],
  }
}
