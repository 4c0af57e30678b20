// The fenced code blocks of a Markdown text, with the lines they stand on, and the prose before each.
// It does not know what the fences hold.

import { fromMarkdown } from 'mdast-util-from-markdown'

/** One fenced code block. */
export interface Fence {
  /** The line of the opening fence, from 1; its content begins on the next. */
  readonly line: number
  /** The column of the opening fence, from 1. */
  readonly column: number
  /** The first word of the info string, in small letters: `console`, `bash`, ``. */
  readonly lang: string
  /** The rest of the info string. */
  readonly meta: string
  /** Its lines, without the indentation and quote marks of the lists and quotes around it. */
  readonly lines: readonly string[]
}

interface Node {
  readonly type: string
  readonly children?: readonly Node[]
  readonly lang?: string | null | undefined
  readonly meta?: string | null | undefined
  readonly value?: string
  readonly position?: { readonly start: { readonly line: number; readonly column: number } } | undefined
}

// Only the block structure is wanted: inline constructs cost time (some of it quadratic) and tell nothing here.
const inlineConstructs = [
  'attention',
  'autolink',
  'characterEscape',
  'characterReference',
  'codeText',
  'definition',
  'hardBreakEscape',
  'htmlText',
  'labelEnd',
  'labelStartImage',
  'labelStartLink',
]

/** The fences of `lines` (a whole Markdown file), in order; indented code and inline backticks are none. */
export function fencesOf(lines: readonly string[]): Fence[] {
  const tree: Node = fromMarkdown(lines.join('\n'), {
    extensions: [{ disable: { null: inlineConstructs } }],
  })
  const fences: Fence[] = []
  const waiting: Node[] = [tree]
  for (let block = waiting.pop(); block; block = waiting.pop()) {
    if (block.type === 'code') addFence(fences, block, lines)
    for (const child of [...(block.children ?? [])].reverse()) waiting.push(child)
  }
  return fences
}

function addFence(fences: Fence[], block: Node, lines: readonly string[]): void {
  const start = block.position?.start
  const opening = start ? (lines[start.line - 1] ?? '').slice(start.column - 1) : ''
  if (!start || !/^[ \t]*(?:```|~~~)/.test(opening)) return
  fences.push({
    line: start.line,
    column: start.column,
    lang: (block.lang ?? '').toLowerCase(),
    meta: block.meta ?? '',
    lines: block.value === '' ? [] : (block.value ?? '').split('\n'),
  })
}
