// Tells a step that differs: its line, why, and what stands where.

import { diffArrays } from 'diff'
import type { Step } from './compare.ts'
import type { Outcome } from './play.ts'
import { piecesOf } from './values.ts'

/** A paragraph on a step that differs: `-` is the recording, `+` ours; values that may differ are told alike. */
export function tellDifference(title: string, { step, recorded, ours, differences }: Outcome): string {
  return [
    `--- ${title} step ${step}: $ ${recorded.cmd}`,
    ...differences.map((why) => `    ${why}`),
    ...(ours ? [...diffOf(recorded, ours, 'out'), ...diffOf(recorded, ours, 'err')] : []),
    '',
  ].join('\n')
}

function diffOf(recorded: Step, ours: Step, stream: 'out' | 'err'): string[] {
  const { cmd } = recorded
  const changes = diffArrays(recorded[stream].split('\n'), ours[stream].split('\n'), {
    comparator: (a, b) => shapeOf(a, cmd) === shapeOf(b, cmd),
  })
  if (!changes.some(({ added, removed }) => added || removed)) return []
  return changes.flatMap(({ added, removed, value }) => {
    const mark = added ? '+' : removed ? '-' : ' '
    const lines = mark === ' ' && value.length > 4 ? [...value.slice(0, 2), '…', ...value.slice(-2)] : value
    return lines.map((line) => `${mark}${line}`)
  })
}

const shapeOf = (line: string, cmd: string): string =>
  piecesOf(line, cmd)
    .map(({ kind, text }) => (kind === 'text' ? text : `<${kind}>`))
    .join('')
    .replace(/[ \t]{2,}/g, '  ')
