// The bridge driver: a Linux bridge per network, a veth pair per endpoint (moby libnetwork/drivers/bridge).

import { overlap, printCidr } from '../../../base/cidr.ts'
import { type Ip, isIp4, printIp } from '../../../base/ip.ts'
import { localMac, type Mac, macOfIp4 } from '../../../base/mac.ts'
import { drawHex } from '../../../base/random.ts'
import { deleteLink, enslave, setUp } from '../../../net/link/admin.ts'
import { createBridge } from '../../../net/link/bridge.ts'
import { createVeth } from '../../../net/link/veth.ts'
import { announce } from '../../../net/neighbor/arp.ts'
import { type Engine, randomOf, worded } from '../../engine.ts'
import { EngineError } from '../../error.ts'
import type { Pool } from '../ipam.ts'
import type { Endpoint, Network } from '../network.ts'
import type { Sandbox } from '../sandbox.ts'
import { addInterfaceAddresses, addSubnetAddress } from './addresses.ts'
import { readOptions } from './bridgeoptions.ts'
import type { Driver } from './driver.ts'

export const bridgeDriver = Object.freeze<Driver>({
  name: 'bridge',
  addressed: true,
  publishes: true,

  create(engine, network) {
    const settings = readOptions(engine, network)
    refuseSameName(engine, network, settings.name)
    refuseOverlap(engine, network, settings.name)
    const { net } = engine.machine.namespaces
    const link = createBridge(net, settings.name, { mac: drawBridgeMac(engine) })
    link.mtu = settings.mtu
    link.queueLength = 0
    network.bridge = { ...settings, link }
    for (const pool of network.pools) {
      const four = isIp4(pool.subnet.ip)
      const bare = four
        ? settings.inhibitIp4 || settings.gatewayMode4 === 'isolated'
        : settings.gatewayMode6 === 'isolated'
      if (pool.gateway !== undefined && !bare)
        addSubnetAddress(link, pool.gateway, pool.subnet.length, engine.traits.bridgeSkipsDad)
    }
    setUp(link)
    engine.traits.firewall.addNetwork(engine, network)
  },

  remove(engine, network) {
    if (!network.bridge) return
    engine.traits.firewall.removeNetwork(engine, network)
    deleteLink(network.bridge.link)
    network.bridge = undefined
  },

  join(engine, sandbox, endpoint, interfaceName, linkLocalIps) {
    const { bridge } = endpoint.network
    if (!bridge) return
    if (sandbox.isHost) throw conflictingRoute(endpoint)
    const host = {
      namespace: engine.machine.namespaces.net,
      name: `veth${drawHex(randomOf(engine), 'veth', 7)}`,
    }
    const inner = {
      namespace: sandbox.namespace,
      name: interfaceName,
      ...(endpoint.mac && { mac: endpoint.mac }),
    }
    const [hostLink, link] = makePair(engine, host, inner)
    hostLink.mtu = bridge.mtu
    link.mtu = bridge.mtu
    hostLink.queueLength = 0
    link.queueLength = 0
    enslave(hostLink, bridge.link)
    setUp(hostLink)
    addInterfaceAddresses(engine, endpoint, link, linkLocalIps)
    setUp(link)
    for (const address of link.addresses) announce(link, address.cidr.ip)
    endpoint.link = link
    endpoint.hostLink = hostLink
    engine.traits.firewall.addEndpoint(engine, endpoint)
  },

  leave(engine, _sandbox, endpoint) {
    engine.traits.firewall.removeEndpoint(engine, endpoint)
    if (endpoint.link) deleteLink(endpoint.link)
    endpoint.link = undefined
    endpoint.hostLink = undefined
  },
})

/** Where the container has the host's namespace, the bridge's own route is there already (libnetwork osl). */
function conflictingRoute({ ip4, network }: Endpoint): EngineError {
  const pool = network.pools.find(({ subnet }) => isIp4(subnet.ip)) as Pool
  const address = `${printIp(ip4 ?? 0)}/${pool.subnet.length}`
  const link = network.bridge?.link
  const route = `Ifindex: ${link?.index} Dst: ${printCidr(pool.subnet)} Src: ${printIp(pool.gateway ?? 0)} Gw: <nil>`
  const veth = `veth${network.id.slice(0, 7)}`
  return new EngineError(
    'system',
    `failed to add interface ${veth} to sandbox: error setting interface "${veth}" IP to ${address}: cannot program address ${address} in sandbox interface because it conflicts with existing route {${route} Flags: [] Table: 254 Realm: 0}`,
  )
}

interface PairEnd {
  readonly namespace: Sandbox['namespace']
  readonly name: string
  readonly mac?: Mac
}

/** Older releases make the inner end first, on the host: both ends take consecutive indexes of the host. */
function makePair(engine: Engine, host: PairEnd, inner: PairEnd) {
  if (engine.traits.vethIndexes === 'inside') return createVeth(host, inner)
  const index = host.namespace.nextIndex
  host.namespace.nextIndex += 2
  return createVeth({ ...host, index: index + 1 }, { ...inner, index })
}

/** The MAC address of an endpoint, as the release chooses it. */
export function drawEndpointMac(engine: Engine, ip4: Ip | undefined): Mac {
  if (engine.traits.endpointMac === 'from-address' && ip4 !== undefined && isIp4(ip4)) return macOfIp4(ip4)
  return localMac(drawHex(randomOf(engine), 'mac', 12))
}

function drawBridgeMac(engine: Engine): Mac {
  const digits = drawHex(randomOf(engine), 'mac', 12)
  return engine.traits.endpointMac === 'random'
    ? localMac(digits)
    : macOfIp4(Number.parseInt(digits.slice(0, 8), 16))
}

function refuseOverlap(engine: Engine, network: Network, name: string): void {
  for (const other of engine.networks.values())
    for (const { subnet } of other.bridge && other !== network ? other.pools : [])
      if (network.pools.some((pool) => isIp4(subnet.ip) && overlap(pool.subnet, subnet)))
        throw new EngineError(
          'forbidden',
          `cannot create network ${network.id} (${name}): conflicts with network ${other.id} (${other.bridge?.link.name}): networks have overlapping IPv4`,
        )
}

function refuseSameName(engine: Engine, network: Network, name: string): void {
  if (name.length > 15)
    throw new EngineError(
      'system',
      worded(engine, {
        '19.03': 'failed to check bridge interface existence: numerical result out of range',
        '28': 'numerical result out of range',
      }),
    )
  for (const other of engine.networks.values())
    if (other !== network && other.bridge?.link.name === name)
      throw new EngineError(
        'conflict',
        `cannot create network ${network.id} (${name}): conflicts with network ${other.id} (${name}): networks have same bridge name`,
      )
}
