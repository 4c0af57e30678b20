// What a bridge does with a frame: learn, decide, send on, pass up. It is the second caller of the netfilter hooks:
// with bridge-nf-call-iptables, bridged IP packets pass PREROUTING, FORWARD and POSTROUTING with the bridge as both
// links and its ports as physical links (net/bridge/br_netfilter_hooks.c).

import { schedule } from '../../base/agenda.ts'
import { isIp4 } from '../../base/ip.ts'
import { isGroupMac } from '../../base/mac.ts'
import { draw } from '../../base/random.ts'
import { routeInput } from '../ip/input.ts'
import type { Namespace } from '../namespace.ts'
import { sendToNeighbor } from '../neighbor/resolve.ts'
import type { Skb } from '../netfilter/skb.ts'
import { traverse } from '../netfilter/traverse.ts'
import { findRoute } from '../route.ts'
import { traceHop } from '../trace.ts'
import type { Frame, IpFrame } from '../wire/frame.ts'
import type { BridgeLink } from './bridge.ts'
import { learn, portOf } from './fdb.ts'
import { isRunning, type Link } from './link.ts'
import { countReceived, deliverUp, goesToVlan, receive } from './receive.ts'
import { countSent, transmit } from './transmit.ts'

/** Takes in a frame that came by a port of the bridge. */
export function receiveOnPort(bridge: BridgeLink, port: Link, frame: Frame): void {
  if (!bridge.up) return
  learn(bridge.bridge.fdb, frame.src, port, bridge.namespace.fabric.scheduler.now)
  if (frame.type === 'ip' && callsHooks(bridge.namespace, frame)) receiveThroughHooks(bridge, port, frame)
  else decide(bridge, port, frame, undefined)
}

/** Sends a frame of the bridge's own stack by the port, or the ports, that it needs. */
export function bridgeTransmit(link: Link, frame: Frame, skb?: Skb): void {
  const bridge = link as BridgeLink
  if (skb?.redirected && skb.physicalIn) {
    decide(bridge, skb.physicalIn, { ...frame, src: skb.sourceMac ?? frame.src }, skb)
    return
  }
  countSent(bridge, frame)
  const known = isGroupMac(frame.dst) ? undefined : portOf(bridge.bridge.fdb, frame.dst, nowOf(bridge))
  if (known) transmit(known, frame)
  else flood([...bridge.bridge.ports.keys()], frame)
}

function callsHooks({ sysctls }: Namespace, { packet }: IpFrame): boolean {
  const name = isIp4(packet.dst)
    ? 'net.bridge.bridge-nf-call-iptables'
    : 'net.bridge.bridge-nf-call-ip6tables'
  return sysctls.values.get(name) !== '0'
}

const nowOf = (link: Link): number => link.namespace.fabric.scheduler.now

function receiveThroughHooks(bridge: BridgeLink, port: Link, frame: IpFrame): void {
  const { namespace } = bridge
  const { dst } = frame.packet
  const skb: Skb = {
    packet: frame.packet,
    in: bridge,
    out: undefined,
    physicalIn: port,
    mark: 0,
    entry: undefined,
    direction: 'original',
    sourceMac: frame.src,
    destinationMac: frame.dst,
  }
  if (!traverse(namespace, 'PREROUTING', skb)) {
    traceHop(namespace, bridge, 'dropped PREROUTING', skb.packet)
    return
  }
  const onward: IpFrame = { ...frame, packet: skb.packet }
  if (skb.packet.dst === dst) decide(bridge, port, onward, skb)
  else redirect(bridge, port, onward, skb)
}

/**
 * PREROUTING has changed the destination: to a neighbor on this very bridge, the packet is bridged on, whatever
 * address its frame had; all else goes up to be routed (br_nf_pre_routing_finish).
 */
function redirect(bridge: BridgeLink, port: Link, frame: IpFrame, skb: Skb): void {
  const route = findRoute(bridge.namespace, skb.packet.dst)
  if (route?.type !== 'unicast' || route.link !== bridge) {
    decide(bridge, port, { ...frame, dst: bridge.mac }, skb)
    return
  }
  skb.redirected = true
  sendToNeighbor(bridge, route.gateway ?? skb.packet.dst, skb)
}

function decide(bridge: BridgeLink, port: Link, frame: Frame, skb: Skb | undefined): void {
  if (frame.dst === bridge.mac) {
    passUp(bridge, frame, skb)
    return
  }
  const group = isGroupMac(frame.dst)
  const known = group ? undefined : portOf(bridge.bridge.fdb, frame.dst, nowOf(bridge))
  sendOn(bridge, portsFor(bridge, port, known), frame, skb)
  // What lies upon a bridge makes it promiscuous, as it cannot filter for other addresses (__dev_set_rx_mode).
  if (group || bridge.port || bridge.vlans) passUp(bridge, frame, skb)
  // tcpdump sets a bridge to promiscuous mode: what only passes through is shown to it too.
  else if (bridge.taps) countReceived(bridge, frame)
}

/** The ports by which a frame leaves that came by `from`: `known`, or all that may hear it. */
function portsFor({ bridge }: BridgeLink, from: Link, known: Link | undefined): Link[] {
  const source = bridge.ports.get(from)
  const leaving: Link[] = []
  for (const to of known ? [known] : bridge.ports.keys())
    if (to === from ? source?.hairpin : !source?.isolated || !bridge.ports.get(to)?.isolated) leaving.push(to)
  return leaving
}

/** The packet has been through PREROUTING here, and does not pass it again above (ip_sabotage_in). */
function passUp(bridge: BridgeLink, frame: Frame, skb: Skb | undefined): void {
  countReceived(bridge, frame)
  if (goesToVlan(bridge, frame) || bridge.port?.sort.receive(bridge, frame)) return
  if (!skb || frame.type !== 'ip') deliverUp(bridge, frame)
  else if (frame.dst === bridge.mac || isGroupMac(frame.dst)) routeInput(bridge, { ...skb })
}

function sendOn(bridge: BridgeLink, ports: Link[], frame: Frame, skb: Skb | undefined): void {
  if (!skb || frame.type !== 'ip') {
    flood(ports, frame)
    return
  }
  const { namespace } = bridge
  const unchanged: Link[] = []
  for (const port of ports) {
    if (!isRunning(port)) continue
    const copy: Skb = { ...skb, out: bridge, physicalOut: port }
    if (!passes(namespace, port, copy)) continue
    if (copy.packet === frame.packet) unchanged.push(port)
    else transmit(port, { ...frame, packet: copy.packet })
  }
  flood(unchanged, frame)
}

function passes(namespace: Namespace, port: Link, skb: Skb): boolean {
  for (const hook of ['FORWARD', 'POSTROUTING'] as const)
    if (!traverse(namespace, hook, skb)) {
      traceHop(namespace, port, `dropped ${hook}`, skb.packet)
      return false
    }
  traceHop(namespace, port, 'bridged', skb.packet)
  return true
}

const latency = { least: 12, most: 30 }

/** Sends a frame by many ports: one latency for all of them, and so one agenda entry. */
function flood(ports: readonly Link[], frame: Frame): void {
  const only = ports[0]
  if (!only) return
  if (ports.length === 1) {
    transmit(only, frame)
    return
  }
  const { scheduler, random } = only.namespace.fabric
  const at = scheduler.now + draw(random, 'latency', latency.least, latency.most)
  const links: Link[] = []
  for (const port of ports) {
    const far = isRunning(port) ? port.kind.farEnd?.(port) : undefined
    if (!far || port.netem || port.arrivesAt > at) {
      transmit(port, frame)
      continue
    }
    countSent(port, frame)
    port.arrivesAt = at
    links.push(far)
  }
  if (links.length > 0) schedule(scheduler.agenda, at, arriveAtAll, { links, frame })
}

function arriveAtAll({ links, frame }: { links: readonly Link[]; frame: Frame }): void {
  for (const link of links) receive(link, frame)
}
