// Small networks for the tests of this room: a fabric, machines on a LAN, containers on a bridge.

import { type Cidr, parseCidr } from '../base/cidr.ts'
import { seconds } from '../base/instant.ts'
import { type Ip, parseIp, printIp } from '../base/ip.ts'
import { printMac } from '../base/mac.ts'
import { createRandom } from '../base/random.ts'
import { createScheduler, type Outcome, run } from '../base/scheduler.ts'
import { addAddress, enslave, setUp } from './link/admin.ts'
import { type BridgeLink, createBridge } from './link/bridge.ts'
import { createEthernet, type EthernetLink, type Segment } from './link/ethernet.ts'
import { createVeth, type VethLink } from './link/veth.ts'
import { createNamespace, type Fabric, type Namespace } from './namespace.ts'
import type { TappedFrame } from './tap.ts'

export const testFabric = (seed = 1): Fabric => ({ scheduler: createScheduler(), random: createRandom(seed) })

export function ip(text: string): Ip {
  const parsed = parseIp(text)
  if (parsed === undefined) throw new Error(`no address: ${text}`)
  return parsed
}

export function cidr(text: string): Cidr {
  const parsed = parseCidr(text)
  if (parsed === undefined) throw new Error(`no prefix: ${text}`)
  return parsed
}

/** Lets time pass. */
export function pass({ scheduler }: Fabric, duration = seconds(1)): Outcome {
  const until = scheduler.now + duration
  const outcome = run(scheduler, { until, steps: 1_000_000 })
  scheduler.now = until
  return outcome
}

/** Lets everything happen that is to happen. */
export const finish = ({ scheduler }: Fabric): Outcome =>
  run(scheduler, { until: Number.POSITIVE_INFINITY, steps: 1_000_000 })

export const machine = (fabric: Fabric, name: string): Namespace =>
  createNamespace(fabric, name, { loopbackUp: true })

/** A card of `namespace` in the LAN, up and with an address. */
export function card(namespace: Namespace, name: string, segment: Segment, address: string): EthernetLink {
  const link = createEthernet(namespace, name, segment)
  addAddress(link, cidr(address))
  setUp(link)
  return link
}

export function bridgeOf(host: Namespace, address: string, name = 'docker0'): BridgeLink {
  const bridge = createBridge(host, name)
  addAddress(bridge, cidr(address))
  setUp(bridge)
  return bridge
}

export interface TestContainer {
  readonly namespace: Namespace
  readonly port: VethLink
  readonly link: VethLink
}

/** A namespace with eth0 behind a port of the bridge. */
export function container(bridge: BridgeLink, name: string, address: string): TestContainer {
  const host = bridge.namespace
  const namespace = machine(host.fabric, name)
  const [port, link] = createVeth({ namespace: host, name: `v-${name}` }, { namespace, name: 'eth0' })
  enslave(port, bridge)
  setUp(port)
  addAddress(link, cidr(address))
  setUp(link)
  return { namespace, port, link }
}

/** A frame in one line, much as tcpdump has it. */
export function line({ direction, frame }: TappedFrame): string {
  if (frame.type === 'arp') {
    const { operation, senderIp, senderMac, targetIp } = frame.arp
    if (operation === 'request') return `${direction} who-has ${printIp(targetIp)} tell ${printIp(senderIp)}`
    return `${direction} ${printIp(senderIp)} is-at ${printMac(senderMac)}`
  }
  const { src, dst, body } = frame.packet
  const way = `${direction} ${printIp(src)} > ${printIp(dst)}`
  if (body.protocol === 'icmp') return `${way} ${body.type}${'code' in body ? ` ${body.code}` : ''}`
  if (body.protocol === 'udp') return `${way} udp`
  const flags = [body.syn && 'S', body.fin && 'F', body.rst && 'R', body.psh && 'P', body.ack && '.']
  return `${way} ${flags.filter(Boolean).join('')} ${body.payload.length}`
}
