// What docker build sent, by its .dockerignore, as recorded (tests/recordings/*/build-13.json).

import { expect, it } from 'vitest'
import { fileMatcher, isIgnored, readIgnore } from './pattern.ts'

const files = ['one.txt', 'two.txt', 'three.md', 'dir', 'dir/in.txt', 'dir/sub', 'dir/sub/deep.txt', 'empty']
const kept = (text: string): string[] => files.filter((file) => !isIgnored(readIgnore(text), file))

it.each([
  ['*.md\ndir/sub\n!three.md\nempty\n', ['one.txt', 'two.txt', 'three.md', 'dir', 'dir/in.txt']],
  ['# comment\n\n*\n!one.txt\n!dir\ndir/in.txt\n', ['one.txt', 'dir', 'dir/sub', 'dir/sub/deep.txt']],
  ['**/*.txt\n', ['three.md', 'dir', 'dir/sub', 'empty']],
  ['one.*\n/two.txt\ndir/\n**/deep*\n?hree.md\n', ['empty']],
])('ignores by %j', (text, rest) => {
  expect(kept(text)).toEqual(rest)
})

it('refuses what is no pattern', () => {
  expect(() => readIgnore('[a-\n')).toThrow('syntax error in pattern')
  expect(() => readIgnore('!\n')).toThrow('illegal exclusion pattern: "!"')
})

it('matches names as COPY does: a star stops at a slash', () => {
  expect(files.filter(fileMatcher('dir/*'))).toEqual(['dir/in.txt', 'dir/sub'])
  expect(files.filter(fileMatcher('*.txt'))).toEqual(['one.txt', 'two.txt'])
})
