// The firewall from 28.0.1 on: FORWARD has two jumps only; networks have their places in DOCKER-FORWARD, DOCKER-CT
// and DOCKER-BRIDGE, and the raw table guards container addresses (facts: networking §17.3 and §17.5).

import { networkOf, printCidr } from '../../../base/cidr.ts'
import { isIp4, isLoopback, printIp } from '../../../base/ip.ts'
import { poolOf } from '../ipam.ts'
import type { Endpoint, Network } from '../network.ts'
import type { PortMapping } from '../portmap.ts'
import { translation } from './classic.ts'
import type { Firewall } from './firewall.ts'
import { addChain, append, ensureFirst, insert, remove, type TableName } from './rules.ts'

type Place = typeof append
type Rule = readonly [place: Place, table: TableName, chain: string, words: string]

/** How networks are kept apart: in this the releases of the family differ. */
interface Isolation {
  /** Declared with the others; the first is where DOCKER-FORWARD jumps. */
  readonly chains: readonly [string, ...string[]]
  /** What a network adds to keep others away, beside the DROP of the chain DOCKER. */
  readonly networkRules: (name: string) => readonly Rule[]
  /** A bridge that masquerades has RETURN for what it sends itself. */
  readonly returns: boolean
}

const stages: Isolation = {
  chains: ['DOCKER-ISOLATION-STAGE-1', 'DOCKER-ISOLATION-STAGE-2'],
  returns: true,
  networkRules: (name) => [
    [append, 'filter', 'DOCKER-ISOLATION-STAGE-1', `-i ${name} ! -o ${name} -j DOCKER-ISOLATION-STAGE-2`],
    [insert, 'filter', 'DOCKER-ISOLATION-STAGE-2', `-o ${name} -j DROP`],
  ],
}

const internalOnly: Isolation = { chains: ['DOCKER-INTERNAL'], returns: false, networkRules: () => [] }

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

function networkRules(network: Network, isolation: Isolation): Rule[] {
  const { bridge } = network
  const pool = poolOf(network.pools, 4)
  if (!bridge || !pool) return []
  const name = bridge.link.name
  const subnet = printCidr(networkOf(pool.subnet))
  if (network.internal) return internalRules(name, subnet, bridge.interContainer, isolation.chains[0])
  const masquerade: Rule[] = bridge.masquerade
    ? [[insert, 'nat', 'POSTROUTING', `-s ${subnet} ! -o ${name} -j MASQUERADE`]]
    : []
  const returns: Rule[] =
    bridge.masquerade && isolation.returns ? [[insert, 'nat', 'DOCKER', `-i ${name} -j RETURN`]] : []
  return [
    ...masquerade,
    ...returns,
    [append, 'filter', 'DOCKER', `! -i ${name} -o ${name} -j DROP`],
    [append, 'filter', 'DOCKER-BRIDGE', `-o ${name} -j DOCKER`],
    [append, 'filter', 'DOCKER-CT', `-o ${name} -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT`],
    ...forwardRules(name, bridge.interContainer),
    ...isolation.networkRules(name),
  ]
}

function forwardRules(name: string, interContainer: boolean): Rule[] {
  if (interContainer) return [[append, 'filter', 'DOCKER-FORWARD', `-i ${name} -j ACCEPT`]]
  return [
    [append, 'filter', 'DOCKER-FORWARD', `-i ${name} -o ${name} -j DROP`],
    [append, 'filter', 'DOCKER-FORWARD', `-i ${name} ! -o ${name} -j ACCEPT`],
  ]
}

function internalRules(name: string, subnet: string, interContainer: boolean, chain: string): Rule[] {
  const verdict = interContainer ? 'ACCEPT' : 'DROP'
  return [
    [insert, 'filter', chain, `! -d ${subnet} -i ${name} -j DROP`],
    [insert, 'filter', chain, `! -s ${subnet} -o ${name} -j DROP`],
    [append, 'filter', 'DOCKER-FORWARD', `-i ${name} -o ${name} -j ${verdict}`],
  ]
}

/** No one reaches a container's address by another way than its bridge. */
function endpointRules(endpoint: Endpoint): Rule[] {
  const { bridge, internal } = endpoint.network
  if (!bridge || internal || endpoint.ip4 === undefined) return []
  return [[append, 'raw', 'PREROUTING', `-d ${printIp(endpoint.ip4)}/32 ! -i ${bridge.link.name} -j DROP`]]
}

function mappingRules(mapping: PortMapping): Rule[] {
  const { bridge } = mapping.endpoint.network
  if (!bridge || !isIp4(mapping.hostIp)) return []
  const name = bridge.link.name
  const { protocol } = mapping
  const target = `-d ${printIp(mapping.containerIp)}/32 ! -i ${name} -o ${name}`
  const rules: Rule[] = [
    [append, 'nat', 'DOCKER', translation(mapping, name)],
    [
      ensureFirst,
      'filter',
      'DOCKER',
      `${target} -p ${protocol} -m ${protocol} --dport ${mapping.containerPort} -j ACCEPT`,
    ],
  ]
  if (isLoopback(mapping.hostIp)) rules.push([append, 'raw', 'PREROUTING', loopbackGuard(mapping)])
  return rules
}

const loopbackGuard = ({ hostIp, protocol, hostPort }: PortMapping): string =>
  `-d ${printIp(hostIp)}/32 ! -i lo -p ${protocol} -m ${protocol} --dport ${hostPort} -j DROP`
