// What a fence holds: a transcript, and how its commands are marked; or a file, a drawing, a form, which are not typed.

import type { Fence } from '../markdown/fences.ts'
import { splitHash, splitPrompt } from './prompt.ts'
import { looksTyped } from './words.ts'

/** How a fence marks its commands: by prompts; by root's `# `; not at all. Or why it has none. */
export type FenceKind =
  | { readonly transcript: 'prompted' | 'hash' | 'bare' }
  | { readonly transcript: undefined; readonly why: string }

const shellLanguages = new Set(
  'bash console fish ksh sh shell shell-session shellscript shellsession terminal term zsh cmd'.split(' '),
)
const plainLanguages = new Set([
  '',
  'text',
  'txt',
  'plain',
  'plaintext',
  'none',
  'output',
  'log',
  'json',
  'docker',
])

/** What `fence` holds. */
export function kindOfFence(fence: Fence): FenceKind {
  const shell = shellLanguages.has(fence.lang)
  if (!shell && !plainLanguages.has(fence.lang))
    return { transcript: undefined, why: `the fence is ${fence.lang}, not a shell's` }
  const lines = fence.lines.filter((line) => line.trim() !== '')
  const first = lines.find((line) => !/^\s*#/.test(line)) ?? ''
  if (lines.length === 0) return { transcript: undefined, why: 'the fence is empty' }
  if (lines.some((line) => isPrompted(line))) return { transcript: 'prompted' }
  if (lines.filter((line) => /[\u2500-\u257f]|[+|]-{3,}[+|]/.test(line)).length >= 2)
    return { transcript: undefined, why: 'the fence is a drawing' }
  if (isRootShell(lines)) return { transcript: 'hash' }
  if (looksTyped(first)) return { transcript: 'bare' }
  if (first === '') return { transcript: undefined, why: 'the fence holds comments only' }
  return { transcript: undefined, why: 'the fence holds no command: a file, a form or output' }
}

// A `$` within output or a file (`$ORIGIN`, `/ #`) is followed by something else than a typed word.
function isPrompted(line: string): boolean {
  const split = splitPrompt(line)
  if (!split) return false
  if (split.prompt.style === 'program') return false
  return split.prompt.style !== 'path' || split.typed === '' || looksTyped(split.typed)
}

function isRootShell(lines: readonly string[]): boolean {
  if (lines.some((line) => !/^\s*#/.test(line) && looksTyped(line))) return false
  return looksTyped(splitHash(lines[0] ?? '')?.typed ?? '')
}
