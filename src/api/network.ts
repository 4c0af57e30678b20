// Networks as the Engine API shows them (moby api/types/network, daemon/network.go).

import { printRfc3339Nano } from '../base/calendar.ts'
import { bitsOf, contains, networkOf, printCidr, sizeOf } from '../base/cidr.ts'
import { familyOf, type Ip, printIp } from '../base/ip.ts'
import { printMac } from '../base/mac.ts'
import type { Engine } from '../engine/engine.ts'
import { type Pool, poolFor } from '../engine/network/ipam.ts'
import type { Endpoint, IpamConfig, Network } from '../engine/network/network.ts'
import { inOrder, type JsonRecord, sortedRecord } from './record.ts'
import type { ApiTraits } from './traits.ts'

/** What `GET /networks/{id}` answers. */
export function networkView(engine: Engine, network: Network, traits: ApiTraits): JsonRecord {
  return inOrder(
    {
      Name: network.name,
      Id: network.id,
      Created: printRfc3339Nano(network.created, engine.machine.calendar.zoneMinutes),
      Scope: network.scope,
      Driver: network.driver.name,
      EnableIPv4: network.enableIp4,
      EnableIPv6: network.enableIp6,
      IPAM: {
        Driver: network.ipamDriver,
        Options: network.ipamOptions && sortedRecord(network.ipamOptions),
        Config: configsView(network, traits),
      },
      Internal: network.internal,
      Attachable: network.attachable,
      Ingress: network.ingress,
      ConfigFrom: { Network: network.configFrom },
      ConfigOnly: network.configOnly,
      Containers: sortedRecord(
        [...network.endpoints.values()].map((endpoint) => [endpoint.container.id, memberView(endpoint)]),
      ),
      Options: sortedRecord(network.options),
      Labels: sortedRecord(network.labels),
      Status: { IPAM: subnetsView(network) },
    },
    traits.network,
  )
}

function configsView(network: Network, traits: ApiTraits): readonly JsonRecord[] | null {
  if (network.ipamConfigs.length === 0) return traits.noSubnets
  const hidesGateway = network.predefined && !traits.bridgeShowsGateway
  return network.ipamConfigs.map((config) =>
    configView(hidesGateway ? { ...config, gateway: undefined } : config),
  )
}

/** How much of each subnet is in use; a network without subnets has nothing to tell. */
function subnetsView({ pools }: Network): JsonRecord {
  if (pools.length === 0) return {}
  const status = pools.map((pool) => [printCidr(networkOf(pool.subnet)), statusOf(pool)] as const)
  return { Subnets: sortedRecord(status) }
}

/** Network, broadcast and gateway address count as used; a number that Go's uint64 cannot hold is its greatest. */
function statusOf({ range, taken }: Pool): JsonRecord {
  const inRange = [...taken].filter((ip) => contains(range, ip)).length
  const free = sizeOf(range) - BigInt(inRange)
  return { IPsInUse: taken.size, DynamicIPsAvailable: free < greatest ? free : greatest }
}

const greatest = 2n ** 64n - 1n

function configView({ subnet, range, gateway, auxiliary }: IpamConfig): JsonRecord {
  return {
    Subnet: subnet,
    ...(range && { IPRange: range }),
    ...(gateway && { Gateway: gateway }),
    ...(auxiliary && auxiliary.size > 0 && { AuxiliaryAddresses: sortedRecord(auxiliary) }),
  }
}

function memberView(endpoint: Endpoint): JsonRecord {
  return {
    Name: endpoint.container.name,
    EndpointID: endpoint.id,
    MacAddress: endpoint.mac === undefined ? '' : printMac(endpoint.mac),
    IPv4Address: withLength(endpoint, endpoint.ip4),
    IPv6Address: withLength(endpoint, endpoint.ip6),
  }
}

/** `172.18.0.2/16` */
const withLength = (endpoint: Endpoint, ip: Ip | undefined): string =>
  ip === undefined ? '' : `${printIp(ip)}/${prefixLength(endpoint, ip)}`

/** The length of the subnet that `ip`, an address of the endpoint, is in. */
export const prefixLength = (endpoint: Endpoint, ip: Ip): number =>
  poolFor(endpoint.network.pools, ip)?.subnet.length ?? bitsOf(familyOf(ip))
