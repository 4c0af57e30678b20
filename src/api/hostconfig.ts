// HostConfig of a container: what was asked of the host. What docksim does not act on is kept in the container's
// record; the rest are Docker's defaults.

import type { Container, HostConfig } from '../engine/container/container.ts'
import type { PortBinding } from '../engine/network/portmap.ts'
import { requestView } from './mounts.ts'
import { inOrder, type JsonRecord, sortedRecord } from './record.ts'
import type { ApiTraits } from './traits.ts'

export function hostConfigView(container: Container, traits: ApiTraits): JsonRecord {
  const { host } = container
  const kept = Object.fromEntries(host.kept)
  return inOrder(
    {
      ...traits.hostDefaults,
      ...privilegedView(host),
      ...swapView(kept),
      ...kept,
      ...actingView(container, traits),
    },
    traits.hostConfig,
  )
}

/** The settings that have an effect. */
function actingView(container: Container, traits: ApiTraits): JsonRecord {
  const { host } = container
  return {
    Binds: orNull(host.binds),
    NetworkMode: host.networkMode,
    PortBindings: bindingsView(host.portBindings),
    RestartPolicy: {
      Name: host.restartPolicy.name,
      MaximumRetryCount: host.restartPolicy.maximumRetryCount,
    },
    AutoRemove: host.autoRemove,
    CapAdd: orNull(host.capAdd),
    CapDrop: orNull(host.capDrop),
    Dns: host.dns.length > 0 ? host.dns : traits.absentServers,
    DnsOptions: host.dnsOptions,
    DnsSearch: host.dnsSearch,
    ExtraHosts: orNull(host.extraHosts),
    Links: orNull(host.links.map((link) => `/${link.container.name}:/${container.name}/${link.alias}`)),
    Privileged: host.privileged,
    PublishAllPorts: host.publishAllPorts,
    ReadonlyRootfs: host.readonlyRootfs,
    ...(host.sysctls.size > 0 && { Sysctls: sortedRecord(host.sysctls) }),
    ...(host.tmpfs.size > 0 && { Tmpfs: sortedRecord(host.tmpfs) }),
    VolumeDriver: host.volumeDriver,
    VolumesFrom: orNull(host.volumesFrom),
    ...(host.mounts.length > 0 && { Mounts: host.mounts.map(requestView) }),
    ...(host.init !== undefined && { Init: host.init }),
  }
}

const orNull = <Item>(list: readonly Item[]): readonly Item[] | null => (list.length > 0 ? list : null)

/** `{"80/tcp": [{"HostIp": "", "HostPort": "8080"}]}`, as it was asked. */
function bindingsView(bindings: readonly PortBinding[]): JsonRecord {
  const byPort = new Map<string, JsonRecord[]>()
  for (const { containerPort, protocol, hostIp, hostPort } of bindings) {
    const port = `${containerPort}/${protocol}`
    byPort.set(port, [...(byPort.get(port) ?? []), { HostIp: hostIp, HostPort: hostPort }])
  }
  return sortedRecord(byPort)
}

/** A privileged container hides no paths, and has no labels. */
const privilegedView = ({ privileged }: HostConfig): JsonRecord =>
  privileged ? { MaskedPaths: null, ReadonlyPaths: null, SecurityOpt: ['label=disable'] } : {}

/** Without a word about swap the daemon allows as much of it as of memory. */
function swapView({ Memory }: JsonRecord): JsonRecord {
  const memory = Number(Memory ?? 0)
  return memory > 0 ? { MemorySwap: memory * 2 } : {}
}
