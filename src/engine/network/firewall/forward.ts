// The firewall from 28.0.1 on: FORWARD has two jumps only; networks have their places in DOCKER-FORWARD, DOCKER-CT
// and DOCKER-BRIDGE, and the raw table guards container addresses (facts: networking §17.3 and §17.5).

import { networkOf, printCidr } from '../../../base/cidr.ts'
import { type Family, familyOf, isIp4, isLoopback, printIp } from '../../../base/ip.ts'
import { poolOf } from '../ipam.ts'
import { type BridgeState, type Endpoint, gatewayModeOf, type Network } from '../network.ts'
import type { PortMapping } from '../portmap.ts'
import { hostPrefix, sourceTarget, translation } from './classic.ts'
import type { Firewall } from './firewall.ts'
import { addChain, append, ensureFirst, insert, remove, type TableName } from './rules.ts'

type Place = typeof append
type Rule = readonly [place: Place, table: TableName, chain: string, words: string, family: Family]

/** How networks are kept apart: in this the releases of the family differ. */
interface Isolation {
  /** Declared with the others; the first is where DOCKER-FORWARD jumps. */
  readonly chains: readonly [string, ...string[]]
  /** What a network adds to keep others away, beside the DROP of the chain DOCKER. */
  readonly networkRules: (name: string, family: Family) => readonly Rule[]
  /** What a masqueraded bridge sends to a published port of the host is not translated. */
  readonly skipsOwn: boolean
}

const stages: Isolation = {
  chains: ['DOCKER-ISOLATION-STAGE-1', 'DOCKER-ISOLATION-STAGE-2'],
  networkRules: (name, family) => [
    [
      append,
      'filter',
      'DOCKER-ISOLATION-STAGE-1',
      `-i ${name} ! -o ${name} -j DOCKER-ISOLATION-STAGE-2`,
      family,
    ],
    [insert, 'filter', 'DOCKER-ISOLATION-STAGE-2', `-o ${name} -j DROP`, family],
  ],
  skipsOwn: true,
}

const internalOnly: Isolation = { chains: ['DOCKER-INTERNAL'], networkRules: () => [], skipsOwn: false }

const chainsOf = ({ chains }: Isolation): readonly string[] => [
  'DOCKER',
  'DOCKER-BRIDGE',
  'DOCKER-CT',
  'DOCKER-FORWARD',
  ...chains,
  'DOCKER-USER',
]

const firewallWith = (isolation: Isolation): Firewall => ({
  begin(engine) {
    addChain(engine, 'nat', 'DOCKER')
    for (const family of [4, 6] as const) {
      if (family === 6) addChain(engine, 'nat', 'DOCKER', 6)
      for (const chain of chainsOf(isolation)) addChain(engine, 'filter', chain, family)
      append(engine, 'nat', 'PREROUTING', '-m addrtype --dst-type LOCAL -j DOCKER', family)
      const ownLoopback = family === 4 ? '127.0.0.0/8' : '::1/128'
      append(engine, 'nat', 'OUTPUT', `! -d ${ownLoopback} -m addrtype --dst-type LOCAL -j DOCKER`, family)
      for (const target of ['DOCKER-CT', isolation.chains[0], 'DOCKER-BRIDGE'])
        append(engine, 'filter', 'DOCKER-FORWARD', `-j ${target}`, family)
      insert(engine, 'filter', 'FORWARD', '-j DOCKER-FORWARD', family)
      insert(engine, 'filter', 'FORWARD', '-j DOCKER-USER', family)
    }
  },

  addNetwork(engine, network) {
    for (const [place, ...rule] of networkRules(network, isolation)) place(engine, ...rule)
  },

  removeNetwork(engine, network) {
    for (const [, ...rule] of networkRules(network, isolation)) remove(engine, ...rule)
  },

  addEndpoint(engine, endpoint) {
    for (const [place, ...rule] of endpointRules(endpoint)) place(engine, ...rule)
  },

  removeEndpoint(engine, endpoint) {
    for (const [, ...rule] of endpointRules(endpoint)) remove(engine, ...rule)
  },

  addMapping(engine, mapping) {
    for (const [place, ...rule] of mappingRules(mapping)) place(engine, ...rule)
  },

  removeMapping(engine, mapping) {
    for (const [, ...rule] of mappingRules(mapping)) remove(engine, ...rule)
  },
})

/** 28: two stages between all bridges, and RETURN for what a bridge sends itself. */
export const forwardChainsFirewall: Firewall = firewallWith(stages)

/** 29: only internal networks have a chain that keeps them apart (facts: networking §17.4). */
export const internalChainFirewall: Firewall = firewallWith(internalOnly)

const families: readonly Family[] = [4, 6]

const networkRules = (network: Network, isolation: Isolation): Rule[] =>
  families.flatMap((family) => familyRules(network, isolation, family))

function familyRules(network: Network, isolation: Isolation, family: Family): Rule[] {
  const { bridge } = network
  const pool = poolOf(network.pools, family)
  if (!bridge || !pool || !(family === 4 ? network.enableIp4 : network.enableIp6)) return []
  const name = bridge.link.name
  const subnet = printCidr(networkOf(pool.subnet))
  if (network.internal) return internalRules(bridge, subnet, isolation.chains[0], family)
  return [
    ...masqueradeRules(bridge, subnet, isolation, family),
    ...guardRules(bridge, isolation, family),
    [append, 'filter', 'DOCKER-BRIDGE', `-o ${name} -j DOCKER`, family],
    [
      append,
      'filter',
      'DOCKER-CT',
      `-o ${name} -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT`,
      family,
    ],
    ...forwardRules(name, bridge.interContainer, family),
    ...isolation.networkRules(name, family),
  ]
}

function masqueradeRules(
  bridge: BridgeState,
  subnet: string,
  { skipsOwn }: Isolation,
  family: Family,
): Rule[] {
  if (!bridge.masquerade) return []
  const { name } = bridge.link
  const rules: Rule[] = []
  const target = sourceTarget(family === 4 ? bridge.hostIp4 : bridge.hostIp6)
  if (gatewayModeOf(bridge, family) !== 'routed')
    rules.push([insert, 'nat', 'POSTROUTING', `-s ${subnet} ! -o ${name} -j ${target}`, family])
  if (skipsOwn) rules.push([insert, 'nat', 'DOCKER', `-i ${name} -j RETURN`, family])
  return rules
}

/** What comes from elsewhere: to published ports alone, or to all; where it is routed, other bridges may send it. */
function guardRules(bridge: BridgeState, isolation: Isolation, family: Family): Rule[] {
  const { name } = bridge.link
  const mode = gatewayModeOf(bridge, family)
  const verdict = mode === 'nat-unprotected' ? 'ACCEPT' : 'DROP'
  const last: Rule = [append, 'filter', 'DOCKER', `! -i ${name} -o ${name} -j ${verdict}`, family]
  if (mode !== 'routed') return [last]
  const echo = family === 4 ? 'icmp' : 'ipv6-icmp'
  const [chain] = isolation.chains
  const related = `-i ${name} -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT`
  const between: Rule[] = [
    [insert, 'filter', chain, `-o ${name} -j RETURN`, family],
    [insert, 'filter', chain, related, family],
  ]
  return [
    [append, 'filter', 'DOCKER', `-o ${name} -p ${echo} -j ACCEPT`, family],
    last,
    ...(isolation.skipsOwn ? between : []),
  ]
}

function forwardRules(name: string, interContainer: boolean, family: Family): Rule[] {
  if (interContainer) return [[append, 'filter', 'DOCKER-FORWARD', `-i ${name} -j ACCEPT`, family]]
  return [
    [append, 'filter', 'DOCKER-FORWARD', `-i ${name} -o ${name} -j DROP`, family],
    [append, 'filter', 'DOCKER-FORWARD', `-i ${name} ! -o ${name} -j ACCEPT`, family],
  ]
}

/** Neighbor messages of IPv6 pass the bridge as packets, so its rules name both sides. */
function internalRules(bridge: BridgeState, subnet: string, chain: string, family: Family): Rule[] {
  const { name } = bridge.link
  const verdict = bridge.interContainer ? 'ACCEPT' : 'DROP'
  const out = family === 4 ? '' : `! -o ${name} `
  const into = family === 4 ? '' : `! -i ${name} `
  return [
    [insert, 'filter', chain, `! -d ${subnet} -i ${name} ${out}-j DROP`, family],
    [insert, 'filter', chain, `! -s ${subnet} ${into}-o ${name} -j DROP`, family],
    [append, 'filter', 'DOCKER-FORWARD', `-i ${name} -o ${name} -j ${verdict}`, family],
  ]
}

/** No one reaches a container's address by another way than its bridge. */
function endpointRules(endpoint: Endpoint): Rule[] {
  const { bridge, internal } = endpoint.network
  if (!bridge || internal) return []
  return [endpoint.ip4, endpoint.ip6].flatMap((ip): Rule[] => {
    if (ip === undefined || gatewayModeOf(bridge, familyOf(ip)) !== 'nat') return []
    const words = `-d ${hostPrefix(ip)} ! -i ${bridge.link.name} -j DROP`
    return [[append, 'raw', 'PREROUTING', words, familyOf(ip)]]
  })
}

function mappingRules(mapping: PortMapping): Rule[] {
  const { bridge } = mapping.endpoint.network
  const family = familyOf(mapping.hostIp)
  if (!bridge || family !== familyOf(mapping.containerIp)) return []
  const { protocol, containerPort } = mapping
  const { name } = bridge.link
  const mode = gatewayModeOf(bridge, family)
  const rules: Rule[] = []
  if (mode !== 'routed') rules.push([append, 'nat', 'DOCKER', translation(mapping, name), family])
  if (mode !== 'nat-unprotected') {
    const target = `-d ${hostPrefix(mapping.containerIp)} ! -i ${name} -o ${name}`
    const port = `-p ${protocol} -m ${protocol} --dport ${containerPort}`
    rules.push([ensureFirst, 'filter', 'DOCKER', `${target} ${port} -j ACCEPT`, family])
  }
  if (isIp4(mapping.hostIp) && isLoopback(mapping.hostIp) && mode !== 'routed')
    rules.push([append, 'raw', 'PREROUTING', loopbackGuard(mapping), 4])
  return rules
}

const loopbackGuard = ({ hostIp, protocol, hostPort }: PortMapping): string =>
  `-d ${printIp(hostIp)}/32 ! -i lo -p ${protocol} -m ${protocol} --dport ${hostPort} -j DROP`
