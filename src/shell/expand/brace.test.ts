import { expect, test } from 'vitest'
import { expandBraces } from './brace.ts'

// The right-hand sides are what `bash -c 'printf "%s|" …'` prints.
test.each([
  ['a{b,c}d', 'abd acd'],
  ['{a,b}{1,2}', 'a1 a2 b1 b2'],
  ['{a,{b,c}d}e', 'ae bde cde'],
  ['{1..3}', '1 2 3'],
  ['{3..1}', '3 2 1'],
  ['{01..10..4}', '01 05 09'],
  ['{a..e..2}', 'a c e'],
  ['{-1..1}', '-1 0 1'],
  ['pre{,post}', 'pre prepost'],
  ['{a}', '{a}'],
  ['{a,b', '{a,b'],
  ['$(f,{a,b})', '$(f,{a,b})'],
  ['"{a,b}"', '"{a,b}"'],
  ['{"a,b",c}', '"a,b" c'],
])('%s', (text, words) => {
  expect(expandBraces(text)).toEqual(words.split(' '))
})
