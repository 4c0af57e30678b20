// The firewall up to 27: rules of each network inserted into FORWARD itself (facts: networking §17.1 and §17.2;
// moby libnetwork/drivers/bridge/setup_ip_tables.go).

import { networkOf, printCidr } from '../../../base/cidr.ts'
import { type Ip, isAny, isIp4, printIp } from '../../../base/ip.ts'
import type { Engine } from '../../engine.ts'
import { poolOf } from '../ipam.ts'
import type { Network } from '../network.ts'
import type { PortMapping } from '../portmap.ts'
import type { Firewall } from './firewall.ts'
import { addChain, append, ensureLast, insert, moveToTop, remove } from './rules.ts'

type Rule = readonly [table: 'nat' | 'filter', chain: string, words: string]

export const classicFirewall: Firewall = {
  begin(engine) {
    addChain(engine, 'nat', 'DOCKER')
    for (const chain of ['DOCKER', 'DOCKER-ISOLATION-STAGE-1', 'DOCKER-ISOLATION-STAGE-2', 'DOCKER-USER'])
      addChain(engine, 'filter', chain)
    append(engine, 'nat', 'PREROUTING', '-m addrtype --dst-type LOCAL -j DOCKER')
    append(engine, 'nat', 'OUTPUT', '! -d 127.0.0.0/8 -m addrtype --dst-type LOCAL -j DOCKER')
    for (const chain of ['DOCKER-ISOLATION-STAGE-1', 'DOCKER-ISOLATION-STAGE-2', 'DOCKER-USER'])
      append(engine, 'filter', chain, '-j RETURN')
    arrangeJumps(engine)
  },

  addNetwork(engine, network) {
    for (const rule of networkRules(network)) insert(engine, ...rule)
    for (const rule of silences(network)) append(engine, ...rule)
    arrangeJumps(engine)
  },

  removeNetwork(engine, network) {
    for (const rule of [...networkRules(network), ...silences(network)]) remove(engine, ...rule)
  },

  addEndpoint() {},
  removeEndpoint() {},

  addMapping(engine, mapping) {
    const [translated, ...others] = mappingRules(mapping)
    if (translated) append(engine, ...translated)
    for (const rule of others) ensureLast(engine, ...rule)
  },

  removeMapping(engine, mapping) {
    for (const rule of mappingRules(mapping)) remove(engine, ...rule)
  },
}

function arrangeJumps(engine: Engine): void {
  moveToTop(engine, 'filter', 'FORWARD', '-j DOCKER-ISOLATION-STAGE-1')
  moveToTop(engine, 'filter', 'FORWARD', '-j DOCKER-USER')
}

/** In the order of insertion: the last one ends up on top. */
function networkRules(network: Network): Rule[] {
  const { bridge } = network
  const pool = poolOf(network.pools, 4)
  if (!bridge || !pool) return []
  const name = bridge.link.name
  const subnet = printCidr(networkOf(pool.subnet))
  const among: Rule[] = bridge.interContainer
    ? [['filter', 'FORWARD', `-i ${name} -o ${name} -j ACCEPT`]]
    : []
  if (network.internal)
    return [
      ['filter', 'DOCKER-ISOLATION-STAGE-1', `! -d ${subnet} -i ${name} -j DROP`],
      ['filter', 'DOCKER-ISOLATION-STAGE-1', `! -s ${subnet} -o ${name} -j DROP`],
      ...among,
    ]
  const masquerade: Rule[] = bridge.masquerade
    ? [
        ['nat', 'POSTROUTING', `-s ${subnet} ! -o ${name} -j ${sourceTarget(bridge.hostIp4)}`],
        ['nat', 'DOCKER', `-i ${name} -j RETURN`],
      ]
    : []
  return [
    ...masquerade,
    ...among,
    ['filter', 'FORWARD', `-i ${name} ! -o ${name} -j ACCEPT`],
    ['filter', 'FORWARD', `-o ${name} -j DOCKER`],
    ['filter', 'FORWARD', `-o ${name} -m conntrack --ctstate RELATED,ESTABLISHED -j ACCEPT`],
    ['filter', 'DOCKER-ISOLATION-STAGE-1', `-i ${name} ! -o ${name} -j DOCKER-ISOLATION-STAGE-2`],
    ['filter', 'DOCKER-ISOLATION-STAGE-2', `-o ${name} -j DROP`],
  ]
}

/** What keeps the containers of a bridge apart goes behind all other rules (setup_ip_tables.go, setIcc). */
function silences({ bridge }: Network): Rule[] {
  if (!bridge || bridge.interContainer) return []
  const { name } = bridge.link
  return [['filter', 'FORWARD', `-i ${name} -o ${name} -j DROP`]]
}

/** The translation first: it alone may stand there twice. */
function mappingRules(mapping: PortMapping): Rule[] {
  const { bridge } = mapping.endpoint.network
  if (!bridge || !isIp4(mapping.hostIp) || !isIp4(mapping.containerIp)) return []
  const name = bridge.link.name
  const target = printIp(mapping.containerIp)
  const port = `-p ${mapping.protocol} -m ${mapping.protocol} --dport ${mapping.containerPort}`
  return [
    ['nat', 'DOCKER', translation(mapping, name)],
    ['filter', 'DOCKER', `-d ${target}/32 ! -i ${name} -o ${name} ${port} -j ACCEPT`],
    ['nat', 'POSTROUTING', `-s ${target}/32 -d ${target}/32 ${port} -j MASQUERADE`],
  ]
}

/** How the containers' packets leave: with the address of the link, or with one that was chosen. */
export const sourceTarget = (hostIp: Ip | undefined): string =>
  hostIp === undefined ? 'MASQUERADE' : `SNAT --to-source ${printIp(hostIp)}`

/** The DNAT rule of a mapping, the same in all releases; link-local hosts have their own way in IPv6. */
export function translation(mapping: PortMapping, bridgeName: string): string {
  const ip = printIp(mapping.containerIp)
  const four = isIp4(mapping.hostIp)
  const to = `${four ? ip : `[${ip}]`}:${mapping.containerPort}`
  const published = `-p ${mapping.protocol} -m ${mapping.protocol} --dport ${mapping.hostPort}`
  const asker = four ? '' : '! -s fe80::/10 '
  return `${asker}${destination(mapping.hostIp)}! -i ${bridgeName} ${published} -j DNAT --to-destination ${to}`
}

const destination = (hostIp: Ip): string => (isAny(hostIp) ? '' : `-d ${hostPrefix(hostIp)} `)

/** The address alone, as a prefix. */
export const hostPrefix = (ip: Ip): string => `${printIp(ip)}/${isIp4(ip) ? 32 : 128}`
