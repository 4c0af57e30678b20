// What shows that a text errs: known ways in which texts differ from any engine of the releases we play, as general
// rules, each with its evidence. It does not know single texts; a rule that named one would be an excuse.

import { type Dated, inRelease, type Release } from '../../base/release.ts'
import type { ExpectedLine, Step } from '../transcript/step.ts'

/** What a rule says, and the recording, fact or source that shows it. */
interface Evidence {
  readonly says: string
  readonly evidence: string
}

/** A line of output that today's program writes otherwise. */
export interface LineRule extends Evidence {
  /** Commands whose output it speaks of. */
  readonly cmd: RegExp
  readonly line: RegExp
  /** What stands in the line's place, as String.replace has it; dated where releases differ. */
  readonly real: Dated<string>
}

/** A step that went before, and what became of it. */
export interface Past extends Step {
  /** `failed`: as it fails on every engine. */
  readonly outcome: 'done' | 'failed' | 'differs' | 'not run'
}

/** A step that did not succeed: what it printed, and what the text did before. */
export interface Failing {
  readonly step: Step
  readonly before: readonly Past[]
  readonly printed: string
}

/** A step that fails on every engine where the text takes it to succeed. */
export interface FailureRule {
  /** What a real engine prints; its groups are given to `because`. */
  readonly printed: RegExp
  /** Why the text itself, its step and those before, shows that it must fail; undefined if it does not. */
  readonly because: (groups: readonly string[], failing: Failing) => string | undefined
  readonly evidence: string
}

/** `expected` as a real engine would have printed it, and the rules that say so; undefined if none speaks of it. */
export function corrected(
  rules: readonly LineRule[],
  release: Release,
  cmd: string,
  expected: readonly ExpectedLine[],
): { expected: ExpectedLine[]; rules: LineRule[] } | undefined {
  const used = new Set<LineRule>()
  const lines = expected.map((one) => {
    let text = one.text
    for (const rule of rules) {
      const real = inRelease(rule.real, release)
      if (real === undefined || !rule.cmd.test(cmd) || !rule.line.test(text)) continue
      used.add(rule)
      text = text.replace(rule.line, real)
    }
    return { ...one, text }
  })
  return used.size === 0 ? undefined : { expected: lines, rules: [...used] }
}

/** Why a step fails on a real engine too, with the evidence; undefined if no rule shows that. */
export function failureOf(rules: readonly FailureRule[], failing: Failing): string | undefined {
  for (const { printed, because, evidence } of rules) {
    const match = printed.exec(failing.printed)
    const says = match ? because(match.slice(1), failing) : undefined
    if (says !== undefined) return told({ says, evidence })
  }
  return undefined
}

export const told = ({ says, evidence }: Evidence): string => `${says} (${evidence})`
