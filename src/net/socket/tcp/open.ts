// Opening: sockets that listen, connections accepted, connections begun (listen(2), accept(2), connect(2)).

import { Errno } from '../../../base/errno.ts'
import { type Family, familyOf, type Ip, isAny } from '../../../base/ip.ts'
import { createCondition, signal } from '../../../base/scheduler.ts'
import { routeForSocket, sourceFor } from '../../ip/source.ts'
import type { Namespace } from '../../namespace.ts'
import { sysctlNumber } from '../../sysctl.ts'
import {
  checkBindable,
  chooseSourcePort,
  collide,
  enterByPort,
  enterConnection,
  findConnection,
  removeByPort,
} from '../table.ts'
import { destroy } from './close.ts'
import { type Connection, createConnection, type Listener } from './connection.ts'
import { timeHandshake } from './handshake.ts'
import { mssTowards, sendSyn } from './output.ts'
import { abortTcp } from './stream.ts'

export interface ListenOptions {
  /** `::` then hears no IPv4. */
  readonly v6only?: boolean
}

/**
 * Listens on `ip`:`port`; port 0 takes a free one. As servers set SO_REUSEADDR, old connections of the port do not
 * matter. Errors: EADDRINUSE, EADDRNOTAVAIL.
 */
export function listenTcp(
  namespace: Namespace,
  ip: Ip,
  port: number,
  backlog = 4096,
  options: ListenOptions = {},
): Listener {
  const family: Family = familyOf(ip)
  checkBindable(namespace, family, ip)
  const wanted: Wanted = { namespace, localIp: ip, v6only: options.v6only ?? false }
  if (port !== 0 && !isFree(wanted, port)) throw new Errno('EADDRINUSE')
  const listener: Listener = {
    protocol: 'tcp',
    family,
    ...wanted,
    localPort: port === 0 ? chooseSourcePort(namespace, isFree, wanted, 'EADDRINUSE') : port,
    backlog: Math.min(backlog, sysctlNumber(namespace, 'net.core.somaxconn')),
    queue: [],
    closed: false,
    readable: createCondition(),
  }
  namespace.sockets.listeners ??= new Map()
  enterByPort(namespace.sockets.listeners, listener.localPort, listener)
  return listener
}

/** The oldest connection not accepted yet, if there is one. Errors: EINVAL (closed). */
export function acceptTcp(listener: Listener): Connection | undefined {
  if (listener.closed) throw new Errno('EINVAL')
  const connection = listener.queue.shift()
  if (connection) connection.listener = undefined
  return connection
}

/** Listens no more; connections that were not accepted are reset. */
export function closeListener(listener: Listener): void {
  if (listener.closed) return
  const { namespace } = listener
  listener.closed = true
  removeByPort(namespace.sockets.listeners, listener.localPort, listener)
  for (const connection of listener.queue.splice(0)) abortTcp(connection)
  for (const byRemote of [...(namespace.sockets.connections?.get(listener.localPort)?.values() ?? [])])
    for (const connection of [...byRemote]) if (connection.listener === listener) destroy(connection)
  signal(namespace.fabric.scheduler, listener.readable)
}

export interface ConnectOptions {
  /** Bound local address and port; what is not given is chosen. */
  readonly from?: { readonly ip?: Ip; readonly port?: number }
}

/**
 * Begins a connection to `ip`:`port`: it is in SYN-SENT, and becomes writable when it is open or has failed.
 * Errors: ENETUNREACH and others of routing, EADDRNOTAVAIL (no free port, or not an own address), EADDRINUSE.
 */
export function connectTcp(
  namespace: Namespace,
  ip: Ip,
  port: number,
  options: ConnectOptions = {},
): Connection {
  const target = isAny(ip) ? (familyOf(ip) === 4 ? 0x7f000001 : 1n) : ip
  const route = routeForSocket(namespace, target)
  const bound = options.from?.ip
  if (bound !== undefined) checkBindable(namespace, familyOf(target), bound)
  const localIp = bound === undefined || isAny(bound) ? sourceFor(namespace, route, target) : bound
  if (localIp === undefined) throw new Errno('ENETUNREACH')
  const wanted: WantedConnection = { namespace, localIp, remoteIp: target, remotePort: port }
  let localPort = options.from?.port ?? 0
  if (localPort !== 0 && !isTupleFree(wanted, localPort)) throw new Errno('EADDRINUSE')
  if (localPort === 0) localPort = chooseSourcePort(namespace, isTupleFree, wanted, 'EADDRNOTAVAIL')
  const remote = { ip: target, port }
  const mss = mssTowards(namespace, target)
  const connection = createConnection(namespace, 'SYN-SENT', { ip: localIp, port: localPort }, remote, mss)
  enterConnection(connection)
  timeHandshake(connection)
  sendSyn(connection)
  return connection
}

interface Wanted {
  readonly namespace: Namespace
  readonly localIp: Ip
  readonly v6only: boolean
}

interface WantedConnection {
  readonly namespace: Namespace
  readonly localIp: Ip
  readonly remoteIp: Ip
  readonly remotePort: number
}

function isFree(wanted: Wanted, port: number): boolean {
  const others = wanted.namespace.sockets.listeners?.get(port)
  return !others?.some((other) => collide(other, wanted))
}

function isTupleFree({ namespace, localIp, remoteIp, remotePort }: WantedConnection, port: number): boolean {
  if (namespace.sockets.listeners?.get(port)) return false
  return !findConnection(namespace, localIp, port, remoteIp, remotePort)
}
