// Sending a packet to a neighbor: finds its Ethernet address first, by asking if it must (RFC 826, RFC 4861, and the
// timings of net/core/neighbour.c). A packet whose neighbor does not answer comes back to its sender as an error.

import { schedule } from '../../base/agenda.ts'
import { seconds } from '../../base/instant.ts'
import { type Ip, isIp4, isMulticast } from '../../base/ip.ts'
import { broadcastMac, type Mac, noMac } from '../../base/mac.ts'
import { sendIcmpError } from '../icmp.ts'
import { selectSource } from '../ip/source.ts'
import { isLoopbackLink, isWithoutArp, type Link } from '../link/link.ts'
import { transmit } from '../link/transmit.ts'
import type { Skb } from '../netfilter/skb.ts'
import { isLocalIp } from '../route.ts'
import { traceHop } from '../trace.ts'
import type { Frame } from '../wire/frame.ts'
import { createNeighbor, findNeighbor, type Neighbor, stateOf, stopTimer } from './table.ts'

/** Sends the packet by `link` to the neighbor `nextHop`. */
export function sendToNeighbor(link: Link, nextHop: Ip, skb: Skb): void {
  if (isLoopbackLink(link)) {
    transmit(link, { type: 'ip', src: noMac, dst: noMac, packet: skb.packet }, skb)
    return
  }
  if (isWithoutArp(link)) {
    sendTo(link, link.mac, skb)
    return
  }
  const group = groupMac(nextHop)
  if (group !== undefined) {
    sendTo(link, group, skb)
    return
  }
  const { now } = link.namespace.fabric.scheduler
  const neighbor = findNeighbor(link, nextHop) ?? createNeighbor(link, nextHop, 'FAILED')
  neighbor.usedAt = now
  switch (stateOf(neighbor, now)) {
    case 'FAILED':
      neighbor.mac = undefined
      enqueue(neighbor, skb)
      neighbor.state = 'INCOMPLETE'
      neighbor.probes = 0
      probe(neighbor)
      return
    case 'INCOMPLETE':
      enqueue(neighbor, skb)
      return
    case 'STALE':
      neighbor.state = 'DELAY'
      startTimer(neighbor, delayFirstProbe)
  }
  sendTo(link, neighbor.mac ?? broadcastMac, skb)
}

/** Sends what waited for the address. */
export function flushQueue(neighbor: Neighbor): void {
  const { queue } = neighbor
  neighbor.queue = []
  for (const skb of queue) sendTo(neighbor.link, neighbor.mac ?? broadcastMac, skb)
}

/** Sends to all on the link. */
export const sendBroadcast = (link: Link, skb: Skb): void => sendTo(link, broadcastMac, skb)

function sendTo(link: Link, dst: Mac, skb: Skb): void {
  traceHop(link.namespace, link, 'sent', skb.packet)
  transmit(link, { type: 'ip', src: link.mac, dst, packet: skb.packet }, skb)
}

// delay_first_probe_time, retrans_time, mcast_solicit and ucast_solicit of ip-sysctl.rst.
const delayFirstProbe = seconds(5)
const retransmitTime = seconds(1)
const mostProbes = 3
/** unres_qlen of arp(7), in packets. */
const queueLimit = 101

function enqueue(neighbor: Neighbor, skb: Skb): void {
  if (neighbor.queue.length >= queueLimit) neighbor.queue.shift()
  neighbor.queue.push(skb)
}

function startTimer(neighbor: Neighbor, delay: number): void {
  stopTimer(neighbor)
  const { scheduler } = neighbor.link.namespace.fabric
  neighbor.timer = schedule(scheduler.agenda, scheduler.now + delay, tick, neighbor)
}

function tick(neighbor: Neighbor): void {
  neighbor.timer = undefined
  if (neighbor.state === 'DELAY') {
    neighbor.state = 'PROBE'
    neighbor.probes = 0
  }
  if (neighbor.state !== 'PROBE' && neighbor.state !== 'INCOMPLETE') return
  if (neighbor.probes < mostProbes) probe(neighbor)
  else fail(neighbor)
}

function probe(neighbor: Neighbor): void {
  neighbor.probes++
  startTimer(neighbor, retransmitTime)
  const { link, ip } = neighbor
  const unicast = neighbor.state === 'PROBE' ? neighbor.mac : undefined
  const asker = askerOf(neighbor)
  if (asker === undefined) return
  const frame: Frame = {
    type: 'arp',
    src: link.mac,
    dst: unicast ?? (isIp4(ip) ? broadcastMac : solicitedNodeMac(ip as bigint)),
    arp: { operation: 'request', senderIp: asker, senderMac: link.mac, targetIp: ip, targetMac: noMac },
  }
  transmit(link, frame)
}

/** arp_announce = 0: the source of the waiting packet if it is ours, else an address of the link. */
function askerOf(neighbor: Neighbor): Ip | undefined {
  const waiting = neighbor.queue[0]?.packet.src
  if (waiting !== undefined && isLocalIp(neighbor.link.namespace, waiting)) return waiting
  return selectSource(neighbor.link.namespace, neighbor.link, neighbor.ip)
}

function fail(neighbor: Neighbor): void {
  const { queue, link } = neighbor
  neighbor.state = 'FAILED'
  neighbor.mac = undefined
  neighbor.queue = []
  for (const skb of queue) {
    traceHop(link.namespace, link, 'neighbor unreachable', skb.packet)
    sendIcmpError(link.namespace, skb.packet, 'unreachable', 'host', { about: skb })
  }
}

/** 01:00:5e and 23 bits (RFC 1112), 33:33 and 32 bits (RFC 2464), or all ones. */
function groupMac(ip: Ip): Mac | undefined {
  if (ip === 0xffffffff) return broadcastMac
  if (!isMulticast(ip)) return undefined
  return isIp4(ip) ? 0x01005e000000 + (ip & 0x7fffff) : 0x333300000000 + Number((ip as bigint) & 0xffffffffn)
}

/** RFC 4291, 2.7.1. */
const solicitedNodeMac = (ip: bigint): Mac => 0x3333ff000000 + Number(ip & 0xffffffn)
