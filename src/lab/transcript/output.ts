// The lines below a command: which are its output, which are the author's comments, and whether output was
// written as comments.

import { readsAsOutput, withoutOutputMark } from './form.ts'
import type { ExpectedLine } from './step.ts'

export interface Output {
  readonly expected: ExpectedLine[] | undefined
  /** What the comments say. */
  readonly remark: string
  /** A ^C was shown. */
  readonly interrupted: boolean
}

/**
 * Sorts `lines`, all that stands between a command and the next. `fence` are the lines of the whole fence and
 * `fenceLine` the line of its opening: a comment right above a command speaks of that command.
 */
export function outputOf(
  lines: readonly ExpectedLine[],
  fence: readonly string[],
  fenceLine: number,
): Output {
  const shown = trimBlank(lines)
  const interrupted = shown.some(({ text }) => text.includes('^C'))
  if (shown.length === 0) return { expected: undefined, remark: '', interrupted }
  if (shown.some(({ text, maybeComment }) => !maybeComment && text.trim() !== ''))
    return { expected: shown, remark: commentsAfter(shown), interrupted }
  return { ...commentedOutput(shown, fence, fenceLine), interrupted }
}

// Only comments below the command: the first block may be its output, what follows a blank line is talk.
function commentedOutput(shown: readonly ExpectedLine[], fence: readonly string[], fenceLine: number) {
  const blank = shown.findIndex(({ text }) => text.trim() === '')
  const block = blank < 0 ? shown : shown.slice(0, blank)
  const first = block[0]?.line ?? 0
  const remark = block.map(({ text }) => bare(text)).join(' ')
  const separated = (fence[first - fenceLine - 2] ?? '').trim() === ''
  const contents = block.map(({ text }) => bare(text))
  const reads = contents.filter((content) => content !== '' && readsAsOutput(content)).length
  const filled = contents.filter((content) => content !== '').length
  if (separated || reads * 2 <= filled) return { expected: undefined, remark }
  const expected = block
    .filter(({ text }) => bare(text) === '' || readsAsOutput(bare(text)))
    .map((line) => ({
      ...line,
      text: withoutOutputMark(line.text.replace(/^\s*# ?/, '')),
      maybeComment: false,
    }))
  return { expected: trimBlank(expected), remark: '' }
}

const bare = (text: string): string => text.replace(/^\s*#\s*/, '').trim()

function commentsAfter(shown: readonly ExpectedLine[]): string {
  return shown
    .filter(({ maybeComment }) => maybeComment)
    .map(({ text }) => bare(text))
    .join(' ')
}

function trimBlank(lines: readonly ExpectedLine[]): ExpectedLine[] {
  const first = lines.findIndex(({ text }) => text.trim() !== '')
  const last = lines.findLastIndex(({ text }) => text.trim() !== '')
  return first < 0 ? [] : lines.slice(first, last + 1)
}
