// What the properties are asked of: a world with a script's shell, driven line by line.

import { decode } from '../../src/base/bytes.ts'
import type { Host } from '../../src/world/host.ts'
import { openScript } from '../../src/world/journal.ts'
import { type Limits, performScript, startScript } from '../../src/world/play.ts'
import type { ScriptSession } from '../../src/world/session.ts'
import type { WorldSpec } from '../../src/world/spec.ts'
import { createWorld, hostNamed, type World } from '../../src/world/world.ts'

export interface Stage {
  readonly world: World
  readonly session: ScriptSession
}

export const usualImages: WorldSpec = { images: ['alpine', 'busybox', 'nginx', 'ubuntu'] }

export function openStage(spec: WorldSpec = usualImages): Stage {
  const world = createWorld(spec)
  const session = openScript(world, firstHost(world), 'bash')
  startScript(world, session)
  return { world, session }
}

export function firstHost(world: World): Host {
  const host = hostNamed(world)
  if (!host) throw new Error('a world without a machine')
  return host
}

/** What a line printed, and its status, as one text. */
export function line({ world, session }: Stage, text: string, limits?: Limits): string {
  const { out, err, rc } = performScript(world, session, text, limits)
  return `${decode(out)}${decode(err)}[${rc}]`
}

/** The same stage in another world, a fork or a fold of the first. */
export const stageIn = (world: World, { session }: Stage): Stage => ({
  world,
  session: world.sessions.get(session.id) as ScriptSession,
})
