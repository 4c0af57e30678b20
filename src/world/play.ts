// Playing: an input enters, and the world runs until what it started is done. Nothing hangs: each input has a bound of
// simulated time, of output and of scheduler steps; then the foreground gets ^C.

import { peek } from '../base/agenda.ts'
import { type Bytes, encode } from '../base/bytes.ts'
import { type Duration, hours } from '../base/instant.ts'
import { type Outcome, run } from '../base/scheduler.ts'
import { enter } from './journal.ts'
import {
  isScriptIdle,
  type Piece,
  type ScriptSession,
  statusOf,
  type TerminalSession,
  takePieces,
  takeShown,
} from './session.ts'
import { awaitsKeys, innermostTerminal, isUnderway, promptingShell, shellsOn } from './terminals.ts'
import type { World } from './world.ts'

export interface Limits {
  /** Simulated time for one input. */
  readonly time: Duration
  /** Bytes that one input may print. */
  readonly output: number
  /** Steps of the scheduler for one input. */
  readonly steps: number
}

export const usualLimits: Limits = { time: hours(1), output: 10_000_000, steps: 10_000_000 }

/** What one input printed, as recordings have it. */
export interface Performed {
  readonly out: Bytes
  readonly err: Bytes
  readonly rc: number
  /** Why it was cut off, if it was. */
  readonly cut: string | undefined
  /** The shell has ended (`exit`). */
  readonly ended: boolean
}

/** Lets the world run until nothing more happens at the present instant: what boots, boots. */
export function settle(world: World): void {
  const { scheduler } = world.fabric
  run(scheduler, { until: scheduler.now, steps: usualLimits.steps })
}

/** Starts the shell of a script, up to its first read. */
export function startScript(world: World, session: ScriptSession): void {
  const { scheduler } = world.fabric
  run(scheduler, {
    until: scheduler.now + hours(1),
    steps: usualLimits.steps,
    enough: () => isScriptIdle(session),
  })
  enter(world, { kind: 'name-script', session: session.id })
}

/** Is told what a script prints as it is printed. */
export type Observer = (piece: Piece) => void

/** Feeds a complete input to a script's shell and runs it to its end, or to a limit. */
export function performScript(
  world: World,
  session: ScriptSession,
  text: string,
  limits: Limits = usualLimits,
  observe: Observer = () => {},
): Performed {
  enter(world, { kind: 'feed', session: session.id, text: `${text}\n` })
  return perform(world, session, limits, observe, () => isScriptIdle(session))
}

/** Tells a script's shell that no more lines will come, and runs it to its end: what it does on exit, it does. */
export function endScript(
  world: World,
  session: ScriptSession,
  limits: Limits = usualLimits,
  observe: Observer = () => {},
): Performed {
  enter(world, { kind: 'end-feed', session: session.id })
  return perform(world, session, limits, observe, () => session.shell.state === 'zombie')
}

function perform(
  world: World,
  session: ScriptSession,
  limits: Limits,
  observe: Observer,
  done: () => boolean,
): Performed {
  const heard: Record<Piece['stream'], Bytes[]> = { out: [], err: [] }
  let printed = 0
  const hear = (stream: Piece['stream'], bytes: Bytes) => {
    heard[stream].push(bytes)
    observe({ stream, bytes })
  }
  const collect = () => {
    if (session.order.length === 0) return
    for (const { stream, bytes } of takePieces(session)) {
      const room = Math.max(0, limits.output - printed)
      printed += bytes.length
      if (room > 0) hear(stream, bytes.slice(0, room) as Bytes)
    }
  }
  const cut = runTo(world, limits, () => {
    collect()
    return done() ? 'done' : printed > limits.output ? 'full' : undefined
  })
  if (cut) interrupt(world, session, limits)
  collect()
  if (cut) hear('err', encode(`docksim: ${cut}; interrupted\n`))
  return {
    out: heard.out.join('') as Bytes,
    err: heard.err.join('') as Bytes,
    rc: cut ? 130 : statusOf(session.shell),
    cut,
    ended: session.shell.state === 'zombie',
  }
}

/** Runs until `look` says that it is done; else says which limit was reached. */
function runTo(world: World, limits: Limits, look: () => 'done' | 'full' | undefined): string | undefined {
  const { scheduler } = world.fabric
  let seen: ReturnType<typeof look>
  const enough = () => {
    seen = look()
    return seen !== undefined
  }
  const outcome = run(scheduler, { until: scheduler.now + limits.time, steps: limits.steps, enough })
  if (outcome === 'steps') return `this took more than ${limits.steps} steps`
  if (outcome === 'until') return `this took more than ${printTime(limits.time)} of simulated time`
  if (outcome === 'idle') return 'this waits for something that will never happen'
  return seen === 'full' ? `this printed more than ${limits.output} bytes` : undefined
}

const printTime = (time: Duration): string => (time === hours(1) ? 'an hour' : `${time / 1e6} seconds`)

/** ^C, and a little while for the shell to come back; a program that will not go is killed. */
function interrupt(world: World, session: ScriptSession, limits: Limits): void {
  const { scheduler } = world.fabric
  enter(world, { kind: 'interrupt', session: session.id })
  const soon = {
    until: scheduler.now + 20e6,
    steps: Math.min(limits.steps, 1_000_000),
    enough: () => isScriptIdle(session),
  }
  if (run(scheduler, soon) === 'enough') return
  enter(world, { kind: 'kill', session: session.id })
  run(scheduler, { ...soon, until: scheduler.now + 20e6 })
}

export interface Typed {
  /** What the terminal received, echo and prompts included. */
  readonly printed: Bytes
  readonly outcome: Outcome | 'prompt' | 'keys' | 'lines'
}

/** Types keys into a terminal session and runs until a prompt is shown, keys are awaited, or a limit is reached. */
export function performKeys(
  world: World,
  session: TerminalSession,
  keys: Bytes,
  limits: Limits & { readonly lines?: number | undefined } = usualLimits,
): Typed {
  const { scheduler } = world.fabric
  const parts: Bytes[] = []
  let printed = 0
  let lines = 0
  let stop: Typed['outcome'] | undefined
  const collect = () => {
    if (session.terminal.output === '') return
    const bytes = takeShown(session)
    parts.push(bytes)
    printed += bytes.length
    lines += bytes.split('\n').length - 1
  }
  if (keys !== '') enter(world, { kind: 'keys', session: session.id, keys })
  const enough = () => {
    collect()
    stop = whyStop(world, session)
    if (!stop && limits.lines !== undefined && lines >= limits.lines) stop = 'lines'
    if (!stop && printed > limits.output) stop = 'steps'
    return stop !== undefined
  }
  const outcome = run(scheduler, { until: scheduler.now + limits.time, steps: limits.steps, enough })
  collect()
  return { printed: parts.join('') as Bytes, outcome: stop ?? outcome }
}

function whyStop(world: World, session: TerminalSession): 'prompt' | 'keys' | undefined {
  if (session.shell.state === 'zombie') return 'prompt'
  const { scheduler } = world.fabric
  if (scheduler.ready.length > 0) return undefined
  const machines = [...world.machines.values()].map((host) => host.machine)
  const inner = innermostTerminal(session, machines)
  if (inner !== session.terminal && isUnderway(session, machines)) return undefined
  if (promptingShell(inner)) return 'prompt'
  const readsKeys = awaitsKeys(inner) && inner.relay === undefined && shellsOn(inner).length === 0
  return readsKeys ? 'keys' : undefined
}

/** Lets time pass up to `until`, whether something happens in it or not: for sessions on the wall clock. */
export function advance(world: World, until: number, steps = usualLimits.steps): Outcome {
  const { scheduler } = world.fabric
  const outcome = run(scheduler, { until, steps })
  if (outcome === 'idle' || outcome === 'until') scheduler.now = Math.max(scheduler.now, until)
  return outcome
}

/** When the next thing happens by itself; undefined if nothing will. */
export const nextEvent = (world: World): number | undefined => peek(world.fabric.scheduler.agenda)?.at
