// nc of OpenBSD, in Debian's build 1.229 (netcat.c): scan, connect, listen.

import { encode } from '../../../base/bytes.ts'
import { isErrno, strerror } from '../../../base/errno.ts'
import { seconds } from '../../../base/instant.ts'
import { anyOf, type Family, familyOf, type Ip, parseIp, printIp } from '../../../base/ip.ts'
import type { Task } from '../../../base/scheduler.ts'
import type { Process } from '../../../kernel/process.ts'
import type { Program } from '../../../kernel/program.ts'
import { ownSocket } from '../../../kernel/socket.ts'
import { nameOfService, portOfService } from '../../../net/netfilter/rule/services.ts'
import { acceptTcp, closeListener, listenTcp } from '../../../net/socket/tcp/open.ts'
import { closeTcp } from '../../../net/socket/tcp/stream.ts'
import {
  bindUdp,
  closeUdp,
  connectUdp,
  isUdpReadable,
  openUdp,
  sendUdp,
  takeDatagram,
} from '../../../net/socket/udp.ts'
import { scanOptions } from '../getopt.ts'
import { explain, nameOf, resolveHost } from '../names.ts'
import { relay } from '../relay.ts'
import { closeStream, openStream } from '../stream.ts'
import { ncHelp, ncUsage } from './usage.ts'

interface Options {
  family: Family | undefined
  listen: boolean
  keep: boolean
  numeric: boolean
  closeOnInput: boolean
  udp: boolean
  verbose: boolean
  scan: boolean
  deaf: boolean
  wait: number | undefined
  quit: number | undefined
  port: string | undefined
  source: string | undefined
}

export const nc: Program = {
  name: 'nc',
  *main(proc) {
    const scanned = scanOptions(proc.argv.slice(1), {
      short: '46bCDdFhI:i:klM:m:NnO:P:p:q:rSs:T:tUuV:vW:w:X:x:Zz',
    })
    if (scanned.error !== undefined) return proc.fail(`nc: ${scanned.error}\n${ncUsage}`, 1)
    const options = readOptions(scanned.options)
    if (options === 'help') return proc.fail(ncHelp, 0)
    if (typeof options === 'string') return proc.fail(`nc: docksim does not simulate -${options}`, 1)
    const [first, second] = scanned.operands
    if (options.listen) {
      const port = options.port ?? second ?? first
      if (port === undefined) return proc.fail(ncUsage, 1)
      return yield* listen(proc, options, second === undefined ? undefined : first, port)
    }
    if (first === undefined || second === undefined) return proc.fail(ncUsage, 1)
    return yield* connectAll(proc, options, first, second)
  },
}

function readOptions(given: readonly { key: string; argument: string }[]): Options | string {
  const has = (key: string): boolean => given.some((one) => one.key === key)
  const value = (key: string): string | undefined => given.findLast((one) => one.key === key)?.argument
  if (has('h')) return 'help'
  const refused = given.find(({ key }) => 'CFUXxZSVPTMmIOWi'.includes(key))
  if (refused) return refused.key
  const wait = value('w')
  const quit = value('q')
  return {
    family: has('4') ? 4 : has('6') ? 6 : undefined,
    listen: has('l'),
    keep: has('k'),
    numeric: has('n'),
    closeOnInput: has('N'),
    udp: has('u'),
    verbose: has('v'),
    scan: has('z'),
    deaf: has('d'),
    wait: wait === undefined ? undefined : seconds(Number(wait)),
    quit: quit === undefined || Number(quit) < 0 ? undefined : seconds(Number(quit)),
    port: value('p'),
    source: value('s'),
  }
}

function portsOf(text: string, udp: boolean): number[] | undefined {
  const service = portOfService(text, udp ? 'udp' : 'tcp')
  if (service !== undefined) return [service]
  const [, low, high = low] = /^(\d+)(?:-(\d+))?$/.exec(text) ?? []
  if (low === undefined) return undefined
  const [from, to] = [Number(low), Number(high)].sort((a, b) => a - b)
  if (from === undefined || to === undefined || from < 1 || to > 65535) return undefined
  return Array.from({ length: to - from + 1 }, (_, index) => from + index)
}

function* connectAll(proc: Process, options: Options, host: string, portText: string): Task<number> {
  const ports = portsOf(portText, options.udp)
  if (!ports) return proc.fail(`nc: port number invalid: ${portText}`, 1)
  const found =
    options.numeric && parseIp(host) === undefined
      ? undefined
      : yield* resolveHost(proc, host, options.family)
  if (!found || 'error' in found) {
    const why = found ? explain(found.error) : 'Name or service not known'
    return proc.fail(`nc: getaddrinfo for host "${host}" port ${ports[0] ?? portText}: ${why}`, 1)
  }
  let status = 1
  for (const port of ports)
    for (const ip of found.ips) {
      const outcome = options.udp
        ? yield* tryUdp(proc, options, host, ip, port)
        : yield* tryTcp(proc, options, host, ip, port)
      if (outcome === undefined) continue
      status = outcome
      break
    }
  return status
}

const placeOf = (host: string, ip: Ip): string => (host === printIp(ip) ? host : `${host} (${printIp(ip)})`)

/** Undefined: it could not be connected. */
function* tryTcp(
  proc: Process,
  options: Options,
  host: string,
  ip: Ip,
  port: number,
): Task<number | undefined> {
  const failed = (words: string): undefined => {
    if (options.verbose) proc.printError(`nc: connect to ${placeOf(host, ip)} port ${port} (tcp) ${words}`)
  }
  try {
    const deadline = options.wait === undefined ? undefined : proc.now() + options.wait
    const stream = yield* openStream(proc, ip, port, { deadline, ...sourceOf(options) })
    if (!stream) return failed('timed out: Operation now in progress')
    if (options.verbose || options.scan) announce(proc, options, host, ip, port)
    if (options.scan) {
      closeStream(proc, stream)
      return 0
    }
    yield* relay(proc, stream, {
      idle: options.wait,
      closeOnInput: options.closeOnInput,
      lingering: options.quit,
      deaf: options.deaf,
    })
    closeStream(proc, stream)
    return 0
  } catch (cause) {
    if (!isErrno(cause)) throw cause
    return failed(`failed: ${strerror(cause.code)}`)
  }
}

function sourceOf({ source, port }: Options): { from?: { ip?: Ip; port?: number } } {
  const ip = source === undefined ? undefined : parseIp(source)
  if (ip === undefined && port === undefined) return {}
  return {
    from: { ...(ip === undefined ? {} : { ip }), ...(port === undefined ? {} : { port: Number(port) }) },
  }
}

function announce(proc: Process, options: Options, host: string, ip: Ip, port: number): void {
  const protocol = options.udp ? 'udp' : 'tcp'
  const name = options.numeric ? String(port) : nameOfService(port, protocol)
  const service = name === String(port) ? '*' : name
  proc.printError(`Connection to ${placeOf(host, ip)} ${port} port [${protocol}/${service}] succeeded!`)
}

/** udptest(): what is not refused within three seconds is taken for open. */
function* tryUdp(
  proc: Process,
  options: Options,
  host: string,
  ip: Ip,
  port: number,
): Task<number | undefined> {
  const socket = openUdp(proc.net, familyOf(ip))
  const descriptor = ownSocket(proc, socket, closeUdp)
  try {
    connectUdp(socket, ip, port)
    if (options.verbose || options.scan) {
      for (let probe = 0; probe < 4; probe++) {
        sendUdp(socket, encode('X'))
        if (yield* proc.until(socket.readable, proc.now() + seconds(1))) takeDatagram(socket)
      }
      announce(proc, options, host, ip, port)
    }
    if (options.scan) return 0
    const input = yield* proc.readAll(0)
    if (input !== '') sendUdp(socket, input)
    const until = options.wait ?? options.quit
    const deadline = until === undefined ? undefined : proc.now() + until
    while (isUdpReadable(socket) || (yield* proc.until(socket.readable, deadline))) {
      const datagram = takeDatagram(socket)
      if (datagram && typeof datagram.payload === 'string') proc.writeBytes(1, datagram.payload)
    }
    return 0
  } catch (cause) {
    if (!isErrno(cause)) throw cause
    return undefined
  } finally {
    proc.closeFile(descriptor)
  }
}

function* listen(proc: Process, options: Options, host: string | undefined, portText: string): Task<number> {
  const port = Number(portText)
  if (!/^\d+$/.test(portText))
    return proc.fail(`nc: getaddrinfo for port ${portText}: Servname not supported for ai_socktype`, 1)
  const ip = (host === undefined ? undefined : parseIp(host)) ?? anyOf(options.family ?? 4)
  try {
    if (options.udp) return yield* listenUdp(proc, options, ip, port)
    const listener = listenTcp(proc.net, ip, port & 0xffff, 1)
    const descriptor = ownSocket(proc, listener, closeListener)
    if (options.verbose) proc.printError(`Listening on ${printIp(ip)} ${port}`)
    for (;;) {
      const connection = acceptTcp(listener)
      if (!connection) {
        yield* proc.until(listener.readable)
        continue
      }
      const held = ownSocket(proc, connection, closeTcp)
      if (!options.keep) proc.closeFile(descriptor)
      if (options.verbose) yield* tellPeer(proc, options, connection.remoteIp, connection.remotePort)
      if (!options.scan)
        yield* relay(
          proc,
          { connection, descriptor: held },
          {
            closeOnInput: options.closeOnInput,
            deaf: options.deaf,
            lingering: options.quit,
            idle: options.wait,
          },
        )
      proc.closeFile(held)
      if (!options.keep) return 0
    }
  } catch (cause) {
    if (!isErrno(cause)) throw cause
    return proc.fail(`nc: ${strerror(cause.code)}`, 1)
  }
}

function* tellPeer(proc: Process, options: Options, ip: Ip, port: number): Task<void> {
  const name = options.numeric ? undefined : yield* nameOf(proc, ip)
  proc.printError(`Connection received on ${name ?? printIp(ip)} ${port}`)
}

function* listenUdp(proc: Process, options: Options, ip: Ip, port: number): Task<number> {
  const socket = openUdp(proc.net, familyOf(ip))
  ownSocket(proc, socket, closeUdp)
  bindUdp(socket, ip, port)
  if (options.verbose) proc.printError(`Bound on ${printIp(ip)} ${port}`)
  let told = false
  for (;;) {
    const datagram = takeDatagram(socket)
    if (!datagram) {
      yield* proc.until(socket.readable)
      continue
    }
    if (options.verbose && !told) yield* tellPeer(proc, options, datagram.from, datagram.fromPort)
    told = true
    if (typeof datagram.payload === 'string') proc.writeBytes(1, datagram.payload)
  }
}
