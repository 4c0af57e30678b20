// docker network disconnect, as the daemon sees it (moby daemon/container_operations.go, DisconnectFromNetwork).

import { type Container, findContainer, isRunning, requireContainer } from '../container/container.ts'
import { type Engine, worded } from '../engine.ts'
import { EngineError } from '../error.ts'
import { logEvent } from '../event/log.ts'
import { networkEventAttributes } from './endpoint.ts'
import { leave } from './join.ts'
import { findNetwork, type Network, requireNetwork } from './network.ts'

/** Takes a container off a network. Throws EngineError. */
export function disconnect(engine: Engine, networkName: string, containerName: string, force: boolean): void {
  const container = force ? findContainer(engine, containerName) : requireContainer(engine, containerName)
  if (!container) {
    requireNetwork(engine, networkName)
    throw new EngineError('notFound', `endpoint ${containerName} not found`)
  }
  if (!isRunning(container)) return forget(engine, container, networkName)
  const network = requireNetwork(engine, networkName)
  refuseHost(engine, container, network)
  const attachment = container.attachments.get(network.name)
  if (!attachment?.endpoint)
    throw new EngineError(
      'forbidden',
      `container ${container.id} is not connected to network ${network.name}`,
    )
  const { endpoint } = attachment
  leave(engine, container, attachment, endpoint)
  if (engine.traits.disconnectEvents === 'twice')
    logEvent(engine, 'network', 'disconnect', network.id, networkEventAttributes(endpoint))
  container.attachments.delete(network.name)
}

function forget(engine: Engine, container: Container, networkName: string): void {
  const name = findNetwork(engine, networkName)?.name ?? networkName
  if (!container.attachments.delete(name))
    throw new EngineError('forbidden', `container ${container.id} is not connected to the network ${name}`)
}

function refuseHost(engine: Engine, container: Container, network: Network): void {
  if (network.driver.name !== 'host' || container.host.networkMode !== 'host') return
  throw new EngineError(
    'forbidden',
    worded(engine, {
      '19.03': 'container cannot be disconnected from host network or connected to host network',
      '28': 'cannot disconnect container from host network - container was created in host network mode',
    }),
  )
}
