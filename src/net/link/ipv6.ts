// The link-local address that IPv6 gives a link (RFC 4862), as Linux does with addr_gen_mode eui64.

import { isIp4, isLinkLocal } from '../../base/ip.ts'
import { linkLocalOf } from '../../base/mac.ts'
import {
  addAddress,
  addLoopbackAddresses,
  checkDuplicates,
  isIpv6Disabled,
  removeAddress,
} from './address.ts'
import { isLoopbackLink, isRunning, type Link } from './link.ts'

/** Gives the link its link-local address if it runs, IPv6 is not disabled there, and it has none. */
export function offerLinkLocal(link: Link): void {
  if (isLoopbackLink(link) || !isRunning(link) || isIpv6Disabled(link)) return
  checkDuplicates(link)
  if (link.addresses.some(({ cidr }) => !isIp4(cidr.ip) && isLinkLocal(cidr.ip))) return
  addAddress(link, { ip: linkLocalOf(link.mac), length: 64 })
}

/** IPv6 begins again on the link: `disable_ipv6` was written. */
export function enableIpv6(link: Link): void {
  if (isLoopbackLink(link) && link.up) addLoopbackAddresses(link)
  else offerLinkLocal(link)
}

/** IPv6 forgets the link: it went down, or `disable_ipv6` was written. */
export function dropIpv6Addresses(link: Link): void {
  for (const { cidr } of [...link.addresses]) if (!isIp4(cidr.ip)) removeAddress(link, cidr)
}
