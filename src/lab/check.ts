// Checks one tutorial: finds its transcripts, makes the world that the text speaks of, runs every step in each release
// that can be played, and keeps the release that the outputs fit best.

import type { Bytes } from '../base/bytes.ts'
import type { Release } from '../base/release.ts'
import { type Described, describeWorld } from './check/adapt.ts'
import type { Source } from './check/belongings.ts'
import { type Context, type Judgement, judge, type Verdict } from './check/judge.ts'
import { perform, shownOf } from './check/perform.ts'
import { arrive, openSession, type Session, settle } from './check/session.ts'
import type { Bindings } from './compare/bindings.ts'
import type { Past } from './evidence/rule.ts'
import { fencesOf } from './markdown/fences.ts'
import { markdownLines } from './markdown/source.ts'
import type { Theatre } from './stage.ts'
import { readTranscript } from './transcript/read.ts'
import { expectedText, type PassedOver, type Step, type Transcript } from './transcript/step.ts'
import type { WorldSpec } from './world-file.ts'

export interface CheckedStep {
  /** The line of the file on which the command stands. */
  readonly line: number
  /** The command as the text has it. */
  readonly cmd: string
  /** The output that the text shows. */
  readonly expected: string | undefined
  /** What ours showed; undefined if the step was not run. */
  readonly actual: string | undefined
  readonly verdict: Verdict
  /** Why: what was put in, what the author did to the output, the cause of a difference. May be empty. */
  readonly reason: string
  /** With `differs`: lines of the text (`-`) and ours (`+`). */
  readonly diff: string | undefined
}

export interface Checked {
  readonly file: string
  readonly release: Release
  /** What was taken from the text to describe its world. */
  readonly told: readonly string[]
  readonly steps: readonly CheckedStep[]
  readonly passedOver: readonly PassedOver[]
}

/** What the caller has already settled. */
export interface CheckOptions {
  readonly release?: Release
  readonly world?: WorldSpec
}

/** Checks the Markdown file `file`. Throws FileError if it can not be read as one. */
export function check(file: string, bytes: Bytes, theatre: Theatre, options: CheckOptions = {}): Checked {
  const lines = markdownLines(file, bytes)
  const source: Source = { lines, fences: fencesOf(lines) }
  const transcript = readTranscript(source.fences)
  const described = describeWorld(transcript, options.world ?? {})
  const asked = options.release ?? described.world.release
  const releases = asked ? [asked] : theatre.releases
  let best: Run | undefined
  for (const release of releases) {
    const run = runAll(transcript, described, release, theatre, source)
    if (!best || run.score > best.score) best = run
    if (run.score >= transcript.steps.length) break
  }
  const release = best?.release ?? releases[0] ?? '28'
  return {
    file,
    release,
    told: described.told,
    steps: best?.steps ?? [],
    passedOver: transcript.passedOver,
  }
}

/** Whether some step of it differs: the exit status of `docksim check` is then 1. */
export const anyDiffers = ({ steps }: Checked): boolean => steps.some(({ verdict }) => verdict === 'differs')

interface Run {
  readonly release: Release
  readonly steps: CheckedStep[]
  /** The sum of the steps' nearness: a release under which more is equal has more. */
  readonly score: number
}

function runAll(
  transcript: Transcript,
  described: Described,
  release: Release,
  theatre: Theatre,
  source: Source,
): Run {
  const { world } = described
  const machines = (world.machines ?? []).map(({ name }) => name)
  const session = openSession(theatre.open({ release, world: { ...world, release } }), machines)
  const steps: CheckedStep[] = []
  let bindings: Bindings = []
  let score = 0
  const before: Past[] = []
  for (const step of transcript.steps) {
    const done = runStep(session, step, { before, bindings, release }, source)
    before.push({ ...step, outcome: done.outcome })
    bindings = done.bindings
    score += done.nearness
    steps.push(done.step)
  }
  return { release, steps, score }
}

function runStep(session: Session, step: Step, context: Context, source: Source) {
  const { before, bindings, release } = context
  const arrival = arrive(session, step, bindings)
  if (!arrival.seat) {
    const judgement: Judgement = { verdict: 'not run', reason: arrival.why, nearness: 0, bindings }
    return { step: row(step, judgement, undefined, []), nearness: 0, bindings, outcome: outcomeOf(judgement) }
  }
  const { seat } = arrival
  const performance = perform(seat.terminal, step, before, arrival.bindings, source)
  const judgement = judge(step, performance, { before, bindings: arrival.bindings, release })
  const inserted = [...arrival.inserted, ...performance.inserted]
  return {
    step: row(step, judgement, shownOf(performance), inserted),
    nearness: judgement.nearness,
    bindings: settle(session, seat, step, performance, judgement.bindings),
    outcome: outcomeOf(judgement),
  }
}

function outcomeOf({ verdict, failed }: Judgement): Past['outcome'] {
  if (failed) return 'failed'
  return verdict === 'differs' || verdict === 'not run' ? verdict : 'done'
}

function row(
  step: Step,
  { verdict, reason, diff }: Judgement,
  actual: string | undefined,
  inserted: readonly string[],
): CheckedStep {
  const put = inserted.map((one) => `put in: ${one}`)
  return {
    line: step.line,
    cmd: step.cmd,
    expected: step.expected && expectedText(step.expected),
    actual: verdict === 'not run' ? undefined : actual,
    verdict,
    reason: [...put, reason].filter((part) => part !== '').join('; '),
    diff,
  }
}
