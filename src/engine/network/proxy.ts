// docker-proxy: one process per published port and address, which listens on the host and carries connections to
// the container (moby cmd/docker-proxy). It serves what no DNAT rule catches: loopback, and hairpin connections.

import { Errno } from '../../base/errno.ts'
import { type Ip, isIp4, printIp } from '../../base/ip.ts'
import type { Condition, Task } from '../../base/scheduler.ts'
import { type Process, signalProcess, spawn } from '../../kernel/process.ts'
import type { Program } from '../../kernel/program.ts'
import { disownSocket, ownSocket } from '../../kernel/socket.ts'
import type { Connection, Listener } from '../../net/socket/tcp/connection.ts'
import { acceptTcp, closeListener, connectTcp, listenTcp } from '../../net/socket/tcp/open.ts'
import { abortTcp, closeTcp, readTcp, sendTcp, shutdownTcp } from '../../net/socket/tcp/stream.ts'
import { bindUdp, closeUdp, openUdp, sendUdp, takeDatagram, type UdpSocket } from '../../net/socket/udp.ts'
import { type Engine, worded } from '../engine.ts'

/** What a proxy listens on and carries to. */
export interface ProxyTarget {
  readonly protocol: 'tcp' | 'udp' | 'sctp'
  readonly hostIp: Ip
  readonly hostPort: number
  readonly containerIp: Ip
  readonly containerPort: number
}

interface ProxyMemory {
  readonly target: ProxyTarget
  readonly listener: Listener | undefined
  readonly udp: UdpSocket | undefined
  readonly pairs: Pair[]
  readonly flows: Flow[]
}

interface Pair {
  readonly client: Connection
  readonly server: Connection
}

/** A UDP client, and the socket through which its datagrams go on. */
interface Flow {
  readonly ip: Ip
  readonly port: number
  readonly socket: UdpSocket
}

/** Starts a proxy; it listens at once. Throws Errno (EADDRINUSE, EADDRNOTAVAIL). */
export function startProxy(engine: Engine, target: ProxyTarget): Process | undefined {
  if (target.protocol === 'sctp') return undefined
  const { net } = engine.machine.namespaces
  const options = { v6only: true }
  const listener =
    target.protocol === 'tcp' ? listenTcp(net, target.hostIp, target.hostPort, 4096, options) : undefined
  const udp = target.protocol === 'udp' ? boundUdp(net, target) : undefined
  const proxy = spawn(engine.machine, engine.daemon, {
    program: proxyProgram,
    argv: commandLine(engine, target),
    executable: '/usr/bin/docker-proxy',
    files: new Map(),
    group: 'new',
  })
  const memory: ProxyMemory = { target, listener, udp, pairs: [], flows: [] }
  proxy.memory = memory
  if (listener) ownSocket(proxy, listener, closeListener)
  if (udp) ownSocket(proxy, udp, closeUdp)
  return proxy
}

/** Ends a proxy; its port is free at once. */
export function stopProxy(proxy: Process): void {
  const { listener, udp } = proxy.memory as ProxyMemory
  for (const socket of [listener, udp]) if (socket) disownSocket(proxy, socket)
  signalProcess(proxy, 'KILL')
}

function boundUdp(net: Process['net'], target: ProxyTarget): UdpSocket {
  const socket = openUdp(net, isIp4(target.hostIp) ? 4 : 6)
  socket.v6only = true
  bindUdp(socket, target.hostIp, target.hostPort)
  return socket
}

function commandLine(engine: Engine, target: ProxyTarget): string[] {
  const words = [
    '/usr/bin/docker-proxy',
    '-proto',
    target.protocol,
    '-host-ip',
    printIp(target.hostIp),
    '-host-port',
    String(target.hostPort),
    '-container-ip',
    printIp(target.containerIp),
    '-container-port',
    String(target.containerPort),
  ]
  const last = worded(engine, { '19.03': '', '28': '-use-listen-fd' })
  return last ? [...words, last] : words
}

export const proxyProgram: Program = { name: 'docker-proxy', main: carry, parks: true }

function* carry(proc: Process): Task<number> {
  const memory = proc.memory as ProxyMemory
  for (;;) {
    if (memory.listener) acceptAll(proc, memory, memory.listener)
    for (const pair of [...memory.pairs]) carryPair(proc, memory, pair)
    if (memory.udp) carryDatagrams(proc, memory, memory.udp)
    yield { on: conditions(memory) }
  }
}

function conditions(memory: ProxyMemory): Condition[] {
  const list: Condition[] = []
  if (memory.listener) list.push(memory.listener.readable)
  if (memory.udp) list.push(memory.udp.readable)
  for (const { client, server } of memory.pairs)
    list.push(client.readable, server.readable, client.writable, server.writable)
  for (const { socket } of memory.flows) list.push(socket.readable)
  return list
}

function acceptAll(proc: Process, memory: ProxyMemory, listener: Listener): void {
  for (let client = acceptTcp(listener); client; client = acceptTcp(listener)) {
    try {
      const server = connectTcp(proc.net, memory.target.containerIp, memory.target.containerPort)
      memory.pairs.push({ client, server })
      ownSocket(proc, client, closeTcp)
      ownSocket(proc, server, closeTcp)
    } catch (cause) {
      if (!(cause instanceof Errno)) throw cause
      abortTcp(client)
    }
  }
}

function carryPair(proc: Process, memory: ProxyMemory, pair: Pair): void {
  if (pair.server.state === 'SYN-SENT' && pair.server.error) return refuse(proc, memory, pair)
  try {
    const done = [copy(pair.client, pair.server), copy(pair.server, pair.client)]
    if (done.every(Boolean)) endPair(proc, memory, pair)
  } catch (cause) {
    if (!(cause instanceof Errno)) throw cause
    abortTcp(pair.client)
    abortTcp(pair.server)
    endPair(proc, memory, pair)
  }
}

// The real proxy's dial has failed before the client has sent anything, so that its close is no reset (tcp_proxy.go).
function refuse(proc: Process, memory: ProxyMemory, pair: Pair): void {
  readTcp(pair.client, 65536)
  closeTcp(pair.client)
  abortTcp(pair.server)
  endPair(proc, memory, pair)
}

/** Copies what there is; true once `from` has ended and all of it has arrived. */
function copy(from: Connection, to: Connection): boolean {
  if (to.state === 'SYN-SENT') return false
  for (;;) {
    const room = 65536 - to.sendBuffer.length
    if (room <= 0) return false
    const bytes = readTcp(from, room)
    if (bytes === undefined) return false
    if (bytes === '') {
      if (!to.finQueued) shutdownTcp(to, 'write')
      return true
    }
    sendTcp(to, bytes)
  }
}

function endPair(proc: Process, memory: ProxyMemory, pair: Pair): void {
  disownSocket(proc, pair.client)
  disownSocket(proc, pair.server)
  memory.pairs.splice(memory.pairs.indexOf(pair), 1)
}

function carryDatagrams(proc: Process, memory: ProxyMemory, socket: UdpSocket): void {
  const { containerIp, containerPort } = memory.target
  try {
    for (let got = takeDatagram(socket); got; got = takeDatagram(socket))
      sendUdp(flowOf(proc, memory, got.from, got.fromPort).socket, got.payload, {
        ip: containerIp,
        port: containerPort,
      })
    for (const flow of memory.flows)
      for (let got = takeDatagram(flow.socket); got; got = takeDatagram(flow.socket))
        sendUdp(socket, got.payload, { ip: flow.ip, port: flow.port })
  } catch (cause) {
    // As with real UDP: what cannot be delivered is lost.
    if (!(cause instanceof Errno)) throw cause
  }
}

function flowOf(proc: Process, memory: ProxyMemory, ip: Ip, port: number): Flow {
  const known = memory.flows.find((flow) => flow.ip === ip && flow.port === port)
  if (known) return known
  const socket = openUdp(proc.net, isIp4(memory.target.containerIp) ? 4 : 6)
  ownSocket(proc, socket, closeUdp)
  const flow = { ip, port, socket }
  memory.flows.push(flow)
  return flow
}
