// The verdict on a step: what its comparison and its exit status mean, and whether it is the text that errs.

import type { Release } from '../../base/release.ts'
import type { Bindings } from '../compare/bindings.ts'
import { causeOf, diffOf } from '../compare/difference.ts'
import { compareOutput, type Different } from '../compare/output.ts'
import { failureRules, lineRules } from '../evidence/index.ts'
import { corrected, failureOf, told } from '../evidence/rule.ts'
import { saysItFails } from '../transcript/form.ts'
import { expectedText, type Step } from '../transcript/step.ts'
import { firstWord } from '../transcript/words.ts'
import { namesMade } from './names.ts'
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
}

/** What was before the step, and which release is played. */
export interface Context {
  readonly before: readonly Step[]
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
function whyNotRun(step: Step, performance: Performance, before: readonly Step[]): string | undefined {
  const shown = shownOf(performance)
  const word = firstWord(step.cmd.replace(/^\s*sudo\s+/, ''))
  const missing = /(?:^|: )([\w./-]+): (?:command )?not found\s*$/m.exec(shown)?.[1]
  if (missing !== undefined && missing === word && !textSays(step, 'not found'))
    return `the simulated machine has no program ${word}`
  const container = /No such container: ([\w.-]+)/.exec(shown)?.[1]
  if (
    container &&
    !textSays(step, 'No such container') &&
    !before.some((one) => namesMade(one.cmd).includes(container))
  )
    return `the text makes no container ${container}`
  return undefined
}

const textSays = ({ expected }: Step, words: string): boolean =>
  expected !== undefined && expectedText(expected).includes(words)

function judgeSilent(
  step: Step,
  performance: Performance,
  before: readonly Step[],
  bindings: Bindings,
): Judgement {
  const { status, running, printed, inserted } = performance
  const ran = (reason: string): Judgement => ({ verdict: 'ran', reason, nearness: 1, bindings })
  if (running) return ran('it runs on')
  if (status === undefined || status === 0) return ran('')
  if (status === 130 && (step.interrupted || inserted.some((one) => one.startsWith('^C')))) return ran('')
  if (saysItFails(step.remark)) return ran(`it fails with status ${status}, as the text says`)
  const rule = failureOf(failureRules, step, before, printed)
  if (rule) return { verdict: 'text errs', reason: told(rule), nearness: 0.5, bindings }
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
  const rule = failureOf(failureRules, step, before, printed)
  if (rule) return { verdict: 'text errs', reason: told(rule), nearness: 0.5, bindings }
  return {
    verdict: 'differs',
    reason: causeOf(different, printed, status),
    diff: diffOf(expected, printed, bindings),
    nearness: 0,
    bindings,
  }
}
