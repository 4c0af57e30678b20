// `-m udp`: ports (libxt_udp.c, xt_tcpudp.c).

import { badUsage } from '../refusal.ts'
import { udpNumber } from '../rule/protocol.ts'
import type { MatchKind } from './match.ts'
import { fitsPort, listPorts, type PortTest, portOptions, readPortTests, savePorts } from './tcp.ts'

interface UdpTest {
  readonly source: PortTest | undefined
  readonly destination: PortTest | undefined
}

export const udp: MatchKind<UdpTest> = {
  name: 'udp',
  options: portOptions,
  read(given, { protocol, notProtocol }) {
    if (given.size > 0 && (protocol !== udpNumber || notProtocol))
      throw badUsage("UDP match requires '-p udp'")
    return readPortTests(given, udpNumber)
  },
  valid: (_test, { protocol, notProtocol }) => protocol === udpNumber && !notProtocol,
  save: (test) => savePorts(test, udpNumber),
  list: (test, numeric) => ['udp', ...listPorts(test, numeric, udpNumber)].join(' '),
  matches({ source, destination }, { skb }) {
    const { body } = skb.packet
    if (body.protocol !== 'udp') return false
    return (
      (!source || fitsPort(source, body.srcPort)) && (!destination || fitsPort(destination, body.dstPort))
    )
  },
}
