// Links become ports of a bridge, and cease to be.

import { Errno } from '../../base/errno.ts'
import { notifyCarrier } from './admin.ts'
import { addPort, type BridgeLink, isBridge, removePort } from './bridge.ts'
import { isLoopbackLink, type Link } from './link.ts'
import { noteLoss } from './linkwatch.ts'

/**
 * Makes `link` a port of `bridge` (`ip link set … master …`).
 * Errors: EBUSY (a port of another bridge, or macvlans upon it), ELOOP (a bridge itself), EINVAL (`lo`, another namespace), EXFULL.
 */
export function enslave(link: Link, bridge: BridgeLink): void {
  if (link.master === bridge) return
  if (link.master || link.port) throw new Errno('EBUSY')
  if (isBridge(link)) throw new Errno('ELOOP')
  if (isLoopbackLink(link) || link.namespace !== bridge.namespace) throw new Errno('EINVAL')
  addPort(bridge, link)
  link.master = bridge
  notifyCarrier(link)
}

/** The link is no longer a port (`ip link set … nomaster`). */
export function release(link: Link): void {
  const bridge = link.master
  if (!bridge) return
  link.master = undefined
  removePort(bridge, link)
  noteLoss(bridge)
}
