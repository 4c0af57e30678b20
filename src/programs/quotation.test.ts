// Expected words: coreutils 9.1 (`rm NAME`, `cat NAME`).

import { expect, test } from 'vitest'
import { quoteName, quoteOddName } from './quotation.ts'

test.each([
  ['plain', "'plain'"],
  ['', "''"],
  ["it's", '"it\'s"'],
  ["a' b", '"a\' b"'],
  ["it's $x", "'it'\\''s $x'"],
  ['a"b', "'a\"b'"],
  ['日本 x', "'日本 x'"],
  ['a\tb', "'a'$'\\t''b'"],
  ['\t\ta\t', "''$'\\t\\t''a'$'\\t'"],
  ['\x01b', "''$'\\001''b'"],
  ["x\ny'z", "'x'$'\\n''y'\\''z'"],
])('%j in a message', (name, words) => {
  expect(quoteName(name)).toBe(words)
})

test.each([
  ['plain', 'plain'],
  ['/etc/a-b_c.d,e+f%g@h', '/etc/a-b_c.d,e+f%g@h'],
  ['no pe', "'no pe'"],
  ['a:b', "'a:b'"],
  ['#a', "'#a'"],
  ['a#b~', 'a#b~'],
  ['{', "'{'"],
  ['a{b}', 'a{b}'],
])('%j before a colon', (name, words) => {
  expect(quoteOddName(name)).toBe(words)
})
