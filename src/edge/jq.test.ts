// Expectations are recordings of jq 1.6 and 1.7.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { expect, it } from 'vitest'
import { createJq } from './jq.ts'

const entry = createRequire(import.meta.url).resolve('jq-wasm')
const jq = createJq(readFileSync(entry.replace('index.js', 'build/jq.js'), 'utf8'))

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
