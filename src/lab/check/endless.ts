// Commands that end only by Ctrl-C, and how much of them a text shows.

import { isOmission } from '../transcript/form.ts'
import type { Step } from '../transcript/step.ts'

const talkers: readonly RegExp[] = [
  /\bping6? (?!.*\s-[A-Za-z]*[cw]\s*\d)/,
  /\btail (?:-\S+ )*-[a-zA-Z]*[fF]\b/,
  /\bdocker (?:container )?logs (?:\S+ )*(?:-\w*f\w*|--follow)\b/,
  /\bdocker (?:compose )?(?:system )?events\b(?!.*--until)/,
  /\bdocker (?:container )?stats\b(?!.*--no-stream)/,
  /\btcpdump\b(?!.*\s-c\s*\d)/,
  /\b(?:watch|top|htop)\b/,
  /\bjournalctl (?:\S+ )*-f\b/,
]

/** How many lines an endless talker is let print where the text shows none. */
const unshown = 4

/** After how many lines Ctrl-C is due; undefined for a command that ends, or waits, by itself. */
export function linesUntilInterrupt(step: Step): number | undefined {
  const { cmd, expected, interrupted } = step
  if (!interrupted && !talkers.some((talker) => talker.test(cmd))) return undefined
  if (!expected) return unshown
  const at = expected.findIndex(({ text }) => text.includes('^C'))
  const end = at >= 0 ? at : expected.findIndex(({ text }) => /^--- .* statistics ---$/.test(text.trim()))
  const shown = expected
    .slice(0, end < 0 ? undefined : end)
    .filter(({ text, maybeComment }) => !maybeComment && !isOmission(text))
  // A ^C behind the last shown words stands in their line.
  const within = at >= 0 && !/^\s*\^C/.test(expected[at]?.text ?? '') ? 1 : 0
  return Math.max(1, shown.map(({ text }) => text.trim()).filter((text) => text !== '').length + within)
}
