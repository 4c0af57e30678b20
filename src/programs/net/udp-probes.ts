// UDP probes, as traceroute and tracepath send them: datagrams to ports where nobody should listen, told apart by the
// port, and what the way reports about them (IP_RECVERR).

import type { Bytes } from '../../base/bytes.ts'
import { Errno } from '../../base/errno.ts'
import type { Instant } from '../../base/instant.ts'
import { familyOf, type Ip } from '../../base/ip.ts'
import type { Process } from '../../kernel/process.ts'
import { disownSocket, ownSocket } from '../../kernel/socket.ts'
import type { Link } from '../../net/link/link.ts'
import { isLocalIp, lookupRoute } from '../../net/route.ts'
import { bindUdp, closeUdp, openUdp, sendUdp, type UdpSocket } from '../../net/socket/udp.ts'
import type { IcmpError } from '../../net/wire/icmp.ts'

export interface ProbeOptions {
  readonly source?: Ip | undefined
  /** The name of a link. */
  readonly device?: string | undefined
  readonly dontFragment?: boolean | undefined
}

export interface ProbeAnswer {
  readonly from: Ip
  /** The port that the probe went to. */
  readonly port: number
  /** TTL of the answer. */
  readonly ttl: number
  readonly at: Instant
  /** Undefined: somebody listens there and answered. */
  readonly error: IcmpError | undefined
}

/** Errors: EADDRNOTAVAIL (source), ENODEV, ENETUNREACH and others of routing. */
export function openProbes(proc: Process, target: Ip, options: ProbeOptions): UdpSocket {
  const { source, device } = options
  const link = linkNamed(proc, device)
  if (source !== undefined && !isLocalIp(proc.net, source)) throw new Errno('EADDRNOTAVAIL')
  lookupRoute(proc.net, target, { oif: link })
  const socket = openUdp(proc.net, familyOf(target))
  ownSocket(proc, socket, closeUdp)
  socket.reports = []
  socket.link = link
  socket.dontFragment = options.dontFragment ?? false
  if (source !== undefined) bindUdp(socket, source, 0)
  return socket
}

function linkNamed(proc: Process, name: string | undefined): Link | undefined {
  if (name === undefined) return undefined
  const link = proc.net.linksByName.get(name)
  if (!link) throw new Errno('ENODEV')
  return link
}

/** Sends `size` bytes. Errors: EMSGSIZE (DF, and more than the link takes), ENETUNREACH, EPERM. */
export function sendProbe(
  proc: Process,
  socket: UdpSocket,
  target: Ip,
  port: number,
  ttl: number,
  size: number,
): void {
  // What was reported of earlier probes is no error of this one.
  socket.error = undefined
  socket.ttl = ttl
  const head = familyOf(target) === 4 ? 28 : 48
  if (socket.dontFragment && size + head > mtuTo(proc, socket, target)) throw new Errno('EMSGSIZE')
  sendUdp(socket, '@'.repeat(size) as Bytes, { ip: target, port })
}

/** How long a packet to `target` may be on the first link. */
export const mtuTo = (proc: Process, socket: UdpSocket, target: Ip): number =>
  (socket.link ?? lookupRoute(proc.net, target).link)?.mtu ?? proc.net.loopback.mtu

/** The next answer not taken yet. */
export function takeAnswer(socket: UdpSocket): ProbeAnswer | undefined {
  socket.error = undefined
  const report = socket.reports?.shift()
  if (report) {
    const { from, ttl, at, error } = report
    const { body } = error.original
    return { from, ttl, at, error, port: body.protocol === 'udp' ? body.dstPort : 0 }
  }
  const datagram = socket.received.shift()
  return (
    datagram && { from: datagram.from, port: datagram.fromPort, ttl: 64, at: datagram.at, error: undefined }
  )
}

export const closeProbes = (proc: Process, socket: UdpSocket): void => disownSocket(proc, socket)
