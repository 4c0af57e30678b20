// The verdict on a step: what its comparison and its exit status mean, and whether it is the text that errs.

import type { Release } from '../../base/release.ts'
import type { Bindings } from '../compare/bindings.ts'
import { causeOf, diffOf } from '../compare/difference.ts'
import { compareOutput, type Different } from '../compare/output.ts'
import { failureRules, lineRules } from '../evidence/index.ts'
import { corrected, failureOf, type Past, told } from '../evidence/rule.ts'
import { saysItFails } from '../transcript/form.ts'
import { expectedText, type Step } from '../transcript/step.ts'
import { firstWord } from '../transcript/words.ts'
import { imagesMade, namesResolved } from './names.ts'
import { type Performance, shownOf } from './perform.ts'

export const verdicts = ['equal', 'bound', 'ran', 'text errs', 'differs', 'not run'] as const
export type Verdict = (typeof verdicts)[number]

export interface Judgement {
  readonly verdict: Verdict
  readonly reason: string
  /** Only with `differs`: the text's lines and ours. */
  readonly diff?: string
  /** How near the text is to ours, 0 to 1. */
  readonly nearness: number
  readonly bindings: Bindings
  /** It fails on every engine, as `reason` says. */
  readonly failed?: true
}

/** What was before the step, and which release is played. */
export interface Context {
  readonly before: readonly Past[]
  readonly bindings: Bindings
  readonly release: Release
}

/** Judges `step`, given how it went. */
export function judge(
  step: Step,
  performance: Performance,
  { before, bindings, release }: Context,
): Judgement {
  const { comparison } = performance
  if (comparison && comparison.outcome !== 'differs') {
    const { outcome, notes, nearness } = comparison
    return { verdict: outcome, reason: notes.join('; '), nearness, bindings: comparison.bindings }
  }
  const unavailable = whyNotRun(step, performance, before)
  if (unavailable) return { verdict: 'not run', reason: unavailable, nearness: 0, bindings }
  return comparison
    ? judgeDifference(step, performance, comparison, { before, bindings, release })
    : judgeSilent(step, performance, before, bindings)
}

/** The step asks for something that is not there in our world, and that the text does not show to be missing. */
function whyNotRun(step: Step, performance: Performance, before: readonly Past[]): string | undefined {
  const shown = shownOf(performance)
  const unsupported = /^docksim does not simulate .*$/m.exec(shown)?.[0]
  if (unsupported !== undefined && !textSays(step, unsupported)) return unsupported
  const word = firstWord(step.cmd.replace(/^\s*sudo\s+/, ''))
  const missing = /(?:^|: )([\w./-]+): (?:command )?not found\s*$/m.exec(shown)?.[1]
  if (missing !== undefined && missing === word && !textSays(step, 'not found'))
    return `the simulated machine has no program ${word}`
  return whyNotMade(step, shown, before)
}

const textSays = ({ expected }: Step, words: string): boolean =>
  expected !== undefined && expectedText(expected).includes(words)

// What an engine says is missing, by name: a container, an image, a name of the network.
const missingThings =
  /No such (?:container|object): ([\w.-]+)|Unable to find image '([\w./-]+)|(?:bad address '|Could not resolve host: )([\w-]+)|ping: ([\w-]+): Name or/g

/** What is missing would have been made by a step that was not run. */
function whyNotMade(step: Step, shown: string, before: readonly Past[]): string | undefined {
  for (const [whole, ...groups] of shown.matchAll(missingThings)) {
    const name = groups.find((group) => group !== undefined) ?? ''
    if (textSays(step, whole)) continue
    const makes = ({ cmd }: Past) =>
      namesResolved(cmd).includes(name) || imagesMade(cmd).some((image) => image.replace(/:.*$/, '') === name)
    const maker = before.findLast(makes)
    const composed = before.findLast(({ cmd, outcome }) => outcome === 'not run' && composes.test(cmd))
    if (maker?.outcome === 'not run') return `line ${maker.line}, which makes ${name}, was not run`
    if (composed) return `line ${composed.line}, which may make ${name}, was not run`
    if (!maker && /container/.test(whole) && before.some(({ outcome }) => outcome === 'not run'))
      return `the text makes no container ${name}`
  }
  return undefined
}

const composes = /\bdocker[ -]compose\b.*\b(?:up|create|run|start)\b/

function judgeSilent(
  step: Step,
  performance: Performance,
  before: readonly Past[],
  bindings: Bindings,
): Judgement {
  const { status, running, printed, inserted } = performance
  const ran = (reason: string): Judgement => ({ verdict: 'ran', reason, nearness: 1, bindings })
  if (running) return ran('it runs on')
  if (status === undefined || status === 0) return ran('')
  if (status === 130 && (step.interrupted || inserted.some((one) => one.startsWith('^C')))) return ran('')
  if (saysItFails(step.remark)) return ran(`it fails with status ${status}, as the text says`)
  const rule = failureOf(failureRules, { step, before, printed })
  if (rule) return { verdict: 'text errs', reason: rule, nearness: 0.5, bindings, failed: true }
  const empty: Different = { outcome: 'differs', missing: [], conflicts: [] }
  const cause = causeOf(empty, printed, status)
  return {
    verdict: 'differs',
    reason: `status ${status}; ${cause}`,
    diff: shownOf(performance).replace(/^/gm, '+'),
    nearness: 0,
    bindings,
  }
}

function judgeDifference(
  step: Step,
  performance: Performance,
  different: Different,
  { before, bindings, release }: Context,
): Judgement {
  const { printed, status } = performance
  const expected = step.expected ?? []
  const correction = corrected(lineRules, release, step.cmd, expected)
  if (correction) {
    const again = compareOutput(correction.expected, printed, bindings, step.cmd)
    if (again.outcome !== 'differs')
      return {
        verdict: 'text errs',
        reason: correction.rules.map(told).join('; '),
        nearness: again.nearness * 0.5,
        bindings: again.bindings,
      }
  }
  const rule = failureOf(failureRules, { step, before, printed })
  if (rule) return { verdict: 'text errs', reason: rule, nearness: 0.5, bindings, failed: true }
  return {
    verdict: 'differs',
    reason: causeOf(different, printed, status),
    diff: diffOf(expected, printed, bindings),
    nearness: 0,
    bindings,
  }
}
