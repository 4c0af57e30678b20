// Expected bytes: a pseudo-terminal of Linux 6 with IUTF8, a prompt of two columns on it.

import { expect, test } from 'vitest'
import { decode, encode } from '../../src/base/bytes.ts'
import { typeKeys } from '../../src/kernel/discipline.ts'
import { createTerminal, openTerminal, printTo, takeOutput } from '../../src/kernel/tty.ts'
import { trialMachine } from '../../src/programs/trial.ts'

function typed(keys: string): { shown: string; read: string | undefined } {
  const terminal = createTerminal(trialMachine([], {}), 'pts/0')
  printTo(terminal, '$ ')
  takeOutput(terminal)
  typeKeys(terminal, encode(keys))
  const file = openTerminal(terminal)
  const read = file.operations.read?.(file, 1000)
  return { shown: decode(takeOutput(terminal)), read: read === undefined ? undefined : decode(read) }
}

test('an erased character goes from the screen, never the prompt', () => {
  expect(typed('ab\x7f\x7f\x7f').shown).toBe('ab\b \b\b \b')
  expect(typed('日本\x7f\x7f').shown).toBe('日本\b \b\b \b')
  expect(typed('a日\x15b').shown).toBe('a日\b \b\b \bb')
})

test('a tab is erased by going back', () => {
  expect(typed('a\tb\x7f\x7fc').shown).toBe('a\tb\b \b\b\b\b\b\bc')
  expect(typed('ab\x12c\t\x7f').shown).toBe('ab^R\r\nabc\t\b\b\b\b\b')
})

test('control characters show as two, and are erased as two', () => {
  expect(typed('\x1b[Ax\x7f\x7f\x7f\x7f\n')).toEqual({ shown: `^[[Ax${'\b \b'.repeat(5)}\r\n`, read: '\n' })
  expect(typed('a\x01\x15').shown).toBe('a^A\b \b\b \b\b \b')
})

test('^W erases a word and what follows it', () => {
  expect(typed('ls foo-bar  \x17').shown).toBe(`ls foo-bar  ${'\b \b'.repeat(5)}`)
  expect(typed('ls foo-bar  \x17\x17\n').read).toBe('ls \n')
})

test('^C throws away what no one has read yet', () => {
  expect(typed('one\ntwo\x03thr\n').read).toBe('thr\n')
})

test('^D gives what was typed', () => {
  expect(typed('ab\x04')).toEqual({ shown: 'ab', read: 'ab' })
})
