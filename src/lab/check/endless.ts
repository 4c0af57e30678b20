// Commands that end only by Ctrl-C, and how much of them a text shows.

import { isOmission } from '../transcript/form.ts'
import type { Step } from '../transcript/step.ts'

const talkers: readonly RegExp[] = [
  /^ping6?(?= )(?!.*\s-[A-Za-z]*[cw]\s*\d)/,
  /^tail (?:-\S+ )*-[a-zA-Z]*[fF]\b/,
  /^docker (?:container )?logs (?:\S+ )*(?:-\w*f\w*|--follow)\b/,
  /^docker (?:system )?events\b(?!.*--until)/,
  /^docker (?:container )?stats\b(?!.*--no-stream)/,
  /^tcpdump\b(?!.*\s-c\s*\d)/,
  /^(?:watch|top|htop)\b/,
  /^journalctl (?:\S+ )*-f\b/,
]

// Where a command may begin: the line, a list, behind sudo, or within `docker exec` and `docker run`.
const beginnings = /(?:^|[;&|]\s*)(?:sudo\s+)?(?=[a-z])/g

function talks(cmd: string): boolean {
  if (/\b(?:apt|apt-get|apk|yum|dnf|man|which|time)\b/.test(cmd)) return false
  const starts = [...cmd.matchAll(beginnings)].map((match) => match.index + match[0].length)
  const inner = /\bdocker (?:container )?(?:exec|run)\b/.test(cmd)
    ? [...cmd.matchAll(/(?<=\s)(?:ping6?|tail|tcpdump|watch|top|htop)\b/g)].map(({ index }) => index)
    : []
  return [...starts, ...inner].some((start) => talkers.some((talker) => talker.test(cmd.slice(start))))
}

/** How many lines an endless talker is let print where the text shows none. */
const unshown = 4

/** After how many lines Ctrl-C is due; undefined for a command that ends, or waits, by itself. */
export function linesUntilInterrupt(step: Step): number | undefined {
  const { cmd, expected, interrupted } = step
  if (!interrupted && !talks(cmd)) return undefined
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
