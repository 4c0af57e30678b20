// Plays a scenario: what to show, what to type, and whether ours printed what the scenario has. It is a plan and its
// judgement; the pace at which it is shown is the edge's.

import type { Release } from '../base/release.ts'
import { linesUntilInterrupt } from './check/endless.ts'
import { type Bindings, withOurs } from './compare/bindings.ts'
import { causeOf, diffOf } from './compare/difference.ts'
import { compareOutput } from './compare/output.ts'
import { screenOf } from './compare/screen.ts'
import type { Scenario, ScenarioStep } from './scenario.ts'
import type { Stage, StageTerminal, Theatre } from './stage.ts'
import type { Step } from './transcript/step.ts'

/** What a replay shows next. */
export type Shown =
  | { readonly kind: 'prose'; readonly lines: readonly string[] }
  | { readonly kind: 'typed'; readonly prompt: string; readonly cmd: string }
  /** tty text, to be written as it is. */
  | { readonly kind: 'printed'; readonly printed: string }
  | { readonly kind: 'differs'; readonly line: number; readonly cause: string; readonly diff: string }

export interface ReplayEnd {
  readonly steps: number
  /** How many printed something else than the scenario has: the exit status is 1 if any. */
  readonly differing: number
}

/** The release in which the scenario is played: the one asked for, its own, or the default. */
export function releaseFor(scenario: Scenario, theatre: Theatre, asked?: Release): Release {
  return asked ?? scenario.world.release ?? theatre.releases[0] ?? '28'
}

/** Plays `scenario` on a fresh stage; each thing to show is yielded when it happens, the count is returned. */
export function* replay(scenario: Scenario, theatre: Theatre, asked?: Release): Generator<Shown, ReplayEnd> {
  const release = releaseFor(scenario, theatre, asked)
  const stage = theatre.open({ release, world: { ...scenario.world, release } })
  const terminal = firstTerminal(stage)
  let bindings: Bindings = []
  let steps = 0
  let differing = 0
  for (const part of scenario.parts) {
    if (part.kind === 'prose') {
      yield { kind: 'prose', lines: part.lines }
      continue
    }
    for (const step of part.steps) {
      steps++
      const cmd = withOurs(bindings, step.cmd)
      yield { kind: 'typed', prompt: terminal.prompt(), cmd }
      const printed = typeStep(terminal, cmd, step)
      yield { kind: 'printed', printed }
      const done = judged(step, printed, bindings)
      if (done.shown) {
        differing++
        yield done.shown
      } else bindings = done.bindings
    }
  }
  return { steps, differing }
}

/** Plays the whole scenario without showing it. */
export function play(scenario: Scenario, theatre: Theatre, asked?: Release): ReplayEnd & { shown: Shown[] } {
  const shown: Shown[] = []
  const playing = replay(scenario, theatre, asked)
  for (;;) {
    const next = playing.next()
    if (next.done) return { ...next.value, shown }
    shown.push(next.value)
  }
}

function firstTerminal(stage: Stage): StageTerminal {
  const terminal = stage.terminal('main', undefined)
  if (!terminal) throw new Error('a world without machines')
  return terminal
}

function typeStep(terminal: StageTerminal, cmd: string, step: ScenarioStep): string {
  const lines = linesUntilInterrupt(asText(step))
  const first = terminal.type(cmd, lines === undefined ? {} : { lines })
  if (!first.running) return first.printed
  return first.printed + terminal.interrupt().printed
}

const asText = ({ line, cmd, expected }: ScenarioStep): Step => ({
  line,
  cmd,
  expected: expected.length > 0 ? expected : undefined,
  prompt: undefined,
  promptAfter: undefined,
  fence: line,
  machine: undefined,
  terminal: undefined,
  interrupted: expected.some(({ text }) => text.includes('^C')),
  remark: '',
})

/** A scenario of ours shows all that is printed: nothing where it shows nothing. */
function judged(step: ScenarioStep, printed: string, bindings: Bindings) {
  const comparison = compareOutput(step.expected, printed, bindings, step.cmd)
  const unshown = step.expected.length === 0 && screenOf(printed).trim() !== ''
  if (comparison.outcome !== 'differs' && !unshown) return { bindings: comparison.bindings, shown: undefined }
  const cause =
    comparison.outcome === 'differs'
      ? causeOf(comparison, printed, undefined)
      : 'the scenario shows no output, ours printed some'
  const diff = diffOf(step.expected, printed, bindings)
  return { bindings, shown: { kind: 'differs' as const, line: step.line, cause, diff } }
}
