// Answers questions for own addresses, and learns from questions and answers (net/ipv4/arp.c, net/ipv6/ndisc.c).

import { type Ip, isAny, isIp4, isLoopback } from '../../base/ip.ts'
import { broadcastMac, noMac } from '../../base/mac.ts'
import { isTentative, type Link } from '../link/link.ts'
import { transmit } from '../link/transmit.ts'
import { isLocalIp } from '../route.ts'
import { confMaximum, isForwarding } from '../sysctl.ts'
import type { Arp } from '../wire/arp.ts'
import { flushQueue } from './resolve.ts'
import { confirm, createNeighbor, findNeighbor, stateOf } from './table.ts'

/** Takes in an ARP message, or a neighbor solicitation or advertisement. */
export function receiveArp(link: Link, arp: Arp): void {
  if (isLoopback(arp.targetIp) || isLoopback(arp.senderIp)) return
  const asked = arp.operation === 'request' && isOwn(link, arp.targetIp)
  if (asked) answer(link, arp)
  if (isAny(arp.senderIp)) return
  learnFrom(link, arp, asked)
}

/** Tells all on the link an own address: a gratuitous ARP request, or an unsolicited advertisement. */
export function announce(link: Link, ip: Ip): void {
  const ip4 = isIp4(ip)
  transmit(link, {
    type: 'arp',
    src: link.mac,
    dst: ip4 ? broadcastMac : allNodesMac,
    arp: {
      operation: ip4 ? 'request' : 'reply',
      senderIp: ip,
      senderMac: link.mac,
      targetIp: ip,
      targetMac: ip4 ? noMac : allNodesMac,
    },
  })
}

/** 33:33 and the end of ff02::1. */
const allNodesMac = 0x333300000001

/** With arp_ignore = 0 an address counts on all links; IPv6 asks for one of this link that is sure to be its own. */
function isOwn(link: Link, ip: Ip): boolean {
  if (!isLocalIp(link.namespace, ip)) return false
  const onlyHere = !isIp4(ip) || confMaximum(link, 'ipv4.arp_ignore') > 0
  const { now } = link.namespace.fabric.scheduler
  return !onlyHere || link.addresses.some((own) => own.cidr.ip === ip && !isTentative(own, now))
}

function answer(link: Link, question: Arp): void {
  transmit(link, {
    type: 'arp',
    src: link.mac,
    dst: question.senderMac,
    arp: {
      operation: 'reply',
      senderIp: question.targetIp,
      senderMac: link.mac,
      targetIp: question.senderIp,
      targetMac: question.senderMac,
      ...(!isIp4(question.targetIp) && isForwarding(link, 6) && { router: true }),
    },
  })
}

/** An answer confirms; a question only tells the address. Strangers are entered only if they ask us. */
function learnFrom(link: Link, arp: Arp, asked: boolean): void {
  const known = findNeighbor(link, arp.senderIp)
  if (!known && !asked) return
  const neighbor = known ?? createNeighbor(link, arp.senderIp, 'STALE')
  if (neighbor.state === 'PERMANENT') return
  const sameMac = neighbor.mac === arp.senderMac
  const waited = neighbor.state === 'INCOMPLETE'
  const answered = arp.operation === 'reply' && arp.targetMac === link.mac
  neighbor.mac = arp.senderMac
  if (arp.operation === 'reply') neighbor.router = arp.router === true
  if (answered) confirm(neighbor)
  else if (!sameMac || waited || neighbor.state === 'FAILED') becomeStale(neighbor, link)
  if (waited) flushQueue(neighbor)
}

function becomeStale(neighbor: ReturnType<typeof createNeighbor>, link: Link): void {
  if (stateOf(neighbor, link.namespace.fabric.scheduler.now) === 'STALE') return
  confirm(neighbor)
  neighbor.state = 'STALE'
}
