// docker network connect, as the daemon sees it (moby daemon/container_operations.go, ConnectToNetwork).

import { freezeDeep } from '../../base/freeze.ts'
import { type Attachment, type Container, isRunning, requireContainer } from '../container/container.ts'
import { type Engine, worded } from '../engine.ts'
import { EngineError } from '../error.ts'
import { joinReasons, refusals } from './endpoint.ts'
import { join } from './join.ts'
import { findNetwork, isUserDefinedName, type Network, requireNetwork } from './network.ts'

export interface EndpointSettings {
  readonly ip4: string
  readonly ip6: string
  readonly mac: string
  readonly aliases: readonly string[]
  readonly links: readonly string[]
  readonly driverOptions: ReadonlyMap<string, string>
  readonly gatewayPriority: number
  readonly linkLocalIps: readonly string[]
}

export const plainSettings: EndpointSettings = freezeDeep({
  ip4: '',
  ip6: '',
  mac: '',
  aliases: [],
  links: [],
  driverOptions: new Map(),
  gatewayPriority: 0,
  linkLocalIps: [],
})

/** Connects a container to a network; a stopped one is only noted down for its next start. Throws EngineError. */
export function connect(
  engine: Engine,
  networkName: string,
  containerName: string,
  settings: EndpointSettings,
): void {
  const container = requireContainer(engine, containerName)
  if (!isRunning(container)) return note(engine, container, networkName, settings)
  const network = requireNetwork(engine, networkName)
  if (container.host.networkMode.startsWith('container:')) throw sharesNamespace()
  refuseSettings(engine, network, settings)
  refuse(engine, container, network)
  if (container.attachments.get(network.name)?.endpoint)
    throw new EngineError(
      'forbidden',
      `endpoint with name ${container.name} already exists in network ${network.name}`,
    )
  const attachment = newAttachment(network.name, settings, true, container.name)
  container.attachments.set(network.name, attachment)
  // The attachment stays even if this fails, as the daemon's record does.
  join(engine, container, attachment, network)
}

export function newAttachment(
  networkName: string,
  settings: EndpointSettings,
  connected: boolean,
  containerName = '',
): Attachment {
  const named = isUserDefinedName(networkName) ? containerName : ''
  return { networkName, networkId: '', named, connected, endpoint: undefined, ...settings }
}

/** Even a network that does not exist is noted down; the start will not find it. What was noted before stays. */
function note(engine: Engine, container: Container, networkName: string, settings: EndpointSettings): void {
  const network = findNetwork(engine, networkName)
  if (network) {
    refuseSettings(engine, network, settings)
    refuse(engine, container, network)
  }
  const name = network?.name ?? networkName
  if (!container.attachments.has(name))
    container.attachments.set(name, newAttachment(name, settings, true, container.name))
}

/** The networks host and none go with no other (moby daemon/container_operations.go, updateNetworkSettings). */
function refuse(engine: Engine, { host, attachments }: Container, network: Network): void {
  if (network.driver.name === 'host' && host.networkMode !== 'host')
    throw new EngineError(
      'forbidden',
      worded(engine, {
        '19.03': 'container cannot be disconnected from host network or connected to host network',
        '28': 'cannot connect container to host network - container must be created in host network mode',
      }),
    )
  if (attachments.has(network.name) || attachments.size === 0) return
  if (network.driver.name === 'host' || attachments.has('host')) throw sharesNamespace()
  if (network.driver.name === 'null' || attachments.has('none'))
    throw new EngineError(
      'forbidden',
      'container cannot be connected to multiple networks with one of the networks in private (none) mode',
    )
}

/** What a container says that has no namespace of its own. */
export const sharesNamespace = (): EngineError =>
  new EngineError(
    'forbidden',
    'container sharing network namespace with another container or host cannot be connected to any other network',
  )

function refuseSettings(engine: Engine, network: Network, settings: EndpointSettings): void {
  const reasons = refusals(engine, network, network.name, settings)
  if (reasons.length === 0) return
  if (engine.traits.endpointChecks === 'at-create')
    throw new EngineError('invalid', `invalid endpoint settings:${joinReasons(reasons)}`)
  throw new EngineError('invalid', reasons[0] ?? '')
}
