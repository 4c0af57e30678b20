// Echo sockets as the ping programs use them: where they are bound, what comes back, and in which words errors that
// come back are told (pr_icmph of iputils ping/ping.c and ping6_common.c).

import { Errno } from '../../base/errno.ts'
import type { Instant } from '../../base/instant.ts'
import { anyOf, familyOf, type Ip, isIp4, parseIp } from '../../base/ip.ts'
import type { Task } from '../../base/scheduler.ts'
import type { Process } from '../../kernel/process.ts'
import { disownSocket, ownSocket } from '../../kernel/socket.ts'
import { routeForSocket, sourceFor } from '../../net/ip/source.ts'
import type { Link } from '../../net/link/link.ts'
import { isLocalIp, lookupRoute, type Route } from '../../net/route.ts'
import {
  closeEcho,
  type EchoNotice,
  type EchoSocket as KernelEchoSocket,
  openEcho as openKernelEcho,
  sendEcho as sendKernelEcho,
  takeEcho,
} from '../../net/socket/echo.ts'

export interface EchoOptions {
  /** The name of a link, or an own address. */
  readonly from?: string | undefined
  readonly ttl?: number | undefined
  readonly mtu?: 'do' | 'dont' | 'want' | 'probe' | undefined
  /** No route is looked for beforehand. */
  readonly unconnected?: boolean
}

export interface EchoSocket {
  readonly kernel: KernelEchoSocket
  readonly source: Ip
  /** The link's name, if it was bound to one. */
  readonly device: string | undefined
  readonly link: Link | undefined
  readonly bound: boolean
  readonly ttl: number | undefined
  readonly dontFragment: boolean
}

/** Opens and, unless told otherwise, connects. Errors: ENODEV, EADDRNOTAVAIL, ENETUNREACH and others of routing. */
export function openEcho(proc: Process, target: Ip, options: EchoOptions = {}): EchoSocket {
  const { from, ttl, mtu } = options
  const address = from === undefined ? undefined : parseIp(from)
  if (address !== undefined && !isLocalIp(proc.net, address)) throw new Errno('EADDRNOTAVAIL')
  const link = from === undefined || address !== undefined ? undefined : proc.net.linksByName.get(from)
  if (from !== undefined && address === undefined && !link) throw new Errno('ENODEV')
  let source = address ?? anyOf(familyOf(target))
  if (!options.unconnected && address === undefined)
    source = sourceFor(proc.net, routeForSocket(proc.net, target, { oif: link }), target) ?? source
  const kernel = openKernelEcho(proc.net, familyOf(target))
  ownSocket(proc, kernel, closeEcho)
  return {
    kernel,
    source,
    device: link?.name,
    link,
    bound: address !== undefined,
    ttl,
    dontFragment: mtu === 'do' || mtu === 'probe',
  }
}

/** What the route says of the target. Errors of routing. */
export function routeOf(proc: Process, target: Ip, socket: EchoSocket): { route: Route; broadcast: boolean } {
  const route = lookupRoute(proc.net, target, { oif: socket.link })
  return { route, broadcast: route.type === 'broadcast' || target === 0xffffffff }
}

/** Sends one request. Errors: ENETUNREACH, EPERM, EMSGSIZE. */
export function sendEcho(
  proc: Process,
  socket: EchoSocket,
  target: Ip,
  sequence: number,
  size: number,
): void {
  const { link } = socket
  if (socket.dontFragment && isIp4(target)) {
    const way = link ?? lookupRoute(proc.net, target).link
    if (way && size + 28 > way.mtu) throw new Errno('EMSGSIZE')
  }
  sendKernelEcho(socket.kernel, target, {
    sequence,
    size,
    ttl: socket.ttl,
    src: socket.bound ? socket.source : undefined,
    link,
    dontFragment: socket.dontFragment,
  })
}

export type EchoAnswer =
  | {
      readonly kind: 'reply'
      readonly from: Ip
      readonly sequence: number
      readonly size: number
      readonly ttl: number
      readonly sentAt: Instant
      readonly at: Instant
    }
  | {
      readonly kind: 'error'
      readonly from: Ip
      readonly sequence: number
      readonly words: string
      readonly sentAt: Instant
      readonly at: Instant
    }

/** Waits for what comes back; undefined if nothing had come by `until`. */
export function* receiveEcho(
  proc: Process,
  socket: EchoSocket,
  until?: Instant,
): Task<EchoAnswer | undefined> {
  for (;;) {
    const notice = takeEcho(socket.kernel)
    if (notice) return answerOf(notice)
    if (!(yield* proc.until(socket.kernel.readable, until))) {
      const late = takeEcho(socket.kernel)
      return late && answerOf(late)
    }
  }
}

export const closeEchoSocket = (proc: Process, socket: EchoSocket): void => disownSocket(proc, socket.kernel)

function answerOf(notice: EchoNotice): EchoAnswer {
  const { from, sequence, size, ttl, sentAt, at } = notice
  if (notice.type === 'reply') return { kind: 'reply', from, sequence, size, ttl, sentAt, at }
  return { kind: 'error', from, sequence, words: wordsOf(notice), sentAt, at }
}

function wordsOf({ type, code, from, packet }: EchoNotice): string {
  const { body } = packet
  const mtu = 'mtu' in body ? body.mtu : 0
  if (type === 'time-exceeded') return isIp4(from) ? 'Time to live exceeded' : 'Time exceeded: Hop limit'
  if (isIp4(from))
    return code === 'too-big' ? `Frag needed and DF set (mtu = ${mtu})` : (words4[code ?? 'net'] ?? '')
  return code === 'too-big'
    ? `Packet too big: mtu=${mtu}`
    : `Destination unreachable: ${words6[code ?? 'net'] ?? ''}`
}

const words4: Record<string, string> = {
  net: 'Destination Net Unreachable',
  host: 'Destination Host Unreachable',
  protocol: 'Destination Protocol Unreachable',
  port: 'Destination Port Unreachable',
  prohibited: 'Packet filtered',
}
const words6: Record<string, string> = {
  net: 'No route',
  host: 'Address unreachable',
  protocol: 'Unknown code 7',
  port: 'Port unreachable',
  prohibited: 'Administratively prohibited',
}
