// docker network create, as the daemon sees it (moby daemon/network.go, libnetwork controller.go).

import { type Moment, momentOf } from '../../base/calendar.ts'
import { contains, overlap, parseCidr, printCidr } from '../../base/cidr.ts'
import { freezeDeep } from '../../base/freeze.ts'
import { familyOf, type Ip, isIp4, parseIp, printIp } from '../../base/ip.ts'
import { drawHex } from '../../base/random.ts'
import { type Engine, randomOf, worded } from '../engine.ts'
import { EngineError } from '../error.ts'
import { logEvent } from '../event/log.ts'
import { askedPool } from './askedpool.ts'
import { isIsolated } from './driver/bridgeoptions.ts'
import { driverNamed } from './driver/index.ts'
import { hostSubnets } from './hostroutes.ts'
import {
  chooseDefaultSubnet,
  chooseLocalIp6Subnet,
  createPool,
  type Pool,
  takeAddress,
  takeThisAddress,
} from './ipam.ts'
import { findNetwork, type IpamConfig, type Network } from './network.ts'

export interface NetworkOptions {
  readonly driver: string
  readonly internal: boolean
  readonly attachable: boolean
  readonly ingress: boolean
  readonly scope: string
  readonly configOnly: boolean
  readonly configFrom: string
  readonly enableIp4: boolean
  readonly enableIp6: boolean
  readonly ipamDriver: string
  readonly ipamOptions: ReadonlyMap<string, string>
  readonly ipamConfigs: readonly IpamConfig[]
  readonly options: ReadonlyMap<string, string>
  readonly labels: ReadonlyMap<string, string>
}

export const plainNetwork: NetworkOptions = freezeDeep({
  driver: 'bridge',
  internal: false,
  attachable: false,
  ingress: false,
  scope: '',
  configOnly: false,
  configFrom: '',
  enableIp4: true,
  enableIp6: false,
  ipamDriver: 'default',
  ipamOptions: new Map(),
  ipamConfigs: [],
  options: new Map(),
  labels: new Map(),
})

/** Creates a network and returns it. Throws EngineError; then nothing is left of it. */
export function create(engine: Engine, name: string, options: NetworkOptions): Network {
  refuseName(engine, name)
  const from = options.configFrom === '' ? options : configured(engine, options)
  refuseScope(engine, from)
  if (!from.enableIp4 && !from.enableIp6) throw new EngineError('invalid', 'IPv4 or IPv6 must be enabled')
  const network = build(engine, name, from)
  establish(engine, network)
  logEvent(engine, 'network', 'create', network.id, { name, type: network.driver.name })
  return network
}

/** Makes a finished record part of the engine: its pools taken, its driver at work. */
export function establish(engine: Engine, network: Network): void {
  for (const pool of network.pools) engine.pools.inUse.add(pool)
  try {
    if (!network.configOnly) network.driver.create(engine, network)
  } catch (cause) {
    for (const pool of network.pools) engine.pools.inUse.delete(pool)
    throw cause
  }
  engine.networks.set(network.id, network)
  engine.networksByName.set(network.name, network)
}

export const newNetworkId = (engine: Engine): string => drawHex(randomOf(engine), 'network-id', 64)
export const momentNow = (engine: Engine): Moment =>
  momentOf(engine.machine.calendar, engine.machine.fabric.scheduler.now)

function build(engine: Engine, name: string, options: NetworkOptions): Network {
  const pools = options.configOnly ? [] : choosePools(engine, options)
  return {
    id: newNetworkId(engine),
    name,
    driver: driverNamed(options.configOnly ? 'null' : options.driver),
    created: momentNow(engine),
    scope: options.scope === '' ? 'local' : options.scope,
    enableIp4: options.enableIp4,
    enableIp6: options.enableIp6,
    internal: options.internal,
    attachable: options.attachable,
    ingress: options.ingress,
    configOnly: options.configOnly,
    configFrom: options.configFrom,
    ipamDriver: options.ipamDriver,
    ipamOptions: options.ipamOptions,
    ipamConfigs: options.configOnly ? options.ipamConfigs : shownConfigs(engine, options, pools),
    pools,
    options: options.options,
    labels: options.labels,
    predefined: false,
    endpoints: new Map(),
    bridge: undefined,
    stacked: undefined,
  }
}

function refuseName(engine: Engine, name: string): void {
  if (['bridge', 'host', 'none', 'default'].includes(name))
    throw new EngineError('forbidden', `operation is not permitted on predefined ${name} network`)
  if (name.trim() === '') {
    const older = name === '' ? 'network with name  already exists' : `invalid name: ${name}`
    throw new EngineError(
      'invalid',
      worded(engine, { '19.03': older.trimEnd(), '28': 'invalid name: name is empty' }),
    )
  }
  if (engine.networksByName.has(name))
    throw new EngineError('conflict', `network with name ${name} already exists`)
}

function refuseScope(engine: Engine, options: NetworkOptions): void {
  if (options.scope === 'swarm')
    throw new EngineError('forbidden', 'cannot create a swarm scoped network when swarm is not active')
  if (options.ingress) throw new EngineError('forbidden', 'Ingress network can only be global scope network')
  const otherScope = engine.traits.refusesOtherScopes && !['', 'local'].includes(options.scope)
  if (options.driver === 'overlay' || otherScope)
    throw new EngineError(
      'unavailable',
      'This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.',
    )
  if (options.driver === 'host' || options.driver === 'null')
    throw new EngineError('forbidden', `only one instance of "${options.driver}" network is allowed`)
  driverNamed(options.driver)
  if (options.ipamDriver !== 'default' && options.ipamDriver !== 'null')
    throw new EngineError('notFound', `plugin "${options.ipamDriver}" not found`)
}

/** The options of a --config-only network, in place of the asker's own. */
function configured(engine: Engine, options: NetworkOptions): NetworkOptions {
  const template = findNetwork(engine, options.configFrom)
  const own =
    options.ipamConfigs.length + options.options.size + options.labels.size + options.ipamOptions.size
  if (own > 0 || options.internal || options.enableIp6 || options.ipamDriver !== 'default')
    throw new EngineError(
      'forbidden',
      'user specified configurations are not supported if the network depends on a configuration network',
    )
  if (!template)
    throw new EngineError('notFound', `configuration network "${options.configFrom}" does not exist`)
  if (!template.configOnly)
    throw new EngineError('forbidden', `network "${template.name}" is not a configuration network`)
  return {
    ...options,
    internal: template.internal,
    enableIp6: template.enableIp6,
    ipamConfigs: template.ipamConfigs,
    options: template.options,
    labels: template.labels,
  }
}

function choosePools(engine: Engine, options: NetworkOptions): Pool[] {
  const asked = options.ipamConfigs.map((config) => askedPool(engine, config))
  refuseSeveral(options, asked)
  const pools = [...asked]
  if (options.enableIp4 && !asked.some((pool) => isIp4(pool.subnet.ip))) pools.unshift(defaultPool(engine))
  if (options.enableIp6 && !asked.some((pool) => !isIp4(pool.subnet.ip))) pools.push(localIp6Pool(engine))
  return pools.map((pool) => {
    const whole = withGateway(engine, pool, options, gatewayAsked(options, pool))
    for (const config of options.ipamConfigs) reserveAuxiliary(whole, config)
    return whole
  })
}

function refuseSeveral(options: NetworkOptions, pools: readonly Pool[]): void {
  const fours = pools.filter((pool) => isIp4(pool.subnet.ip)).length
  const several = fours > 1 || pools.length - fours > 1
  if (several && options.driver === 'bridge')
    throw new EngineError('forbidden', "bridge driver doesn't support multiple subnets")
}

function defaultPool(engine: Engine): ReturnType<typeof createPool> {
  const subnet = chooseDefaultSubnet(engine.pools, engine.traits.poolChoice, hostSubnets(engine))
  if (!subnet)
    throw new EngineError(
      'invalid',
      worded(engine, {
        '19.03':
          'could not find an available, non-overlapping IPv4 address pool among the defaults to assign to the network',
        '28': 'all predefined address pools have been fully subnetted',
      }),
    )
  return createPool(subnet, { chosen: false })
}

function localIp6Pool(engine: Engine): ReturnType<typeof createPool> {
  if (!engine.traits.allocatesIp6)
    throw new EngineError(
      'invalid',
      'could not find an available, non-overlapping IPv6 address pool among the defaults to assign to the network',
    )
  return createPool(chooseLocalIp6Subnet(randomOf(engine)), { chosen: false })
}

function gatewayAsked(options: NetworkOptions, pool: Pool): Ip | undefined {
  for (const { gateway } of options.ipamConfigs) {
    const ip = gateway ? parseIp(gateway) : undefined
    if (ip !== undefined && contains(pool.subnet, ip)) return ip
  }
  return undefined
}

function withGateway(engine: Engine, pool: Pool, options: NetworkOptions, asked: Ip | undefined): Pool {
  const skips = (family: 4 | 6) => engine.traits.gatewayModes && isIsolated(options.options, family)
  if (asked === undefined && (!wantsGateway(engine, options) || skips(familyOf(pool.subnet.ip)))) return pool
  const gateway = asked ?? takeAddress(pool)
  if (gateway === undefined)
    throw new EngineError(
      'invalid',
      worded(engine, {
        '19.03': 'failed to allocate gateway (): No available addresses on this pool',
        '28': 'failed to allocate gateway (): no available addresses on this pool',
      }),
    )
  if (asked !== undefined && !takeThisAddress(pool, gateway))
    throw new EngineError(
      'forbidden',
      `failed to allocate gateway (${printIp(gateway)}): Address already in use`,
    )
  return { ...pool, gateway }
}

/** Young releases spare the address where no container would use it (GetSkipGwAlloc of the drivers). */
function wantsGateway({ traits }: Engine, { driver, internal, options }: NetworkOptions): boolean {
  if (driver === 'bridge') return true
  if (driver !== 'macvlan' && driver !== 'ipvlan') return false
  const routed = driver === 'ipvlan' && (options.get('ipvlan_mode') ?? '').startsWith('l3')
  return !traits.sparesUnusedGateways || !(internal || routed)
}

/** Takes the addresses that others than containers have (--aux-address). */
function reserveAuxiliary(pool: Pool, { auxiliary }: IpamConfig): void {
  for (const [name, text] of auxiliary ?? []) {
    const ip = parseIp(text)
    if (ip === undefined || !contains(pool.subnet, ip) || takeThisAddress(pool, ip)) continue
    throw new EngineError(
      'forbidden',
      `failed to allocate secondary ip address (${name}:${text}): Address already in use`,
    )
  }
}

/** What inspect shows: what was asked, and the gateway of a subnet that was chosen for the asker. */
function shownConfigs(engine: Engine, options: NetworkOptions, pools: readonly Pool[]): IpamConfig[] {
  const chosenFirst = engine.traits.ipamOrder === 'as-asked'
  const shown = [...pools].sort(
    (a, b) =>
      (chosenFirst ? Number(b.chosen) - Number(a.chosen) : 0) ||
      Number(isIp4(b.subnet.ip)) - Number(isIp4(a.subnet.ip)),
  )
  return shown.map((pool) => {
    const asked = options.ipamConfigs.find((config) => {
      const cidr = parseCidr(config.subnet)
      return cidr !== undefined && overlap(cidr, pool.subnet)
    })
    const gateway = pool.gateway && printIp(pool.gateway)
    if (asked) return engine.traits.showsEveryGateway && gateway ? { ...asked, gateway } : asked
    return { subnet: printCidr(pool.subnet), gateway }
  })
}
