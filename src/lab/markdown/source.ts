// The door for Markdown from outside: bytes of a file become text, or one clear error. What is too large, no text,
// or nested so deeply that a Markdown parser would take minutes is refused here, before anything reads it.

import { type Bytes, decode } from '../../base/bytes.ts'
import { FileError } from '../errors.ts'

/** What a Markdown file may be at most. */
export const markdownLimits = {
  bytes: 1_000_000,
  lines: 20_000,
  lineLength: 8_000,
  nesting: 40,
  indentation: 200,
} as const

const containerMarks = /^(?:[ \t]*(?:>|[-*+](?=[ \t])|\d{1,9}[.)](?=[ \t])))+/
const oneMark = /[>*+-]|\d{1,9}[.)]/g

/** The lines of the file `file`, whose content is `bytes`. Throws FileError if it is no Markdown that we read. */
export function markdownLines(file: string, bytes: Bytes): string[] {
  if (bytes.length > markdownLimits.bytes)
    throw new FileError(
      file,
      `the file has ${bytes.length} bytes; a Markdown file may have ${markdownLimits.bytes}`,
    )
  const binary = /[\x00-\x08\x0e-\x1a\x1c-\x1f]/.exec(bytes)
  if (binary)
    throw new FileError(file, 'this is a binary file, not Markdown text', placeOf(bytes, binary.index))
  const text = decode(bytes).replace(/^\ufeff/, '')
  const broken = text.indexOf('\ufffd')
  if (broken >= 0 && !bytes.includes('\xef\xbf\xbd'))
    throw new FileError(file, 'this is not UTF-8 text', placeOf(text, broken))
  const lines = text.split(/\r\n|\n|\r/)
  if (lines.length > markdownLimits.lines)
    throw new FileError(
      file,
      `the file has ${lines.length} lines; a Markdown file may have ${markdownLimits.lines}`,
    )
  for (const [index, line] of lines.entries()) refuseWildLine(file, line, index + 1)
  return lines
}

function refuseWildLine(file: string, line: string, number: number): void {
  if (line.length > markdownLimits.lineLength)
    throw new FileError(
      file,
      `the line has ${line.length} characters; a line may have ${markdownLimits.lineLength}`,
      { line: number, column: markdownLimits.lineLength + 1 },
    )
  const marks = containerMarks.exec(line)?.[0] ?? ''
  const depth = marks.match(oneMark)?.length ?? 0
  if (depth > markdownLimits.nesting || (depth > 0 && marks.length > markdownLimits.indentation))
    throw new FileError(file, `lists and quotes are nested more than ${markdownLimits.nesting} deep`, {
      line: number,
      column: marks.length,
    })
}

function placeOf(text: string, index: number) {
  const before = text.slice(0, index).split('\n')
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 }
}
