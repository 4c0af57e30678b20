import { expect, test } from 'vitest'
import { encode } from '../base/bytes.ts'
import { compareOutput } from './compare/output.ts'
import { screenOf } from './compare/screen.ts'
import { fencesOf } from './markdown/fences.ts'
import { markdownLines } from './markdown/source.ts'
import { readTranscript } from './transcript/read.ts'

// Texts made to keep a reader busy: each is read before the runner loses patience.
const wide = 7990
const lines: Record<string, string> = {
  'assignments of quotes': `A=${'"'.repeat(wide)}`,
  'assignments of substitutions': `A=${'$()'.repeat(wide / 3)}"`,
  backslashes: `ls ${'\\'.repeat(wide - 10)}x`,
  blanks: `ls${' '.repeat(wide - 10)}x`,
  brackets: `docker ${'['.repeat(wide - 10)}`,
  angles: `docker ${'<a'.repeat(wide / 2 - 10)}`,
  numbers: `ls ${'1.'.repeat(wide / 2 - 10)}`,
  slashes: `ls ${'1/'.repeat(wide / 2 - 10)}`,
  colons: `ls ${'a:'.repeat(wide / 2 - 10)}`,
  hex: `ls ${'ab1'.repeat(wide / 3 - 10)}`,
  dots: `ls ${'.'.repeat(wide - 10)}x`,
  hashes: '#'.repeat(wide),
  words: `# ${'ab '.repeat(wide / 3 - 10)}`,
}

test.each(Object.entries(lines))('%s', (_, line) => {
  const text = ['```sh', `$ ${line}`, line, line, 'ls', '```', '```', `# ${line}`, line, '```'].join('\n')
  const { steps } = readTranscript(fencesOf(markdownLines('t.md', encode(text))))
  expect(steps.length).toBeGreaterThan(0)
  const printed = `${line}x\n`.repeat(20)
  const { outcome } = compareOutput([{ line: 1, text: line, maybeComment: false }], printed, [])
  expect(['bound', 'differs']).toContain(outcome)
})

test('a screen has an end', () => {
  expect(screenOf('\x1b[999B\x1b[999C'.repeat(20_000)).length).toBeLessThan(200_000)
})

test('a file of nothing but commands', () => {
  const text = ['```', ...Array<string>(19_000).fill('$ docker ps'), '```'].join('\n')
  expect(readTranscript(fencesOf(markdownLines('t.md', encode(text)))).steps).toHaveLength(19_000)
})
