// NetworkSettings of a container: its sandbox, its published ports, and its place on each network
// (facts: networking §4.2; moby daemon/network.go, daemon/inspect.go).

import { type Ip, printIp } from '../base/ip.ts'
import { printMac } from '../base/mac.ts'
import { type Attachment, type Container, isRunning, shortId } from '../engine/container/container.ts'
import type { Engine } from '../engine/engine.ts'
import { dnsNamesOf } from '../engine/network/endpoint.ts'
import { gatewayOf } from '../engine/network/gateway.ts'
import type { Endpoint } from '../engine/network/network.ts'
import { prefixLength } from './network.ts'
import { inOrder, type JsonRecord, sortedRecord } from './record.ts'
import type { ApiTraits } from './traits.ts'

export function networkSettingsView(engine: Engine, container: Container, traits: ApiTraits): JsonRecord {
  const shares = container.host.networkMode.startsWith('container:')
  const sandbox = shares ? undefined : sandboxOf(container, traits)
  const onBridge = container.attachments.get('bridge')?.endpoint
  return inOrder(
    {
      Bridge: '',
      SandboxID: sandbox?.id ?? '',
      SandboxKey: sandbox?.key ?? '',
      Ports: sortedRecord(portsOf(engine, container)),
      HairpinMode: false,
      LinkLocalIPv6Address: '',
      LinkLocalIPv6PrefixLen: 0,
      SecondaryIPAddresses: null,
      SecondaryIPv6Addresses: null,
      EndpointID: onBridge?.id ?? '',
      ...addressesView(engine, onBridge),
      MacAddress: macView(onBridge),
      Networks: networksView(engine, container, traits),
    },
    traits.networkSettings,
  )
}

const sandboxOf = (container: Container, traits: ApiTraits): { id: string; key: string } | undefined =>
  container.sandbox ?? (traits.keepsSandbox ? container.lastSandbox : undefined)

/** By network name. */
export function networksView(engine: Engine, container: Container, traits: ApiTraits): JsonRecord {
  return sortedRecord(
    [...container.attachments.values()].map((attachment) => [
      attachment.networkName,
      endpointView(engine, container, attachment, traits),
    ]),
  )
}

function endpointView(
  engine: Engine,
  container: Container,
  attachment: Attachment,
  traits: ApiTraits,
): JsonRecord {
  const { endpoint, connected } = attachment
  const links = attachment.links.length > 0 ? attachment.links : null
  return inOrder(
    {
      IPAMConfig: ipamConfigView(attachment),
      Links: links,
      Aliases: aliasesView(engine, container, attachment),
      NetworkID: attachment.networkId,
      EndpointID: endpoint?.id ?? '',
      ...addressesView(engine, endpoint),
      MacAddress: macView(endpoint),
      DriverOpts:
        connected || attachment.driverOptions.size > 0 ? sortedRecord(attachment.driverOptions) : null,
      GwPriority: attachment.gatewayPriority,
      DNSNames: attachment.named ? dnsNamesOf(engine, container, attachment) : null,
    },
    traits.endpoint,
  )
}

function ipamConfigView({ connected, ip4, ip6, linkLocalIps }: Attachment): JsonRecord | null {
  const config = {
    ...(ip4 !== '' && { IPv4Address: ip4 }),
    ...(ip6 !== '' && { IPv6Address: ip6 }),
    ...(linkLocalIps.length > 0 && { LinkLocalIPs: linkLocalIps }),
  }
  return connected || Object.keys(config).length > 0 ? config : null
}

/** Older releases count the short id and a chosen hostname among the aliases. */
function aliasesView(
  engine: Engine,
  { id, config }: Container,
  { aliases, connected, named }: Attachment,
): readonly string[] | null {
  const own = [...aliases]
  if (engine.traits.aliasesShowId && named) {
    const more = [shortId(id)]
    if (config.hostnameGiven && engine.traits.hostnameIsAlias) more.push(config.hostname)
    own.push(...more.filter((name) => !aliases.includes(name)))
  }
  return own.length > 0 || connected ? own : null
}

function addressesView(engine: Engine, endpoint: Endpoint | undefined): JsonRecord {
  const gateway = (family: 4 | 6): string => {
    const ip = endpoint && gatewayOf(engine, endpoint, family)
    return ip === undefined ? '' : printIp(ip)
  }
  const length = (ip: Ip | undefined): number =>
    endpoint && ip !== undefined ? prefixLength(endpoint, ip) : 0
  const print = (ip: Ip | undefined): string => (ip === undefined ? '' : printIp(ip))
  return {
    Gateway: gateway(4),
    IPAddress: print(endpoint?.ip4),
    IPPrefixLen: length(endpoint?.ip4),
    IPv6Gateway: gateway(6),
    GlobalIPv6Address: print(endpoint?.ip6),
    GlobalIPv6PrefixLen: length(endpoint?.ip6),
  }
}

const macView = (endpoint: Endpoint | undefined): string =>
  endpoint?.mac === undefined ? '' : printMac(endpoint.mac)

/** Where each port of a running container is published; null where it is only exposed. By `80/tcp`. */
export function portsOf({ traits }: Engine, container: Container): Map<string, readonly HostPort[] | null> {
  const ports = new Map<string, readonly HostPort[] | null>()
  if (!isRunning(container) || !reachable(container, traits.showsPortsOfInternal)) return ports
  for (const exposed of exposedBy(container)) ports.set(exposed, null)
  for (const { protocol, hostIp, hostPort, containerPort } of container.mappings) {
    const port = `${containerPort}/${protocol}`
    // Where packets are routed to the container no port of the host is taken.
    const here = { HostIp: printIp(hostIp), HostPort: hostPort === 0 ? '' : String(hostPort) }
    ports.set(port, [...(ports.get(port) ?? []), here])
  }
  return ports
}

export interface HostPort {
  readonly HostIp: string
  readonly HostPort: string
}

/** Ports belong to an endpoint whose driver can publish them. */
const reachable = ({ attachments, mappings }: Container, evenInternal: boolean): boolean =>
  mappings.length > 0 ||
  [...attachments.values()].some(
    ({ endpoint }) => endpoint?.network.driver.publishes && (evenInternal || !endpoint.network.internal),
  )

const exposedBy = ({ config, host }: Container): string[] => [
  ...config.exposedPorts,
  ...host.portBindings.map(({ containerPort, protocol }) => `${containerPort}/${protocol}`),
]
