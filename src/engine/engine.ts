// dockerd's record on one machine: its stores and its event log. No behavior; that stands under each noun.

import type { Random } from '../base/random.ts'
import type { Dated, Release } from '../base/release.ts'
import { inRelease } from '../base/release.ts'
import type { Scheduler } from '../base/scheduler.ts'
import type { Machine } from '../kernel/machine.ts'
import type { Process } from '../kernel/process.ts'
import type { Container } from './container/container.ts'
import type { DaemonConfig } from './daemon/config.ts'
import type { EventLog } from './event/log.ts'
import type { Catalogue } from './image/catalogue.ts'
import type { ImageStore } from './image/store.ts'
import type { Pools } from './network/ipam.ts'
import type { Network } from './network/network.ts'
import type { PortAllocator } from './network/portmap.ts'
import type { EngineTraits } from './traits.ts'
import type { Volume } from './volume/volume.ts'

export interface Engine {
  readonly machine: Machine
  /** Only for dated values (`worded`); behavior asks `traits`. */
  readonly release: Release
  /** The release's, or those without a firewall where daemon.json wants none. */
  traits: EngineTraits
  readonly releaseTraits: EngineTraits
  /** What daemon.json said at the last start. */
  config: DaemonConfig
  /** dockerd itself: the parent of all it starts. */
  daemon: Process
  readonly networks: Map<string, Network>
  readonly networksByName: Map<string, Network>
  readonly containers: Map<string, Container>
  readonly containersByName: Map<string, Container>
  readonly images: ImageStore
  /** What the registries of the world have; read only by `pull`, after a registry has answered. */
  readonly catalogue: Catalogue
  readonly events: EventLog
  readonly pools: Pools
  /** By name. */
  readonly volumes: Map<string, Volume>
  readonly ports: PortAllocator
  /** Whether this daemon switched `ip_forward` on, and so set the FORWARD policy to DROP. */
  readonly id: string
}

export const randomOf = (engine: Engine): Random => engine.machine.fabric.random
export const schedulerOf = (engine: Engine): Scheduler => engine.machine.fabric.scheduler

/** The wording of this engine's release. */
export function worded(engine: Engine, dated: Dated<string>): string {
  return inRelease(dated, engine.release) ?? ''
}
