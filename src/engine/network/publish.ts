// Which ports of a container are published by which of its endpoints.

import type { Container } from '../container/container.ts'
import type { Engine } from '../engine.ts'
import type { Endpoint } from './network.ts'
import { type PortBinding, type PortMapping, publish, unpublish } from './portmap.ts'

/**
 * Publishes the container's ports on the endpoint, if it is the first that can carry them.
 * Throws EngineError; what was published before stays in `container.mappings`.
 */
export function publishPorts(engine: Engine, container: Container, endpoint: Endpoint): void {
  const { network } = endpoint
  if (!network.driver.publishes || network.internal || container.mappings.length > 0) return
  for (const binding of inOrder(engine, bindingsOf(container)))
    container.mappings.push(...publish(engine, endpoint, binding))
}

export function unpublishPorts(engine: Engine, container: Container, endpoint: Endpoint): void {
  const kept: PortMapping[] = []
  for (const mapping of container.mappings) {
    if (mapping.endpoint === endpoint) unpublish(engine, mapping)
    else kept.push(mapping)
  }
  container.mappings = kept
}

function inOrder(engine: Engine, bindings: readonly PortBinding[]): PortBinding[] {
  const sign = engine.traits.portOrder === 'ascending' ? 1 : -1
  return [...bindings].sort((a, b) => sign * (a.containerPort - b.containerPort))
}

/** What `-p` asked for, and with `-P` every exposed port that `-p` did not name. */
function bindingsOf({ host, config }: Container): PortBinding[] {
  const bindings = [...host.portBindings]
  if (!host.publishAllPorts) return bindings
  for (const exposed of config.exposedPorts) {
    const [port = '', protocol = 'tcp'] = exposed.split('/')
    const named = bindings.some(
      (other) => other.containerPort === Number(port) && other.protocol === protocol,
    )
    if (!named)
      bindings.push({
        containerPort: Number(port),
        protocol: protocol as PortBinding['protocol'],
        hostIp: '',
        hostPort: '',
      })
  }
  return bindings
}
