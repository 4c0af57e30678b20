// A bridge: its record, its ports, its own address. What it does with a frame stands in `bridged.ts`.

import { Errno } from '../../base/errno.ts'
import { type Mac, noMac } from '../../base/mac.ts'
import type { Namespace } from '../namespace.ts'
import { adopt, checkName, randomMac } from './admin.ts'
import { bridgeTransmit } from './bridged.ts'
import { release } from './enslave.ts'
import { type Fdb, forgetPort } from './fdb.ts'
import { blankLink, isRunning, type Link, type LinkKind } from './link.ts'

export interface BridgeLink extends Link {
  readonly bridge: Bridge
}

export interface Bridge {
  /** In the order of joining. */
  readonly ports: Map<Link, Port>
  readonly fdb: Fdb
  nextPort: number
}

export interface Port {
  /** As `bridge link` and `brctl showstp` number them, from 1. */
  readonly number: number
  /** Frames may leave by the port they came in. */
  hairpin: boolean
  /** Isolated ports do not hear each other. */
  isolated: boolean
}

export const bridge = Object.freeze<LinkKind>({
  name: 'bridge',
  transmit: bridgeTransmit,
  hasCarrier,
  dismantle,
})

export const isBridge = (link: Link): link is BridgeLink => link.kind.name === 'bridge'

/** BR_MAX_PORTS of net/bridge/br_private.h is 1024, and numbers begin at 1. */
export const portLimit = 1023

/**
 * Makes a bridge, down. Without `mac` it takes the lowest address of its ports, and a random one before it has any.
 * Errors: EEXIST.
 */
export function createBridge(
  namespace: Namespace,
  name: string,
  options: { mac?: Mac | undefined; mtu?: number | undefined } = {},
): BridgeLink {
  checkName(namespace, name)
  const mac = options.mac ?? randomMac(namespace.fabric)
  const link: BridgeLink = {
    ...blankLink(namespace, bridge, name, mac, options.mtu ?? 1500),
    fixedMac: options.mac !== undefined,
    bridge: { ports: new Map(), fdb: new Map(), nextPort: 1 },
  }
  adopt(link, namespace)
  return link
}

/** Errors: EINVAL if the link is no port. */
export function setHairpin(port: Link, hairpin: boolean): void {
  portRecord(port).hairpin = hairpin
}

/** Errors: EINVAL if the link is no port. */
export function setIsolated(port: Link, isolated: boolean): void {
  portRecord(port).isolated = isolated
}

/** Called by `enslave`. Errors: EXFULL. */
export function addPort(owner: BridgeLink, link: Link): void {
  const { ports } = owner.bridge
  if (ports.size >= portLimit) throw new Errno('EXFULL')
  ports.set(link, { number: freeNumber(owner.bridge), hairpin: false, isolated: false })
  refreshMac(owner)
}

/** Called by `release`. */
export function removePort(owner: BridgeLink, link: Link): void {
  const port = owner.bridge.ports.get(link)
  owner.bridge.ports.delete(link)
  if (port) owner.bridge.nextPort = Math.min(owner.bridge.nextPort, port.number)
  forgetPort(owner.bridge.fdb, link)
  refreshMac(owner)
}

/** br_stp_recalculate_bridge_id: unless set, the lowest address of all ports, and none without ports. */
export function refreshMac(owner: BridgeLink): void {
  if (owner.fixedMac) return
  let lowest: Mac = noMac
  for (const port of owner.bridge.ports.keys()) if (lowest === noMac || port.mac < lowest) lowest = port.mac
  owner.mac = lowest
}

function freeNumber(owner: Bridge): number {
  const used = new Set<number>()
  if (owner.nextPort <= owner.ports.size) for (const port of owner.ports.values()) used.add(port.number)
  while (used.has(owner.nextPort)) owner.nextPort++
  return owner.nextPort++
}

function portRecord(link: Link): Port {
  const port = link.master?.bridge.ports.get(link)
  if (!port) throw new Errno('EINVAL')
  return port
}

function hasCarrier(link: Link): boolean {
  for (const port of (link as BridgeLink).bridge.ports.keys()) if (isRunning(port)) return true
  return false
}

function dismantle(link: Link): void {
  for (const port of [...(link as BridgeLink).bridge.ports.keys()]) release(port)
}
