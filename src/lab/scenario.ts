// A scenario of ours: a Markdown file with front matter, prose and `console` fences. It is read strictly: every
// mistake is told with its file, line and column. How it is played is for replay.ts.

import * as z from 'zod/mini'
import type { Bytes } from '../base/bytes.ts'
import { FileError, type Place } from './errors.ts'
import { type Fence, fencesOf } from './markdown/fences.ts'
import { markdownLines } from './markdown/source.ts'
import { goesOn } from './transcript/input.ts'
import { splitPrompt } from './transcript/prompt.ts'
import type { ExpectedLine } from './transcript/step.ts'
import { type WorldSpec, withWorldKeys } from './world-file.ts'
import { readYaml } from './yaml-file.ts'

/** What a fence is for; `demo` where its info string says nothing. */
export const roles = ['setup', 'demo', 'check', 'solution', 'mistake', 'incident'] as const
export type Role = (typeof roles)[number]

/** A command of a scenario. */
export interface ScenarioStep {
  readonly line: number
  /** The prompt as the file has it: `$`, `/ #`. */
  readonly prompt: string
  /** Continuation lines are joined by line feeds. */
  readonly cmd: string
  /** What it must print; no lines for a command that prints nothing. */
  readonly expected: readonly ExpectedLine[]
  readonly role: Role
}

/** A piece of a scenario in its order: prose as it stands, or the steps of one fence. */
export type ScenarioPart =
  | { readonly kind: 'prose'; readonly line: number; readonly lines: readonly string[] }
  | { readonly kind: 'steps'; readonly line: number; readonly steps: readonly ScenarioStep[] }

export interface Scenario {
  readonly file: string
  readonly title: string
  readonly summary: string
  readonly world: WorldSpec
  readonly parts: readonly ScenarioPart[]
}

const frontMatter = withWorldKeys('the front matter', {
  title: z.string({ error: 'this must be the title of the scenario; a scenario needs one' }),
  summary: z.optional(z.string({ error: 'this must be a sentence about the scenario' })),
})

/** Reads the scenario file `file`. Throws FileError at the first mistake. */
export function readScenario(file: string, bytes: Bytes): Scenario {
  const lines = markdownLines(file, bytes)
  const end = lines[0] === '---' ? lines.indexOf('---', 1) : -1
  if (end < 0)
    throw new FileError(file, 'a scenario begins with front matter between two lines "---"', {
      line: 1,
      column: 1,
    })
  const source = { file, text: lines.slice(1, end).join('\n'), linesBefore: 1 }
  const { title, summary = '', ...world } = readYaml(source, frontMatter)
  const blanked = lines.map((line, index) => (index <= end ? '' : line))
  const parts = partsOf(file, blanked, end + 1)
  if (!parts.some(({ kind }) => kind === 'steps'))
    throw new FileError(file, 'the scenario has no `console` fence, so there is nothing to play')
  return { file, title, summary, world, parts }
}

/** All steps, in order. */
export const stepsOf = ({ parts }: Scenario): ScenarioStep[] =>
  parts.flatMap((part) => (part.kind === 'steps' ? part.steps : []))

function partsOf(file: string, lines: readonly string[], from: number): ScenarioPart[] {
  const parts: ScenarioPart[] = []
  let next = from
  for (const fence of fencesOf(lines)) {
    if (fence.lang !== 'console') continue
    addProse(parts, lines, next, fence.line - 1)
    parts.push({ kind: 'steps', line: fence.line, steps: stepsIn(file, fence) })
    next = fence.line + fence.lines.length + 1
  }
  addProse(parts, lines, next, lines.length)
  return parts
}

function addProse(parts: ScenarioPart[], lines: readonly string[], from: number, to: number): void {
  let first = from
  let last = to
  while (first < last && lines[first]?.trim() === '') first++
  while (last > first && lines[last - 1]?.trim() === '') last--
  if (first < last) parts.push({ kind: 'prose', line: first + 1, lines: lines.slice(first, last) })
}

function stepsIn(file: string, fence: Fence): ScenarioStep[] {
  const role = roleOf(file, fence)
  const steps: (ScenarioStep & { expected: ExpectedLine[] })[] = []
  for (let index = 0; index < fence.lines.length; index++) {
    const line = fence.line + 1 + index
    const text = fence.lines[index] ?? ''
    const split = splitPrompt(text)
    if (!split) {
      const last = steps.at(-1)
      if (!last)
        throw new FileError(file, 'a console fence begins with a prompt, such as "$ "', placeOf(fence, line))
      last.expected.push({ line, text, maybeComment: false })
      continue
    }
    if (split.typed === '') continue
    let cmd = split.typed
    while (goesOn(cmd)) {
      index++
      if (index >= fence.lines.length)
        throw new FileError(file, 'the fence ends before this command does', placeOf(fence, line))
      cmd += `\n${(fence.lines[index] ?? '').replace(/^>(?: |$)/, '')}`
    }
    steps.push({ line, prompt: split.prompt.text, cmd, expected: [], role })
  }
  return steps.map((step) => ({ ...step, expected: withoutLastBlanks(step.expected) }))
}

function roleOf(file: string, fence: Fence): Role {
  const word = fence.meta.split(/\s+/)[0] ?? ''
  if (word === '') return 'demo'
  const role = roles.find((name) => name === word)
  if (role) return role
  const column = fence.column + '```console '.length
  throw new FileError(file, `"${word}" is no role of a fence; there are ${roles.join(', ')}`, {
    line: fence.line,
    column,
  })
}

const placeOf = (fence: Fence, line: number): Place => ({ line, column: fence.column })

function withoutLastBlanks(lines: readonly ExpectedLine[]): ExpectedLine[] {
  return lines.slice(0, lines.findLastIndex(({ text }) => text.trim() !== '') + 1)
}
