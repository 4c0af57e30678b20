// The one scheduler of a world: its clock, its agenda, and the list of sleepers that are ready to go on.
// It knows neither processes nor packets: a sleeper is whatever waits.

import { type Agenda, cancel, createAgenda, type Entry, peek, schedule, take } from './agenda.ts'
import type { Instant } from './instant.ts'

/** Something that can become true: data to read, a child gone, a connection made. */
export interface Condition {
  /** Undefined until someone waits. */
  sleepers: Set<Sleeper> | undefined
}

/** What a task waits for: an instant, any of some conditions, or both, whichever comes first. */
export interface Wait {
  readonly until?: Instant | undefined
  readonly on?: readonly Condition[] | undefined
}

/** A computation that may wait: it yields only when it waits, and what it yields is what it waits for. */
export type Task<Result> = Generator<Wait, Result, void>

/** Whoever waits. `resume` must be a function of a module. */
export interface Sleeper {
  /** Ready sleepers go on in this order (for a process: its pid). */
  readonly order: number
  readonly resume: (sleeper: Sleeper) => void
  ready: boolean
  conditions: readonly Condition[]
  timer: Entry | undefined
}

export interface Scheduler {
  now: Instant
  readonly agenda: Agenda
  ready: Sleeper[]
  /** Sleepers resumed and entries run since the world began; what bounds a run. */
  steps: number
}

export const createScheduler = (): Scheduler => ({ now: 0, agenda: createAgenda(), ready: [], steps: 0 })

export const createCondition = (): Condition => ({ sleepers: undefined })

const none: readonly Condition[] = Object.freeze([])

/** Lets `sleeper` wait. A wait for nothing at all ends only by `rouse`. */
export function suspend(scheduler: Scheduler, sleeper: Sleeper, wait: Wait): void {
  sleeper.conditions = wait.on ?? none
  for (const condition of sleeper.conditions) {
    condition.sleepers ??= new Set()
    condition.sleepers.add(sleeper)
  }
  if (wait.until !== undefined)
    sleeper.timer = schedule(scheduler.agenda, Math.max(wait.until, scheduler.now), wakeAtInstant, {
      scheduler,
      sleeper,
    })
}

function wakeAtInstant({ scheduler, sleeper }: { scheduler: Scheduler; sleeper: Sleeper }): void {
  rouse(scheduler, sleeper)
}

/** Ends the wait of `sleeper`: it goes on at the present instant. */
export function rouse(scheduler: Scheduler, sleeper: Sleeper): void {
  abandon(scheduler, sleeper)
  if (sleeper.ready) return
  sleeper.ready = true
  insertInOrder(scheduler.ready, sleeper)
}

/** Forgets what `sleeper` waits for, without letting it go on. */
export function abandon(scheduler: Scheduler, sleeper: Sleeper): void {
  for (const condition of sleeper.conditions) condition.sleepers?.delete(sleeper)
  sleeper.conditions = none
  if (sleeper.timer) cancel(scheduler.agenda, sleeper.timer)
  sleeper.timer = undefined
}

/** All who wait for `condition` go on at the present instant. */
export function signal(scheduler: Scheduler, condition: Condition): void {
  if (!condition.sleepers || condition.sleepers.size === 0) return
  for (const sleeper of [...condition.sleepers]) rouse(scheduler, sleeper)
}

/** Bounds of a run: the instant up to which time may pass, and how many steps it may take. */
export interface Bounds {
  readonly until: Instant
  readonly steps: number
  /** Asked after each step; true ends the run early. */
  readonly enough?: () => boolean
}

export type Outcome = 'idle' | 'until' | 'steps' | 'enough'

/**
 * Runs the world: all that is ready, then the next agenda entry, again and again.
 * Returns why it ended: nothing left to do, the next entry lies after `until`, too many steps, or enough.
 */
export function run(scheduler: Scheduler, bounds: Bounds): Outcome {
  const last = scheduler.steps + bounds.steps
  for (;;) {
    if (bounds.enough?.()) return 'enough'
    if (scheduler.steps >= last) return 'steps'
    const sleeper = scheduler.ready.pop()
    if (sleeper) {
      scheduler.steps++
      sleeper.ready = false
      sleeper.resume(sleeper)
      continue
    }
    const next = peek(scheduler.agenda)
    if (!next) return 'idle'
    if (next.at > bounds.until) return 'until'
    scheduler.steps++
    scheduler.now = Math.max(scheduler.now, next.at)
    take(scheduler.agenda)
    next.act(next.subject)
  }
}

/** The ready list is kept in falling order, so that its end, the cheap side, is the next. */
function insertInOrder(ready: Sleeper[], sleeper: Sleeper): void {
  let index = ready.length
  while (index > 0 && (ready[index - 1] as Sleeper).order < sleeper.order) index--
  ready.splice(index, 0, sleeper)
}
