// A sandbox: a container's network namespace as the engine sees it, with the endpoints that are in it.

import { drawHex } from '../../base/random.ts'
import { createNamespace, deleteNamespace, type Namespace } from '../../net/namespace.ts'
import { readSysctl, writeSysctl } from '../../net/sysctl.ts'
import { type Engine, randomOf } from '../engine.ts'
import type { Endpoint } from './network.ts'
import type { Resolver } from './resolver.ts'

export interface Sandbox {
  /** 64 hex digits. */
  readonly id: string
  /** `/var/run/docker/netns/` and the first twelve digits; `default` for the host's. */
  readonly key: string
  readonly namespace: Namespace
  /** Whether the namespace is the machine's own (network mode host). */
  readonly isHost: boolean
  /** In the order of connection. */
  readonly endpoints: Endpoint[]
  /** The embedded DNS server, once the container is on a user-defined network. */
  resolver: Resolver | undefined
  /** The number of the next interface by prefix, where numbers are never used again. */
  readonly nextInterface: Map<string, number>
}

/** A new namespace of its own, or the machine's. */
export function createSandbox(engine: Engine, name: string, isHost: boolean): Sandbox {
  const id = drawHex(randomOf(engine), 'sandbox-id', 64)
  const { machine } = engine
  return {
    id,
    key: `/var/run/docker/netns/${isHost ? 'default' : id.slice(0, 12)}`,
    namespace: isHost ? machine.namespaces.net : createNamespace(machine.fabric, `${machine.name}/${name}`),
    isHost,
    endpoints: [],
    resolver: undefined,
    nextInterface: new Map(),
  }
}

/** Older releases have IPv6 on the loopback while an interface has it (libnetwork osl/namespace_linux.go, checkLoV6). */
export function switchLoopbackIp6({ traits }: Engine, { isHost, namespace, endpoints }: Sandbox): void {
  if (isHost || traits.ip6Unasked !== 'disabled') return
  const wanted = endpoints.some(({ ip6 }) => ip6 !== undefined) ? '0' : '1'
  if (readSysctl(namespace, loopbackSetting) !== wanted) writeSysctl(namespace, loopbackSetting, wanted)
}

const loopbackSetting = 'net.ipv6.conf.lo.disable_ipv6'

export function deleteSandbox(sandbox: Sandbox): void {
  if (!sandbox.isHost) deleteNamespace(sandbox.namespace)
}
