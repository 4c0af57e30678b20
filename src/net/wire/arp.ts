// Neighbor discovery: ARP (RFC 826) and, for IPv6 addresses, neighbor solicitation and advertisement (RFC 4861).

import type { Ip } from '../../base/ip.ts'
import type { Mac } from '../../base/mac.ts'

export interface Arp {
  readonly operation: 'request' | 'reply'
  readonly senderIp: Ip
  readonly senderMac: Mac
  readonly targetIp: Ip
  /** All zero in a request. */
  readonly targetMac: Mac
  /** The R flag of an advertisement: it forwards. */
  readonly router?: boolean
}
