// What others reported about a connection's segments, by ICMP (tcp_v4_err of net/ipv4/tcp_ipv4.c).

import { isIp4 } from '../../../base/ip.ts'
import { errorOf } from '../../icmp.ts'
import type { Namespace } from '../../namespace.ts'
import type { IcmpError } from '../../wire/icmp.ts'
import type { Packet } from '../../wire/packet.ts'
import type { Segment } from '../../wire/tcp.ts'
import { findConnection } from '../table.ts'
import { destroy, fail } from './close.ts'
import { distance } from './connection.ts'
import { retransmitFirst } from './output.ts'

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
  if (connection.state === 'SYN-SENT') fail(connection, errno)
  else if (connection.state === 'SYN-RECV' && connection.listener) destroy(connection)
  else connection.softError = errno
}
