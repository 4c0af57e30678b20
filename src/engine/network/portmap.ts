// Published ports: which host ports are taken, and what is set up for each (moby libnetwork/portmapper and
// portallocator). A mapping is a DNAT rule and a docker-proxy process.

import { Errno } from '../../base/errno.ts'
import { anyIp4, anyIp6, familyOf, type Ip, isAny, parseIp, printIp } from '../../base/ip.ts'
import type { Process } from '../../kernel/process.ts'
import { readSysctl } from '../../net/sysctl.ts'
import { type Engine, worded } from '../engine.ts'
import { EngineError } from '../error.ts'
import { type Endpoint, gatewayModeOf } from './network.ts'
import { startProxy, stopProxy } from './proxy.ts'

export type PortProtocol = 'tcp' | 'udp' | 'sctp'

/** A port as it was asked to be published (`-p`). */
export interface PortBinding {
  readonly containerPort: number
  readonly protocol: PortProtocol
  /** As typed; '' if none was given. */
  readonly hostIp: string
  /** '' for a random port; `8000-8010` for the first free of a range. */
  readonly hostPort: string
}

export interface PortMapping {
  readonly endpoint: Endpoint
  readonly protocol: PortProtocol
  readonly hostIp: Ip
  readonly hostPort: number
  readonly containerIp: Ip
  readonly containerPort: number
  readonly proxy: Process | undefined
}

export interface PortAllocator {
  /** `tcp` → port → addresses on which it is taken. */
  readonly taken: Map<PortProtocol, Map<number, Set<Ip>>>
  /** The last random port handed out, by protocol. */
  readonly cursor: Map<PortProtocol, number>
}

export const createPortAllocator = (): PortAllocator => ({ taken: new Map(), cursor: new Map() })

/**
 * Publishes one port on all addresses that the release binds for it.
 * Throws EngineError (port is already allocated, failed to bind…); then nothing of it is left.
 */
export function publish(engine: Engine, endpoint: Endpoint, binding: PortBinding): PortMapping[] {
  const { protocol, containerPort } = binding
  const all = hostAddresses(engine, endpoint, binding)
  const addresses = all.filter((hostIp) => !isRouted(endpoint, hostIp))
  const hostPort = addresses.length === 0 ? 0 : allocate(engine, endpoint, binding, addresses)
  const mappings: PortMapping[] = []
  try {
    for (const hostIp of all) {
      const containerIp = insideOf(endpoint, hostIp)
      if (containerIp === undefined) continue
      const routed = isRouted(endpoint, hostIp)
      const mapping = {
        endpoint,
        protocol,
        hostIp,
        hostPort: routed ? 0 : hostPort,
        containerIp,
        containerPort,
      }
      mappings.push({ ...mapping, proxy: routed ? undefined : listen(engine, mapping) })
      engine.traits.firewall.addMapping(engine, mappings.at(-1) as PortMapping)
    }
  } catch (cause) {
    for (const hostIp of addresses) giveBack(engine.ports, protocol, hostPort, hostIp)
    for (const mapping of mappings) unpublish(engine, mapping)
    throw cause
  }
  return mappings
}

export function unpublish(engine: Engine, mapping: PortMapping): void {
  engine.traits.firewall.removeMapping(engine, mapping)
  giveBack(engine.ports, mapping.protocol, mapping.hostPort, mapping.hostIp)
  if (mapping.proxy) stopProxy(mapping.proxy)
}

/**
 * Where a port is published: where it was asked for, else on all addresses of the families that the container has.
 * IPv6 clients come to a container without IPv6 by the proxy, if no other address was chosen for the network.
 */
function hostAddresses(engine: Engine, endpoint: Endpoint, binding: PortBinding): Ip[] {
  const asked = parseHostIp(binding.hostIp)
  if (asked !== undefined) return [asked]
  const chosen = endpoint.network.bridge?.hostBinding
  const four = endpoint.ip4 === undefined ? [] : [chosen ?? anyIp4]
  const byProxy = chosen === undefined && endpoint.ip4 !== undefined
  const six = engine.traits.publishesOnIp6 && (endpoint.ip6 !== undefined || byProxy) ? [anyIp6] : []
  return [...four, ...six]
}

/** The container's address behind a published one: of the same family if it has one, else of IPv4 by the proxy. */
function insideOf({ ip4, ip6 }: Endpoint, hostIp: Ip): Ip | undefined {
  return familyOf(hostIp) === 4 ? ip4 : (ip6 ?? ip4)
}

/** Where packets are routed, no port of the host is taken; the container's is only let through. */
function isRouted({ network: { bridge }, ip6 }: Endpoint, hostIp: Ip): boolean {
  const family = familyOf(hostIp)
  if (!bridge || (family === 6 && ip6 === undefined)) return false
  return gatewayModeOf(bridge, family) === 'routed'
}

function parseHostIp(text: string): Ip | undefined {
  return text === '' ? undefined : parseIp(text)
}

function allocate(
  engine: Engine,
  endpoint: Endpoint,
  binding: PortBinding,
  addresses: readonly Ip[],
): number {
  const { protocol } = binding
  const [first, last] = portRange(engine, binding)
  const isRandom = binding.hostPort === '' || binding.hostPort === '0'
  const count = last - first + 1
  const start = isRandom ? (engine.ports.cursor.get(protocol) ?? first - 1) + 1 - first : 0
  for (let step = 0; step < count; step++) {
    const port = first + ((start + step) % count)
    if (addresses.some((hostIp) => isAllocated(engine, protocol, port, hostIp))) continue
    if (isRandom) engine.ports.cursor.set(protocol, port)
    for (const hostIp of addresses) take(engine.ports, protocol, port, hostIp)
    return port
  }
  const twice = endpoint.container.mappings.some(
    (mapping) => mapping.hostPort === first && mapping.containerPort === binding.containerPort,
  )
  if (twice && protocol === 'tcp' && engine.traits.portClashes === 'overlapping')
    throw externalConnectivity(endpoint, 'failed to listen on TCP socket: address already in use')
  const held =
    engine.traits.portClashes === 'overlapping' ? holderOf(engine, protocol, first, addresses) : undefined
  const where = `${printHost(held ?? addresses[0] ?? anyIp4)}:${first}`
  const reason =
    count === 1 ? `Bind for ${where} failed: port is already allocated` : 'all ports are allocated'
  throw externalConnectivity(endpoint, reason)
}

function portRange(engine: Engine, { hostPort }: PortBinding): [number, number] {
  if (hostPort === '' || hostPort === '0') {
    const range = readSysctl(engine.machine.namespaces.net, 'net.ipv4.ip_local_port_range') ?? '32768\t60999'
    const [first, last] = range.split(/\s+/).map(Number)
    return [first ?? 32768, last ?? 60999]
  }
  const [first, last] = hostPort.split('-').map(Number)
  return [first ?? 0, last ?? first ?? 0]
}

/** The proxy listens on the host: a process there may have the port already. */
function listen(engine: Engine, mapping: Omit<PortMapping, 'proxy'>): Process | undefined {
  if (!engine.config.userlandProxy) return undefined
  try {
    return startProxy(engine, mapping)
  } catch (cause) {
    if (!(cause instanceof Errno)) throw cause
    throw externalConnectivity(mapping.endpoint, bindFailure(engine, mapping, cause))
  }
}

function bindFailure(engine: Engine, mapping: Omit<PortMapping, 'proxy'>, errno: Errno): string {
  const { protocol, hostPort } = mapping
  const host = printHost(mapping.hostIp)
  const reason = errno.code === 'EADDRINUSE' ? 'address already in use' : 'cannot assign requested address'
  const inside = `${printHost(mapping.containerIp)}:${mapping.containerPort}`
  const family = typeof mapping.hostIp === 'number' ? 4 : 6
  return worded(engine, {
    '19.03': `Error starting userland proxy: listen ${protocol}${family} ${host}:${hostPort}: bind: ${reason}`,
    '28': `failed to bind host port for ${host}:${hostPort}:${inside}/${protocol}: ${reason}`,
    '29': `failed to bind host port ${host}:${hostPort}/${protocol}: ${reason}`,
  })
}

/** Why a container's ports could not be published. */
function externalConnectivity(endpoint: Endpoint, reason: string): EngineError {
  const name = endpoint.container.name
  return new EngineError(
    'system',
    `driver failed programming external connectivity on endpoint ${name} (${endpoint.id}): ${reason}`,
  )
}

const printHost = (ip: Ip): string => (typeof ip === 'number' ? printIp(ip) : `[${printIp(ip)}]`)

function isAllocated({ ports, traits }: Engine, protocol: PortProtocol, port: number, hostIp: Ip): boolean {
  const addresses = ports.taken.get(protocol)?.get(port)
  if (!addresses) return false
  if (traits.portClashes === 'same-address') return addresses.has(hostIp)
  const family = typeof hostIp
  for (const other of addresses)
    if (typeof other === family && (other === hostIp || isAny(other) || isAny(hostIp))) return true
  return false
}

/** The address on which the port is taken (portallocator). */
function holderOf(
  engine: Engine,
  protocol: PortProtocol,
  port: number,
  addresses: readonly Ip[],
): Ip | undefined {
  const hostIp = addresses.find((asked) => isAllocated(engine, protocol, port, asked))
  if (hostIp === undefined) return undefined
  const owners = [...(engine.ports.taken.get(protocol)?.get(port) ?? [])]
  if (owners.includes(hostIp)) return hostIp
  return owners.find((owner) => typeof owner === typeof hostIp && (isAny(owner) || isAny(hostIp)))
}

function take(ports: PortAllocator, protocol: PortProtocol, port: number, hostIp: Ip): void {
  const byPort = ports.taken.get(protocol) ?? new Map<number, Set<Ip>>()
  ports.taken.set(protocol, byPort)
  const addresses = byPort.get(port) ?? new Set<Ip>()
  byPort.set(port, addresses.add(hostIp))
}

function giveBack(ports: PortAllocator, protocol: PortProtocol, port: number, hostIp: Ip): void {
  const byPort = ports.taken.get(protocol)
  const addresses = byPort?.get(port)
  addresses?.delete(hostIp)
  if (addresses?.size === 0) byPort?.delete(port)
}
