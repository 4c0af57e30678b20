// The journal: all that entered a world, each input with its point of entry. A world is the fold of its journal: built from
// the same description, with the same inputs at the same points, it is the same to the byte.

import { run, type Scheduler } from '../base/scheduler.ts'
import type { Host } from './host.ts'
import { apply, type Event, type Input } from './input.ts'
import type { ConnectionSession, ScriptSession, TerminalSession } from './session.ts'
import type { WorldSpec } from './spec.ts'
import { createWorld, type World } from './world.ts'

/** Records `event` as an input of this moment and lets it in. */
export function enter(world: World, event: Event): void {
  const { now, steps } = world.fabric.scheduler
  world.journal.push(Object.freeze({ ...event, at: now, steps }))
  apply(world, event)
}

/** Opens bash on `host` for a script called `name` (`bash` for lines without a file) with the arguments `words`. */
export function openScript(
  world: World,
  host: Host,
  name: string,
  words: readonly string[] = [],
): ScriptSession {
  const session = world.sessions.size + 1
  enter(world, {
    kind: 'open-script',
    session,
    machine: host.machine.name,
    name,
    words: Object.freeze([...words]),
  })
  return world.sessions.get(session) as ScriptSession
}

/** Opens a terminal on `host`, with a login shell. */
export function openTerminalSession(
  world: World,
  host: Host,
  rows: number,
  columns: number,
): TerminalSession {
  const session = world.sessions.size + 1
  enter(world, { kind: 'open-terminal', session, machine: host.machine.name, rows, columns })
  return world.sessions.get(session) as TerminalSession
}

/** Connects a client to the socket of the Docker on `host`. */
export function openConnection(world: World, host: Host): ConnectionSession {
  const session = world.sessions.size + 1
  enter(world, { kind: 'open-connection', session, machine: host.machine.name })
  return world.sessions.get(session) as ConnectionSession
}

/** A point in the life of a world: how many steps its scheduler has taken, and its clock. */
export type Point = Pick<Scheduler, 'steps' | 'now'>

/** The world of `spec` after `inputs`; at `end` if that is given, else right after the last input. */
export function fold(spec: WorldSpec, inputs: readonly Input[], end?: Point): World {
  const world = createWorld(spec)
  for (const input of inputs) {
    goTo(world, { steps: input.steps, now: input.at })
    world.journal.push(input)
    apply(world, input)
  }
  if (end) goTo(world, end)
  return world
}

function goTo({ fabric: { scheduler } }: World, { steps, now }: Point): void {
  run(scheduler, { until: Number.POSITIVE_INFINITY, steps: steps - scheduler.steps })
  if (scheduler.steps !== steps) throw new Error('the journal does not fit the world: it ran out of events')
  scheduler.now = Math.max(scheduler.now, now)
}
