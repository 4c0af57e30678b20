// docker stats, as the daemon sees it (moby daemon/stats): what a container uses now, from what the machine counts.

import type { Duration, Instant } from '../../base/instant.ts'
import { hardware } from '../../kernel/hardware.ts'
import { isLoopbackLink, type LinkCounters } from '../../net/link/link.ts'
import { type Engine, schedulerOf } from '../engine.ts'
import type { Container } from './container.ts'
import { processesOf } from './sharing.ts'

export interface Usage {
  readonly at: Instant
  readonly processes: number
  /** Bytes. */
  readonly memory: number
  /** Bytes: its own limit, or all that the machine has. */
  readonly memoryLimit: number
  /** How long its processes have worked so far. */
  readonly busy: Duration
  /** Counters by the name of the interface; none in the host's network. */
  readonly interfaces: ReadonlyMap<string, LinkCounters>
}

/** What a container uses; undefined while it does not run. */
export function usageOf(engine: Engine, container: Container): Usage | undefined {
  const { namespaces, sandbox, host, init } = container
  if (!init || !namespaces) return undefined
  const processes = processesOf(engine, container).length
  const limit = Number(host.kept.get('Memory') ?? 0)
  const links = sandbox && !sandbox.isHost ? [...sandbox.namespace.links.values()] : []
  return {
    at: schedulerOf(engine).now,
    processes,
    memory: processes * hardware.process.resident * 1024,
    memoryLimit: limit || hardware.memory.total * 1024,
    busy: namespaces.pids.busy,
    interfaces: new Map(
      links.filter((link) => !isLoopbackLink(link)).map((link) => [link.name, { ...link.counters }]),
    ),
  }
}

/** Of one processor, in percent, between two looks (docker/cli container/stats_helpers.go, calculateCPUPercentUnix). */
export function processorShare(before: Usage, after: Usage): number {
  const passed = after.at - before.at
  return passed > 0 && after.busy > before.busy ? ((after.busy - before.busy) / passed) * 100 : 0
}
