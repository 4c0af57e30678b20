// Expectations are recordings of jq 1.6 and 1.7.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, it } from 'vitest'
import { createJq } from './jq.ts'

const entry = createRequire(import.meta.url).resolve('jq-wasm')
const library = createJq(() => readFileSync(entry.replace('index.js', 'build/jq.js'), 'utf8'))
const surroundings = { now: 1_767_225_600_500, environment: { HOME: '/home/ann', LANG: 'C' } }
const jq = (input: string, words: readonly string[]) => library(input, words, surroundings)

it('answers at once, with output, errors and status', () => {
  expect(jq('{"a":1,"b":[1,2]}', ['-c', '.a,.b'])).toEqual({ out: '1\n[1,2]\n', err: '', status: 0 })
  expect(jq('{"a":"é"}', ['-r', '.a']).out).toBe('é\n')
  expect(jq('null', ['-e', '.']).status).toBe(1)
  expect(jq('{"a":1}', ['.a|error'])).toEqual({
    out: '',
    err: 'jq: error (at <stdin>:0) (not a string): 1\n',
    status: 5,
  })
  expect(jq('1', ['.[']).status).toBe(3)
  expect(jq('null', ['-c', '$ARGS.positional', '--args', 'a']).out).toBe('["a"]\n')
})

it('names itself', () => {
  expect(jq('', ['--version'])).toEqual({ out: 'jq-1.7.1\n', err: '', status: 0 })
  expect(jq('', ['--foo', '.'])).toMatchObject({ status: 2 })
  expect(jq('', ['--foo', '.']).err).toMatch(/^jq: Unknown option --foo\n/)
})

it('has the clock, the zone and the environment that it is given', () => {
  expect(jq('', ['-n', 'now']).out).toBe('1767225600.5\n')
  expect(jq('', ['-nc', '0|localtime']).out).toBe('[1970,0,1,0,0,0,4,0]\n')
  expect(jq('', ['-nc', '$ENV']).out).toBe('{"HOME":"/home/ann","LANG":"C"}\n')
  expect(jq('', ['-nr', 'env.HOME']).out).toBe('/home/ann\n')
  expect(jq('1', ['.']).out).toBe('1\n')
})

it('survives a run out of memory', () => {
  expect(jq('', ['-n', 'reduce range(40) as $i ("abcdefgh"; . + .)|length'])).toMatchObject({ status: 134 })
  expect(jq('[1]', ['-c', '.']).out).toBe('[1]\n')
})
