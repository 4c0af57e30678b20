import { expect, test } from 'vitest'
import { quoteUnprintable } from './quote.ts'

// Expected: bash 5.2, `bash -c $'abc日本\r'` and alike.
test.each([
  ['docker日本', 'docker日本'],
  ['docker\r', "$'docker\\r'"],
  ['\x1b[Aecho', "$'\\E[Aecho'"],
  ["a\tb c\x01'", "$'a\\tb c\\001\\''"],
])('%j as a command that is not found', (name, words) => {
  expect(quoteUnprintable(name)).toBe(words)
})
