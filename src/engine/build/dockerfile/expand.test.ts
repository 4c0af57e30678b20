// biome-ignore-all lint/suspicious/noTemplateCurlyInString: variables of Dockerfiles
// What ENV and the others made of words in Docker 28.5.2 and 20.10.24, as recorded (tests/recordings/*/build-1[12].json).

import { describe, expect, it } from 'vitest'
import { expandWord, expandWords } from './expand.ts'

const environment = new Map([
  ['W', 'def'],
  ['EMPTY', ''],
  ['PORTS', '80 443'],
])
const expanded = (word: string, release: '20.10' | '28' = '28'): string =>
  expandWord({ escape: '\\', release }, word, environment)

describe('expandWord', () => {
  it.each([
    ['${W:-x}', 'def'],
    ['${NOPE:-fallback}', 'fallback'],
    ['${W:+set}', 'set'],
    ['a${NOPE}b', 'ab'],
    ['\\$W', '$W'],
    ['"$W"', 'def'],
    ["'$W'", '$W'],
    ['c\\ d', 'c d'],
    ['/${W}/$W', '/def/def'],
    ['${EMPTY:-x}${EMPTY-y}', 'x'],
  ])('makes %s into %s', (word, text) => {
    expect(expanded(word)).toBe(text)
  })

  it.each([
    [
      '"abc',
      'failed to process "\\"abc": unexpected end of statement while looking for matching double-quote',
    ],
    ['${y', 'failed to process "${y": unsupported modifier (\ufffd) in substitution'],
    ['${y!z}', 'failed to process "${y!z}": unsupported modifier (!) in substitution'],
  ])('refuses %s', (word, words) => {
    expect(() => expanded(word)).toThrow(words)
  })

  it('knows only modifiers with a colon in 20.10', () => {
    expect(() => expanded('${y!z}', '20.10')).toThrow(
      'failed to process "${y!z}": missing \':\' in substitution',
    )
  })

  it('parts words at the blanks of variables, for EXPOSE', () => {
    expect(expandWords({ escape: '\\', release: '28' }, '$PORTS', environment)).toEqual(['80', '443'])
  })
})
