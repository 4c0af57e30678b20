// Reads the transcripts of a text: which lines of its fences were typed and where, and which are their output.
// It reads the text alone; what the commands do is not known here.

import type { Fence } from '../markdown/fences.ts'
import { type Banner, bannerOf, isBoxLine } from './banner.ts'
import { kindOfFence } from './fence-kind.ts'
import { placeholderIn, splitRemark } from './form.ts'
import { goesOn } from './input.ts'
import { outputOf } from './output.ts'
import { type Prompt, splitHash, splitPrompt } from './prompt.ts'
import type { ExpectedLine, PassedOver, Step, Transcript } from './step.ts'
import { looksTyped, opensShell } from './words.ts'

/** The steps of the fences of one file, in order. */
export function readTranscript(fences: readonly Fence[]): Transcript {
  const reading: Reading = { steps: [], passedOver: [], banner: {} }
  for (const fence of fences) readFence(reading, fence)
  return reading
}

interface Reading {
  readonly steps: Step[]
  readonly passedOver: PassedOver[]
  banner: Banner
}

/** A command of which the output is being gathered. */
interface Draft {
  readonly line: number
  readonly cmd: string
  readonly remark: string
  readonly prompt: Prompt | undefined
  readonly banner: Banner
  promptAfter: Prompt | undefined
  output: ExpectedLine[]
}

interface FenceReading {
  readonly reading: Reading
  readonly fence: Fence
  readonly style: 'prompted' | 'hash' | 'bare'
  readonly drafts: Draft[]
  /** Comments since the last command or blank line, which may introduce the next command. */
  comments: string[]
  /** A shell has been opened and no prompt was shown since: `# ` may be its prompt. */
  opened: boolean
}

function readFence(reading: Reading, fence: Fence): void {
  const kind = kindOfFence(fence)
  if (kind.transcript === undefined) {
    readBanners(reading, fence)
    reading.passedOver.push({ line: fence.line, text: fence.lines[0] ?? '', why: kind.why })
    return
  }
  const state: FenceReading = {
    reading,
    fence,
    style: kind.transcript,
    drafts: [],
    comments: [],
    opened: false,
  }
  for (let index = 0; index < fence.lines.length; ) index = readLine(state, index)
  for (const draft of state.drafts) finish(reading, fence, draft)
}

function readBanners(reading: Reading, fence: Fence): void {
  for (const line of fence.lines) {
    const banner = /^\s*#/.test(line) ? bannerOf(line, false) : undefined
    if (banner) reading.banner = banner
  }
}

/** Reads the line at `index` of the fence; returns the index of the next one to read. */
function readLine(state: FenceReading, index: number): number {
  const { fence, reading } = state
  const line = fence.lines[index] ?? ''
  const banner = bannerAt(fence.lines, index)
  if (banner) {
    reading.banner = banner.banner
    state.comments = []
    return banner.next
  }
  const typed = typedAt(state, index)
  if (typed) return addCommand(state, index, typed)
  if (line.trim() === '') state.comments = []
  else if (/^\s*#/.test(line)) state.comments.push(line.replace(/^\s*#+\s*/, ''))
  state.drafts.at(-1)?.output.push({
    line: fence.line + 1 + index,
    text: line,
    maybeComment: /^\s*#/.test(line),
  })
  return index + 1
}

function bannerAt(lines: readonly string[], index: number): { banner: Banner; next: number } | undefined {
  const line = lines[index] ?? ''
  if (!/^\s*#/.test(line)) return undefined
  if (isBoxLine(line)) {
    const boxed = bannerOf(lines[index + 1] ?? '', true)
    return boxed && isBoxLine(lines[index + 2] ?? '') ? { banner: boxed, next: index + 3 } : undefined
  }
  const banner = bannerOf(line, false)
  return banner && { banner, next: index + 1 }
}

/** What was typed in the line at `index`, and at which prompt; undefined if it is output, a comment or blank. */
function typedAt(state: FenceReading, index: number): { prompt?: Prompt; typed: string } | undefined {
  const line = state.fence.lines[index] ?? ''
  if (line.trim() === '') return undefined
  if (state.style === 'bare') {
    if (/^\s*#/.test(line) || !looksTyped(line)) return undefined
    return inTable(state) ? undefined : { typed: line.trim() }
  }
  const split = splitPrompt(line)
  if (split && state.style === 'prompted') {
    const sure = split.prompt.style !== 'path' && split.prompt.style !== 'program'
    if (sure || split.typed === '' || looksTyped(split.typed) || state.opened) return split
  }
  const hash = splitHash(line)
  const rootShell = state.style === 'hash' || state.opened
  return hash && rootShell && looksTyped(hash.typed) ? hash : undefined
}

// The rows below a table's head are no commands, even if one is named `bridge` or `docker`.
function inTable(state: FenceReading): boolean {
  const output = state.drafts.at(-1)?.output ?? []
  const blank = output.findLastIndex(({ text }) => text.trim() === '')
  return /^\s*[A-Z][A-Z ]*(?: {2,}[A-Z][A-Z ()/]*)+$/.test(output[blank + 1]?.text ?? '')
}

function addCommand(state: FenceReading, index: number, at: { prompt?: Prompt; typed: string }): number {
  const { fence, reading } = state
  const line = fence.line + 1 + index
  if (at.typed === '') {
    const last = state.drafts.at(-1)
    if (last && at.prompt) last.promptAfter = at.prompt
    return index + 1
  }
  const { cmd: whole, next } = wholeInput(fence.lines, index, at.typed)
  const { cmd, remark } = whole.includes('\n') ? { cmd: whole, remark: '' } : splitRemark(whole)
  const placeholder = placeholderIn(cmd)
  const intro = state.comments.join(' ')
  state.comments = []
  dropIntroduction(state)
  if (placeholder !== undefined) {
    reading.passedOver.push({ line, text: cmd, why: `a form: ${placeholder} stands for something` })
    return next
  }
  state.drafts.push({
    line,
    cmd,
    remark: [intro, remark].filter(Boolean).join(' '),
    prompt: at.prompt,
    banner: reading.banner,
    promptAfter: undefined,
    output: [],
  })
  state.opened = opensShell(cmd) || (at.prompt?.style === 'hash' && state.opened && cmd !== 'exit')
  return next
}

/** A command with the lines that belong to it; the first line alone if the fence ends before it is whole. */
function wholeInput(lines: readonly string[], index: number, first: string): { cmd: string; next: number } {
  let cmd = first
  let next = index + 1
  while (goesOn(cmd) && next < lines.length && next - index < 200) {
    cmd += `\n${(lines[next] ?? '').replace(/^>(?: |$)/, '')}`
    next++
  }
  return goesOn(cmd) ? { cmd: first, next: index + 1 } : { cmd, next }
}

// Comments between a blank line and a command introduce the command; they are not the output of the one before.
function dropIntroduction(state: FenceReading): void {
  const output = state.drafts.at(-1)?.output
  if (!output) return
  const blank = output.findLastIndex(({ text }) => text.trim() === '')
  if (blank < 0) return
  if (output.slice(blank).every(({ text, maybeComment }) => maybeComment || text.trim() === ''))
    output.splice(blank)
}

function finish(reading: Reading, fence: Fence, draft: Draft): void {
  const { expected, remark, interrupted } = outputOf(draft.output, fence.lines, fence.line)
  reading.steps.push({
    line: draft.line,
    cmd: draft.cmd,
    expected,
    prompt: draft.prompt,
    promptAfter: draft.promptAfter,
    fence: fence.line,
    machine: draft.banner.machine,
    terminal: draft.banner.terminal,
    interrupted,
    remark: [draft.remark, remark].filter(Boolean).join(' '),
  })
}
