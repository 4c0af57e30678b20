// Which ports of a container are published by which of its endpoints.

import type { Container } from '../container/container.ts'
import type { Engine } from '../engine.ts'
import { inOrder as inGatewayOrder, leadsOut } from './gateway.ts'
import type { Endpoint } from './network.ts'
import { type PortBinding, type PortMapping, publish, unpublish } from './portmap.ts'
import type { Sandbox } from './sandbox.ts'

/**
 * The endpoint by which the outside is reached, and which so carries the ports (libnetwork getGatewayEndpoint). That of a
 * macvlan or ipvlan network carries none, and no other does so in its place.
 */
export const externalEndpoint = (engine: Engine, sandbox: Sandbox): Endpoint | undefined =>
  inGatewayOrder(sandbox.endpoints).find((endpoint) =>
    ([4, 6] as const).some((family) => leadsOut(engine, endpoint, family)),
  )

/**
 * After `endpoint` has joined: if the outside is reached by it now, the ports move to it. Throws EngineError.
 * An internal network gets none this way (libnetwork endpoint.go, sbJoin).
 */
export function bringPorts(engine: Engine, container: Container, sandbox: Sandbox, endpoint: Endpoint): void {
  if (externalEndpoint(engine, sandbox) !== endpoint) return
  for (const other of sandbox.endpoints) unpublishPorts(engine, container, other)
  if (!endpoint.network.internal) publishPorts(engine, container, endpoint)
}

/** Publishes the container's ports. Throws EngineError; what was published before stays in `container.mappings`. */
export function publishPorts(engine: Engine, container: Container, endpoint: Endpoint): void {
  if (!endpoint.network.driver.publishes) return
  for (const binding of inOrder(engine, container))
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

function inOrder(engine: Engine, container: Container): PortBinding[] {
  const bindings = bindingsOf(container)
  if (engine.traits.portOrder === 'descending') return insideOut(bindings, container.host.portBindings)
  return [...bindings].sort(
    (a, b) =>
      Number(isVague(a)) - Number(isVague(b)) ||
      a.containerPort - b.containerPort ||
      protocols.indexOf(a.protocol) - protocols.indexOf(b.protocol) ||
      firstHostPort(a) - firstHostPort(b),
  )
}

const protocols: readonly PortBinding['protocol'][] = ['tcp', 'udp', 'sctp']

const isVague = ({ hostPort }: PortBinding): boolean =>
  hostPort === '' || hostPort === '0' || hostPort.includes('-')

const firstHostPort = ({ hostPort }: PortBinding): number => Number.parseInt(hostPort, 10) || 0

/** Those that `-p` names first; the highest port of the container first, and of one port the last binding (recorded). */
function insideOut(bindings: readonly PortBinding[], named: readonly PortBinding[]): PortBinding[] {
  return [...bindings]
    .reverse()
    .sort(
      (a, b) =>
        Number(named.includes(b)) - Number(named.includes(a)) ||
        b.containerPort - a.containerPort ||
        protocols.indexOf(a.protocol) - protocols.indexOf(b.protocol),
    )
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
