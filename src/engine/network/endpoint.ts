// Endpoints: a container's place on a network, made when it starts or is connected, and taken away when it stops.

import { familyOf, type Ip, parseIp, printIp } from '../../base/ip.ts'
import { type Mac, parseMac } from '../../base/mac.ts'
import { drawHex } from '../../base/random.ts'
import { type Attachment, type Container, shortId } from '../container/container.ts'
import { type Engine, randomOf, worded } from '../engine.ts'
import { EngineError } from '../error.ts'
import { logEvent } from '../event/log.ts'
import { drawEndpointMac } from './driver/bridge.ts'
import { giveAddressBack, poolFor, poolOf, takeAddress, takeThisAddress } from './ipam.ts'
import { type Endpoint, isUserDefined, isUserDefinedName, type Network } from './network.ts'

/** The driver option with the settings of an endpoint's interface: `net.ipv4.conf.IFNAME.log_martians=1,…`. */
export const endpointSysctls = 'com.docker.network.endpoint.sysctls'

/** Makes the endpoint of `attachment` with its addresses. Throws EngineError; then nothing is taken. */
export function makeEndpoint(
  engine: Engine,
  container: Container,
  attachment: Attachment,
  network: Network,
): Endpoint {
  const asked = macAsked(engine, container, attachment)
  if (asked !== undefined && network.driver.name === 'ipvlan')
    throw new EngineError('system', 'ipvlan interfaces do not support custom mac address assignment')
  const ip4 = chooseAddress(network, 4, attachment.ip4)
  const ip6 = network.enableIp6 ? chooseAddress(network, 6, attachment.ip6) : undefined
  const endpoint: Endpoint = {
    id: drawHex(randomOf(engine), 'endpoint-id', 64),
    network,
    container,
    ip4,
    ip6,
    mac: hasOwnMac(network) ? (asked ?? drawEndpointMac(engine, ip4)) : undefined,
    gatewayPriority: attachment.gatewayPriority,
    dnsNames: attachment.named ? dnsNamesOf(engine, container, attachment) : [],
    link: undefined,
    hostLink: undefined,
  }
  network.endpoints.set(endpoint.id, endpoint)
  attachment.endpoint = endpoint
  attachment.networkId = network.id
  logEvent(engine, 'network', 'connect', network.id, networkEventAttributes(endpoint))
  return endpoint
}

/** ipvlans share the address of their parent, and inspect shows none. */
const hasOwnMac = ({ driver }: Network): boolean => driver.addressed && driver.name !== 'ipvlan'

function macAsked({ traits }: Engine, { config, host }: Container, attachment: Attachment): Mac | undefined {
  const runNetwork = host.networkMode === 'default' ? 'bridge' : host.networkMode
  const isRun = traits.macOfContainer === 'run-network' && attachment.networkName === runNetwork
  return parseMac(isRun ? config.macAddress || attachment.mac : attachment.mac)
}

/** Gives the endpoint's addresses back and forgets it. */
export function dropEndpoint(engine: Engine, attachment: Attachment | undefined, endpoint: Endpoint): void {
  const { network } = endpoint
  for (const ip of [endpoint.ip4, endpoint.ip6]) {
    const pool = ip === undefined ? undefined : poolFor(network.pools, ip)
    if (pool && ip !== undefined) giveAddressBack(pool, ip)
  }
  network.endpoints.delete(endpoint.id)
  if (attachment) attachment.endpoint = undefined
  logEvent(engine, 'network', 'disconnect', network.id, networkEventAttributes(endpoint))
}

/** What the events of a connection tell. */
export const networkEventAttributes = ({ container, network }: Endpoint) => ({
  container: container.id,
  name: network.name,
  type: network.driver.name,
})

/** The names that inspect shows and the embedded server knows: own name, aliases, short id, hostname. */
export function dnsNamesOf({ traits }: Engine, container: Container, attachment: Attachment): string[] {
  const names = [attachment.named || container.name, ...attachment.aliases, shortId(container.id)]
  const { hostname, hostnameGiven } = container.config
  if ((hostnameGiven || container.sandbox?.isHost) && traits.hostnameIsAlias) names.push(hostname)
  return [...new Set(names)]
}

function chooseAddress(network: Network, family: 4 | 6, wanted: string): Ip | undefined {
  if (!network.driver.addressed) return undefined
  const pool = poolOf(network.pools, family)
  if (!pool) return undefined
  if (wanted !== '') return takeWanted(network, wanted)
  const ip = takeAddress(pool)
  if (ip === undefined)
    throw new EngineError(
      'system',
      `no available IPv${family} addresses on this network's address pools: ${network.name} (${network.id})`,
    )
  return ip
}

function takeWanted(network: Network, wanted: string): Ip {
  const ip = parseIp(wanted)
  const pool = ip === undefined ? undefined : poolFor(network.pools, ip)
  if (ip === undefined || !pool)
    throw new EngineError(
      'invalid',
      `Invalid address ${wanted}: It does not belong to any of this network's subnets`,
    )
  if (!takeThisAddress(pool, ip)) throw new EngineError('forbidden', 'Address already in use')
  return ip
}

/** Static addresses and aliases that a network does not allow, known or not: the reasons, in the release's words. */
export function refusals(
  engine: Engine,
  network: Network | undefined,
  name: string,
  settings: Pick<Attachment, 'ip4' | 'ip6' | 'aliases' | 'linkLocalIps'>,
): string[] {
  const { ip4, ip6, linkLocalIps } = settings
  const reasons: string[] = []
  if (!(network ? isUserDefined(network) : isUserDefinedName(name)))
    reasons.push(...predefinedRefusals(engine, settings))
  if (ip4 !== '' && !isFamily(ip4, 4)) reasons.push(badAddress(engine, 4, ip4))
  if (ip6 !== '' && !isFamily(ip6, 6)) reasons.push(badAddress(engine, 6, ip6))
  for (const address of linkLocalIps)
    if (parseIp(address) === undefined)
      reasons.push(
        worded(engine, {
          '19.03': `Invalid link-local IP address: [${address}]`,
          '28': `invalid link-local IP address: ${address}`,
        }),
      )
  if (network && ip4 !== '') reasons.push(...rangeRefusals(engine, network, 4, ip4))
  if (network && ip6 !== '') reasons.push(...rangeRefusals(engine, network, 6, ip6))
  return reasons
}

const badAddress = (engine: Engine, family: 4 | 6, address: string): string =>
  worded(engine, {
    '19.03': `Invalid IPv${family} address: ${address})`,
    '28': `invalid IPv${family} address: ${address}`,
  })

export const isFamily = (address: string, family: 4 | 6): boolean => {
  const ip = parseIp(address)
  return ip !== undefined && familyOf(ip) === family
}

function predefinedRefusals(
  engine: Engine,
  { ip4, ip6, aliases }: Pick<Attachment, 'ip4' | 'ip6' | 'aliases'>,
): string[] {
  const reasons: string[] = []
  if (ip4 !== '' || ip6 !== '')
    reasons.push(
      worded(engine, {
        '19.03': 'user specified IP address is supported on user defined networks only',
        '29': 'user-specified IP address is supported on user-defined networks only',
      }),
    )
  if (aliases.length > 0)
    reasons.push(
      worded(engine, {
        '19.03': 'network-scoped alias is supported only for containers in user defined networks',
        '29': 'network-scoped aliases are only supported for user-defined networks',
      }),
    )
  return reasons
}

/** Only subnets that the user chose have addresses to choose from. */
function rangeRefusals(engine: Engine, network: Network, family: 4 | 6, address: string): string[] {
  const ip = parseIp(address)
  const ofFamily = network.pools.filter((pool) => familyOf(pool.subnet.ip) === family)
  const anySubnet = engine.traits.staticAddresses === 'any-subnet'
  const chosen = anySubnet ? ofFamily : ofFamily.filter((pool) => pool.chosen)
  if (chosen.length === 0 && !anySubnet)
    return [
      'user specified IP address is supported only when connecting to networks with user configured subnets',
    ]
  if (ip !== undefined && poolFor(chosen, ip)) return []
  return [
    worded(engine, {
      '19.03': `Invalid address ${address}: It does not belong to any of this network's subnets`,
      '28': `no configured subnet or ip-range contain the IP address ${ip === undefined ? address : printIp(ip)}`,
      '29': `no configured subnet contains IP address ${address}`,
    }),
  ]
}

/** Several reasons as Go's multierror joins them: one alone, or a bulleted list. */
export const joinReasons = (reasons: readonly string[]): string =>
  reasons.length === 1 ? `\n${reasons[0]}` : reasons.map((reason) => `\n* ${reason}`).join('')
