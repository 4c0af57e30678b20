// What others reported about a connection's segments, by ICMP (tcp_v4_err of net/ipv4/tcp_ipv4.c).

import { microseconds } from '../../../base/instant.ts'
import { isIp4 } from '../../../base/ip.ts'
import { errorOf } from '../../icmp.ts'
import type { Namespace } from '../../namespace.ts'
import type { IcmpError } from '../../wire/icmp.ts'
import type { Packet } from '../../wire/packet.ts'
import type { Segment } from '../../wire/tcp.ts'
import { findConnection } from '../table.ts'
import { destroy, fail } from './close.ts'
import { type Connection, distance, wake } from './connection.ts'
import { retransmitFirst } from './output.ts'

/** What a connect(2) causes within its machine is done in that time; across a wire it takes longer. */
const connectTime = microseconds(250)

/**
 * Whether connect(2) still holds the socket. An error that comes back while it does is only noted, and the next SYN, a
 * second later, finds out (sock_owned_by_user in tcp_v4_err; recorded of 20.10: `wget -T 1` times out where `wget -T 3`
 * finds the network unreachable).
 */
const isConnecting = ({ retries, openedAt, namespace }: Connection): boolean =>
  retries === 0 && namespace.fabric.scheduler.now - openedAt < connectTime

/** An error about `segment`, which this namespace sent as `original`, was reported. */
export function segmentReported(
  namespace: Namespace,
  original: Packet,
  segment: Segment,
  error: IcmpError,
): void {
  const { src, dst } = original
  const connection = findConnection(namespace, src, segment.srcPort, dst, segment.dstPort)
  if (!connection || connection.state === 'TIME-WAIT') return
  if (distance(connection.sendUnacknowledged, segment.sequence) < 0) return
  if (error.code === 'too-big') {
    const fitting = (error.mtu ?? 576) - (isIp4(dst) ? 40 : 60)
    if (fitting >= connection.mss) return
    connection.mss = fitting
    retransmitFirst(connection)
    return
  }
  const { errno } = errorOf(error)
  if (connection.state === 'SYN-SENT' && !isConnecting(connection)) fail(connection, errno)
  else if (connection.state === 'SYN-RECV' && connection.listener) destroy(connection)
  else {
    connection.softError = errno
    wake(connection)
  }
}
