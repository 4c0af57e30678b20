// Matching of a compiled regular expression: each instruction is tried at most once at each place of the text, so that
// the time grows with program times text, whatever the expression.

import { bracketMatches } from './bracket.ts'
import type { Instruction, Program } from './regex.ts'

/** The leftmost match: the whole and the groups, undefined where a group took no part; undefined if there is none. */
export function matchRegex(
  program: Program,
  text: string,
  ignoreCase: boolean,
): (string | undefined)[] | undefined {
  const original = [...text]
  const points = ignoreCase ? original.map((point) => point.toLowerCase()) : original
  const visited = new Uint8Array(program.code.length * (points.length + 1))
  for (let start = 0; start <= points.length; start++) {
    const slots = matchAt(program, points, start, visited)
    if (!slots) continue
    return Array.from({ length: program.groups + 1 }, (_, index) => {
      const [from, to] = [slots[index * 2], slots[index * 2 + 1]]
      return from === undefined || to === undefined ? undefined : original.slice(from, to).join('')
    })
  }
  return undefined
}

interface Thread {
  pc: number
  at: number
  /** Set back this slot instead of running. */
  readonly slot?: number
  readonly value?: number | undefined
}

function matchAt(
  program: Program,
  points: readonly string[],
  start: number,
  visited: Uint8Array,
): (number | undefined)[] | undefined {
  const slots: (number | undefined)[] = [start]
  const stack: Thread[] = [{ pc: 0, at: start }]
  const width = points.length + 1
  for (let thread = stack.pop(); thread; thread = stack.pop()) {
    if (thread.slot !== undefined) {
      slots[thread.slot] = thread.value
      continue
    }
    let { pc, at } = thread
    for (;;) {
      if (visited[pc * width + at]) break
      visited[pc * width + at] = 1
      const one = program.code[pc] as Instruction
      if (one.op === 'match') {
        slots[1] = at
        return slots
      }
      if (one.op === 'jump') pc = one.to
      else if (one.op === 'split') {
        stack.push({ pc: one.second, at })
        pc = one.first
      } else if (one.op === 'save') {
        stack.push({ pc: 0, at: 0, slot: one.slot, value: slots[one.slot] })
        slots[one.slot] = at
        pc++
      } else if (one.op === 'assert') {
        if (!holdsAt(one.what, points, at)) break
        pc++
      } else {
        if (at >= points.length || !accepts(one, points[at] as string)) break
        pc++
        at++
      }
    }
  }
  return undefined
}

function accepts(one: Instruction, point: string): boolean {
  if (one.op === 'character') return one.character === point
  return one.op === 'bracket' ? bracketMatches(one.bracket, point) : one.op === 'any'
}

const isWord = (point: string | undefined): boolean => point !== undefined && /^[\p{L}\p{Nd}_]$/u.test(point)

function holdsAt(what: string, points: readonly string[], at: number): boolean {
  const before = isWord(points[at - 1])
  const after = isWord(points[at])
  switch (what) {
    case '^':
    case '`':
      return at === 0
    case '$':
    case "'":
      return at === points.length
    case '<':
      return !before && after
    case '>':
      return before && !after
    default:
      return (before !== after) === (what === 'b')
  }
}
