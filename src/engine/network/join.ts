// Joining and leaving: an endpoint goes into a container's sandbox, with its ports, names and routes, and comes out
// again (moby libnetwork sandbox.go, daemon/container_operations.go).

import { type Ip, parseIp } from '../../base/ip.ts'
import { readSysctl, writeSysctl } from '../../net/sysctl.ts'
import type { Attachment, Container } from '../container/container.ts'
import type { Engine } from '../engine.ts'
import { EngineError } from '../error.ts'
import { dropEndpoint, endpointSysctls, makeEndpoint } from './endpoint.ts'
import { chooseGateway } from './gateway.ts'
import { addOwnHosts, removeOwnHosts } from './hosts.ts'
import { type Endpoint, isUserDefined, type Network } from './network.ts'
import { bringPorts, externalEndpoint, publishPorts, unpublishPorts } from './publish.ts'
import { writeResolvConf } from './resolvconf.ts'
import { startResolver } from './resolver.ts'
import { type Sandbox, switchLoopbackIp6 } from './sandbox.ts'

/** Puts a running container on a network. Throws EngineError; then it is not on it, or has no ports (`withoutPorts`). */
export function join(
  engine: Engine,
  container: Container,
  attachment: Attachment,
  network: Network,
  interfaceName?: string,
): Endpoint {
  const sandbox = container.sandbox as Sandbox
  const endpoint = makeEndpoint(engine, container, attachment, network)
  try {
    const asked = attachment.driverOptions.get('com.docker.network.endpoint.ifname')
    const name = interfaceName ?? nextInterface(engine, sandbox, network, asked)
    network.driver.join(engine, sandbox, endpoint, name, linkLocalIps(attachment))
    writeInterfaceSysctls(engine, sandbox, attachment, name)
    sandbox.endpoints.push(endpoint)
    switchLoopbackIp6(engine, sandbox)
  } catch (cause) {
    leave(engine, container, attachment, endpoint)
    throw cause
  }
  let failure: unknown
  try {
    bringPorts(engine, container, sandbox, endpoint)
  } catch (cause) {
    unpublishPorts(engine, container, endpoint)
    failure = cause
    if (engine.traits.withoutPorts === 'leaves') {
      leave(engine, container, attachment, endpoint)
      throw cause
    }
  }
  addOwnHosts(container, endpoint)
  if (isUserDefined(network)) useResolver(engine, container, sandbox)
  else if (sandbox.endpoints.length === 1) writeResolvConf(engine, container)
  chooseGateway(engine, sandbox)
  if (failure !== undefined) throw failure
  return endpoint
}

/** Takes a container off a network; its ports go on by another one. */
export function leave(
  engine: Engine,
  container: Container,
  attachment: Attachment,
  endpoint: Endpoint,
): void {
  const sandbox = container.sandbox as Sandbox
  const external = externalEndpoint(engine, sandbox) === endpoint
  takeOff(engine, container, attachment, endpoint)
  const next = external ? externalEndpoint(engine, sandbox) : undefined
  if (next) publishPorts(engine, container, next)
}

/** Takes a container off a network; its ports are gone. */
export function takeOff(
  engine: Engine,
  container: Container,
  attachment: Attachment,
  endpoint: Endpoint,
): void {
  const sandbox = container.sandbox as Sandbox
  unpublishPorts(engine, container, endpoint)
  endpoint.network.driver.leave(engine, sandbox, endpoint)
  const index = sandbox.endpoints.indexOf(endpoint)
  if (index >= 0) sandbox.endpoints.splice(index, 1)
  switchLoopbackIp6(engine, sandbox)
  dropEndpoint(engine, attachment, endpoint)
  removeOwnHosts(engine, container, endpoint)
  chooseGateway(engine, sandbox)
}

/** The name of the next interface; '' where there is none to be named. */
export function nextInterface(engine: Engine, sandbox: Sandbox, network: Network, asked?: string): string {
  if (!network.driver.addressed) return ''
  if (asked && engine.traits.namesInterfaces) return asked
  const prefix = network.bridge?.interfacePrefix ?? 'eth'
  if (engine.traits.interfaceNumbers === 'fresh') {
    const number = sandbox.nextInterface.get(prefix) ?? 0
    sandbox.nextInterface.set(prefix, number + 1)
    return `${prefix}${number}`
  }
  let number = 0
  while (sandbox.namespace.linksByName.has(`${prefix}${number}`)) number++
  return `${prefix}${number}`
}

/** Young releases take settings of one interface with its endpoint. Throws EngineError for one that is not there. */
function writeInterfaceSysctls(
  { traits }: Engine,
  { namespace }: Sandbox,
  { driverOptions }: Attachment,
  interfaceName: string,
): void {
  const text = driverOptions.get(endpointSysctls)
  if (!text || !traits.namesInterfaces) return
  for (const setting of text.split(',')) {
    const [key = '', value = ''] = setting.split('=')
    const name = key.replace('IFNAME', interfaceName)
    if (readSysctl(namespace, name) === undefined)
      throw new EngineError('system', `failed to write sysctl ${name}: no such file or directory`)
    writeSysctl(namespace, name, value)
  }
}

const linkLocalIps = ({ linkLocalIps: given }: Attachment): Ip[] =>
  given.flatMap((text) => parseIp(text) ?? [])

function useResolver(engine: Engine, container: Container, sandbox: Sandbox): void {
  if (sandbox.resolver || sandbox.isHost) return
  sandbox.resolver = startResolver(engine, container, sandbox)
  writeResolvConf(engine, container)
}
