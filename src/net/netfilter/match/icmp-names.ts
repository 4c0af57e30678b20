// The names that iptables has for ICMP types and codes (`iptables -p icmp -h`, `ip6tables -p icmpv6 -h`).

export interface IcmpName {
  readonly name: string
  readonly type: number
  /** The codes that the name covers. */
  readonly low: number
  readonly high: number
}

const whole = (name: string, type: number): IcmpName => ({ name, type, low: 0, high: 255 })
const coded = (name: string, type: number, code: number): IcmpName => ({ name, type, low: code, high: code })

export const icmpNames: readonly IcmpName[] = [
  whole('any', 255),
  whole('echo-reply', 0),
  whole('pong', 0),
  whole('destination-unreachable', 3),
  coded('network-unreachable', 3, 0),
  coded('host-unreachable', 3, 1),
  coded('protocol-unreachable', 3, 2),
  coded('port-unreachable', 3, 3),
  coded('fragmentation-needed', 3, 4),
  coded('source-route-failed', 3, 5),
  coded('network-unknown', 3, 6),
  coded('host-unknown', 3, 7),
  coded('network-prohibited', 3, 9),
  coded('host-prohibited', 3, 10),
  coded('TOS-network-unreachable', 3, 11),
  coded('TOS-host-unreachable', 3, 12),
  coded('communication-prohibited', 3, 13),
  coded('host-precedence-violation', 3, 14),
  coded('precedence-cutoff', 3, 15),
  whole('source-quench', 4),
  whole('redirect', 5),
  coded('network-redirect', 5, 0),
  coded('host-redirect', 5, 1),
  coded('TOS-network-redirect', 5, 2),
  coded('TOS-host-redirect', 5, 3),
  whole('echo-request', 8),
  whole('ping', 8),
  whole('router-advertisement', 9),
  whole('router-solicitation', 10),
  whole('time-exceeded', 11),
  whole('ttl-exceeded', 11),
  coded('ttl-zero-during-transit', 11, 0),
  coded('ttl-zero-during-reassembly', 11, 1),
  whole('parameter-problem', 12),
  coded('ip-header-bad', 12, 0),
  coded('required-option-missing', 12, 1),
  whole('timestamp-request', 13),
  whole('timestamp-reply', 14),
  whole('address-mask-request', 17),
  whole('address-mask-reply', 18),
]

export const icmp6Names: readonly IcmpName[] = [
  whole('destination-unreachable', 1),
  coded('no-route', 1, 0),
  coded('communication-prohibited', 1, 1),
  coded('beyond-scope', 1, 2),
  coded('address-unreachable', 1, 3),
  coded('port-unreachable', 1, 4),
  coded('failed-policy', 1, 5),
  coded('reject-route', 1, 6),
  whole('packet-too-big', 2),
  whole('time-exceeded', 3),
  whole('ttl-exceeded', 3),
  coded('ttl-zero-during-transit', 3, 0),
  coded('ttl-zero-during-reassembly', 3, 1),
  whole('parameter-problem', 4),
  coded('bad-header', 4, 0),
  coded('unknown-header-type', 4, 1),
  coded('unknown-option', 4, 2),
  whole('echo-request', 128),
  whole('ping', 128),
  whole('echo-reply', 129),
  whole('pong', 129),
  whole('router-solicitation', 133),
  whole('router-advertisement', 134),
  whole('neighbour-solicitation', 135),
  whole('neighbor-solicitation', 135),
  whole('neighbour-advertisement', 136),
  whole('neighbor-advertisement', 136),
  whole('redirect', 137),
]
