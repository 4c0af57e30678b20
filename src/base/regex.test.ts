import { expect, test } from 'vitest'
import { compileGlob } from './glob.ts'
import { compilePosix } from './posix.ts'
import { allMatches, compileRegex, replaceMatches } from './regex.ts'

const all = (pattern: string, text: string, extended = true) =>
  [...allMatches(compilePosix(pattern, { extended }), text)].map(({ groups }) => groups[0])

test('the longest of the leftmost matches (regex(7))', () => {
  expect(all('a|ab', 'xab')).toEqual(['ab'])
  expect(all('(a|ab)(c|bcd)(d*)', 'abcd')).toEqual(['abcd'])
  expect(compileRegex('a|ab').find('ab')?.groups).toEqual(['a'])
})

test('basic expressions write their operators with backslashes, as GNU extends them', () => {
  expect(all('a\\{2,3\\}', 'aaaa', false)).toEqual(['aaa'])
  expect(all('\\(ab\\)\\+', 'xababx', false)).toEqual(['abab'])
  expect(all('a+', 'a+', false)).toEqual(['a+'])
  expect(all('*a', '*a', false)).toEqual(['*a'])
  expect(all('a**', 'aaa', false)).toEqual(['aaa'])
})

test('words begin and end', () => {
  expect(all('\\<foo', 'xfoo foo')).toEqual(['foo'])
  expect(compilePosix('foo\\>').find('foox foo')?.index).toBe(5)
})

test('an empty match right after another is none', () => {
  expect(replaceMatches(compilePosix('b*'), 'abc', () => '-')).toBe('-a-c-')
})

test('classes, ranges and brackets that hold brackets', () => {
  expect(all('[[:digit:]]+', 'ab12')).toEqual(['12'])
  expect(all('[]a]+', ']a[')).toEqual([']a'])
  expect(all('[^]a]+', ']ab')).toEqual(['b'])
  expect(() => compilePosix('[[:foo:]]')).toThrow('Invalid character class name')
  expect(() => compilePosix('[a')).toThrow('Unmatched [, [^, [:, [., or [=')
  expect(() => compilePosix('a\\{1')).toThrow('Unmatched { or \\{')
})

test('what explodes elsewhere ends here', () => {
  const text = `${'a'.repeat(50_000)}b`
  expect(compilePosix('(a+)+$', { extended: true }).find(text)).toBeUndefined()
  expect(compilePosix('(a|aa)*c', { extended: true }).find(text)).toBeUndefined()
  expect(compileGlob('*a*a*a*a*a*a*a*a*a*a*c')(text)).toBe(false)
})

test('a memory of earlier text works on short texts, and is refused on long ones', () => {
  const twice = compilePosix('\\(a*\\)b\\1')
  expect(twice.find('aabaa')?.groups).toEqual(['aabaa', 'aa'])
  expect(() => twice.find(`${'a'.repeat(50_000)}`)).toThrow('Memory exhausted')
  expect(() => compilePosix('\\(\\(a*\\)*\\)*\\1b').find('a'.repeat(40))).toThrow('Memory exhausted')
})

test.each([
  ['*.conf', 'a.conf', true],
  ['[!a]b', 'cb', true],
  ['[!a]b', 'ab', false],
  ['[a', '[a', true],
  ['a\\*', 'a*', true],
  ['?', 'ab', false],
])('%s against %s', (pattern, name, expected) => {
  expect(compileGlob(pattern)(name)).toBe(expected)
})
