// VLANs (net/8021q): links that see of a link below only the frames with their tag, and tag what they send.

import { Errno } from '../../base/errno.ts'
import type { Namespace } from '../namespace.ts'
import type { Frame } from '../wire/frame.ts'
import { adopt, checkName, requireKind } from './admin.ts'
import { blankLink, isLoopbackLink, type Link, type LinkKind } from './link.ts'
import { followsLower, lowerIndex, lowerOf, type StackedLink } from './stacked.ts'
import { countSent, transmit as transmitBelow } from './transmit.ts'

export interface VlanLink extends StackedLink {
  /** 0 to 4094 */
  readonly id: number
}

export const vlan = Object.freeze<LinkKind>({
  name: 'vlan',
  transmit,
  hasCarrier: followsLower,
  open,
  dismantle,
  peerIndex: lowerIndex,
  below: lowerOf,
})

export const isVlan = (link: Link): link is VlanLink => link.kind.name === 'vlan'

/**
 * Makes it upon `lower`, down, with its address. Errors: EEXIST (the id or the name is taken), EOPNOTSUPP (`lo`, a VLAN:
 * frames here have one tag at most; a kernel without 802.1Q), EINVAL (no id of a VLAN).
 */
export function createVlan(lower: Link, namespace: Namespace, name: string, id: number): VlanLink {
  checkName(namespace, name)
  requireKind(namespace, 'vlan')
  if (id > 4094) throw new Errno('EINVAL')
  if (isLoopbackLink(lower) || isVlan(lower)) throw new Errno('EOPNOTSUPP')
  if (lower.vlans?.has(id)) throw new Errno('EEXIST')
  const link: VlanLink = { ...blankLink(namespace, vlan, name, lower.mac, lower.mtu), lower, id }
  lower.vlans ??= new Map()
  lower.vlans.set(id, link)
  adopt(link, namespace)
  return link
}

/** Errors: ENETDOWN while the link below is down (vlan_dev_open). */
function open(link: Link): void {
  if (!(link as VlanLink).lower.up) throw new Errno('ENETDOWN')
}

function transmit(link: Link, frame: Frame): void {
  const { lower, id } = link as VlanLink
  countSent(link, frame)
  transmitBelow(lower, { ...frame, vlan: id })
}

function dismantle(link: Link): void {
  const { lower, id } = link as VlanLink
  lower.vlans?.delete(id)
  if (lower.vlans?.size === 0) lower.vlans = undefined
}
