// Forks: a second world that goes on from where the first stands, independent of it. While all programs are parked that is
// a copy of the records; while one is not (a script that waits for a command), it is the fold of the journal.

import { freezeDeep } from '../base/freeze.ts'
import { Process } from '../kernel/process.ts'
import { CannotCopy, type CopyRule, copyRecords } from './copy.ts'
import { fold } from './journal.ts'
import { catchUp } from './session.ts'
import type { World } from './world.ts'

/** A world equal to `world`. */
export function fork(world: World): World {
  return copyIfParked(world) ?? refold(world)
}

function refold(world: World): World {
  const folded = fold(world.spec, world.journal, world.fabric.scheduler)
  for (const session of folded.sessions.values()) {
    const original = world.sessions.get(session.id)
    if (original) catchUp(session, original)
  }
  return folded
}

/** A copy of the world's records; undefined while a program runs that could not begin again from its record. */
export function copyIfParked(world: World): World | undefined {
  if (machinesOf(world).some(({ processes }) => [...processes.values()].some((each) => !each.copyable)))
    return undefined
  shareConstants(world)
  try {
    return copyRecords(world, rules)
  } catch (cause) {
    if (cause instanceof CannotCopy) return undefined
    throw cause
  }
}

const rules: readonly CopyRule[] = [{ prototype: Process.prototype, without: ['task'], shared: ['program'] }]

const machinesOf = ({ machines, outside }: World) => [
  ...[...machines.values()].map((host) => host.machine),
  ...outside.routers,
  ...(outside.internet ? [outside.internet] : []),
]

/** What all forks of a world share: its description, and what catalogues, images and releases say. */
function shareConstants({ spec, catalogue, machines }: World): void {
  freezeDeep(spec)
  freezeDeep(catalogue)
  for (const { machine, engine } of machines.values()) {
    Object.freeze(machine.programs)
    if (!engine) continue
    freezeDeep(engine.catalogue)
    freezeDeep(engine.traits)
    for (const image of engine.images.images.values()) freezeDeep(image)
  }
}
