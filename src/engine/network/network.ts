// A network of the container network model: what it was asked to be, its address pools, and who is on it now.

import type { Moment } from '../../base/calendar.ts'
import type { Ip } from '../../base/ip.ts'
import type { Mac } from '../../base/mac.ts'
import type { BridgeLink } from '../../net/link/bridge.ts'
import type { Link } from '../../net/link/link.ts'
import type { Container } from '../container/container.ts'
import type { Engine } from '../engine.ts'
import { EngineError } from '../error.ts'
import type { Driver } from './driver/driver.ts'
import type { Pool } from './ipam.ts'

export interface Network {
  /** 64 hex digits. */
  readonly id: string
  readonly name: string
  readonly driver: Driver
  readonly created: Moment
  /** `local`, `swarm`, `global`, or any other word that was given. */
  readonly scope: string
  readonly enableIp4: boolean
  readonly enableIp6: boolean
  readonly internal: boolean
  readonly attachable: boolean
  readonly ingress: boolean
  readonly configOnly: boolean
  readonly configFrom: string
  readonly ipamDriver: string
  /** null for the predefined networks. */
  readonly ipamOptions: ReadonlyMap<string, string> | null
  /** What `inspect` shows. */
  readonly ipamConfigs: readonly IpamConfig[]
  readonly pools: readonly Pool[]
  readonly options: ReadonlyMap<string, string>
  readonly labels: ReadonlyMap<string, string>
  /** bridge, host and none: made by the daemon, and not to be removed. */
  readonly predefined: boolean
  /** By endpoint id: the containers that are on it now. */
  readonly endpoints: Map<string, Endpoint>
  /** The bridge driver's own: its link on the host and its settings. */
  bridge: BridgeState | undefined
  /** Of the drivers macvlan and ipvlan: upon which link of the host it lies, and how. */
  stacked: StackedState | undefined
}

export interface StackedState {
  /** The name of the link. */
  readonly parent: string
  readonly mode: string
  readonly flag: string
  /** The daemon made the parent, and takes it away again. */
  readonly made: boolean
}

/** One subnet as it was asked for, in the words of the asker. */
export interface IpamConfig {
  readonly subnet: string
  readonly range?: string | undefined
  readonly gateway?: string | undefined
  readonly auxiliary?: ReadonlyMap<string, string> | undefined
}

/** How a family of a bridge network reaches the outside (`com.docker.network.bridge.gateway_mode_ipv4`). */
export type GatewayMode = 'nat' | 'nat-unprotected' | 'routed' | 'isolated'

export const gatewayModeOf = (bridge: BridgeState, family: 4 | 6): GatewayMode =>
  family === 4 ? bridge.gatewayMode4 : bridge.gatewayMode6

export interface BridgeState {
  readonly link: BridgeLink
  readonly interContainer: boolean
  readonly masquerade: boolean
  readonly gatewayMode4: GatewayMode
  readonly gatewayMode6: GatewayMode
  /** What the outside sees as the containers' address, instead of the one of the link by which they leave. */
  readonly hostIp4: Ip | undefined
  readonly hostIp6: Ip | undefined
  /** The address to which ports are published when none is given; undefined is every address. */
  readonly hostBinding: Ip | undefined
  readonly mtu: number
  readonly interfacePrefix: string
}

/** A container's place on a network while it runs. */
export interface Endpoint {
  /** 64 hex digits. */
  readonly id: string
  readonly network: Network
  readonly container: Container
  readonly ip4: Ip | undefined
  readonly ip6: Ip | undefined
  readonly mac: Mac | undefined
  readonly gatewayPriority: number
  /** The names under which the embedded DNS server knows it on this network, in order. */
  dnsNames: readonly string[]
  /** The inner end of the veth pair, and the host's. */
  link: Link | undefined
  hostLink: Link | undefined
}

/** The first twelve digits of the id. */
export const shortNetworkId = ({ id }: Pick<Network, 'id'>): string => id.slice(0, 12)

/** The network of a name, a full id or a unique id prefix; undefined if there is none. */
export function findNetwork(engine: Engine, name: string): Network | undefined {
  const exact = engine.networksByName.get(name) ?? engine.networks.get(name)
  if (exact) return exact
  if (name === '') return undefined
  const byPrefix = [...engine.networks.values()].filter((network) => network.id.startsWith(name))
  if (byPrefix.length > 1)
    throw new EngineError(
      'invalid',
      `network ${name} is ambiguous (${byPrefix.length} matches found on ID prefix)`,
    )
  return byPrefix[0]
}

/** The network of a name or id. Throws EngineError `network x not found`. */
export function requireNetwork(engine: Engine, name: string): Network {
  const network = findNetwork(engine, name)
  if (!network) throw new EngineError('notFound', `network ${name} not found`)
  return network
}

/** A network on which the embedded DNS server answers: any that a user made. */
export const isUserDefined = (network: Network): boolean => !network.predefined
export const isUserDefinedName = (name: string): boolean =>
  !['bridge', 'host', 'none', 'default'].includes(name) && !name.startsWith('container:')
