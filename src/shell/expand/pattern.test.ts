import { expect, test } from 'vitest'
import { escapePattern, matches } from './pattern.ts'

test.each([
  ['*', '', true],
  ['a*c', 'abbc', true],
  ['a?c', 'ac', false],
  ['[a-c]x', 'bx', true],
  ['[!a-c]x', 'bx', false],
  ['[]a]', ']', true],
  ['[[:digit:]]*', '5x', true],
  ['\\*', '*', true],
  ['\\*', 'a', false],
  ['a.c', 'abc', false],
  ['[a', '[a', true],
  ['@(a|b)c', 'bc', true],
  ['+(ab)', 'abab', true],
  ['!(a*)', 'bc', true],
  ['!(a*)', 'abc', false],
  ['*.!(txt)', 'f.md', true],
  ['?', 'é', true],
])('%s and %s', (pattern, text, expected) => {
  expect(matches(pattern, text, { extended: true })).toBe(expected)
})

test('an escaped text matches itself alone', () => {
  const text = 'a*[b]?\\(c|d)+!.^$&{}-'
  expect(matches(escapePattern(text), text, { extended: true })).toBe(true)
  expect(matches(escapePattern(text), `${text}x`, { extended: true })).toBe(false)
})
