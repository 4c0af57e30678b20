// Sessions at a terminal, compared with what a real bash showed (record-session.py).

import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { bash } from '../../src/shell/programs.ts'
import { lastStatusOf } from '../../src/shell/state.ts'
import { openSession, type } from './session.ts'

interface Recorded {
  readonly steps: readonly { readonly keys: string; readonly shown: string }[]
  readonly rc: number
}

const sessions: Recorded[] = JSON.parse(readFileSync(new URL('sessions.json', import.meta.url), 'utf8'))

const withoutPids = (text: string): string => text.replace(/^(.*)\[(\d+)\] \d+$/gm, '$1[$2] PID')

test.each(sessions.map((session, index) => ({ session, index })))('session $index', ({ session }) => {
  const opened = openSession(bash, ['bash', '--norc', '--noediting'])
  const played = session.steps.map(({ keys }) => ({
    keys,
    shown: keys === '' ? opened.greeting : withoutPids(type(opened, keys, 0.6)),
  }))
  expect(played).toEqual(session.steps)
  expect(opened.shell.state).toBe('zombie')
  expect(opened.shell.status).toBe(session.rc)
})

test('a shell at its prompt is parked and can start again; one that is busy is not', () => {
  const opened = openSession(bash, ['bash', '--norc'])
  type(opened, 'x=5; (exit 3)\r')
  expect(opened.shell.parked).toBe(true)
  expect(lastStatusOf(opened.shell)).toBe(3)
  type(opened, 'while :; do :; done\r')
  expect(opened.shell.parked).toBe(false)
})

test('a parked shell goes on from its record alone', () => {
  const opened = openSession(bash, ['bash', '--norc'])
  type(opened, 'x=kept; f() { echo "f $x"; }\r')
  type(opened, 'for i in 1 2\r')
  Reflect.set(opened.shell, 'task', undefined)
  expect(type(opened, 'do f; done\r')).toBe('do f; done\nf kept\nf kept\nbash-5.2# ')
})

test('a script that comes through a pipe runs command by command', () => {
  const script = 'printf "%s\\n" "echo a" "if true" "then echo b" fi; sleep 5; echo "echo c"'
  const opened = openSession(bash, ['bash', '--norc'])
  expect(type(opened, `bash <(${script})\r`)).toMatch(/\na\nb\n$/)
  expect(type(opened, '', 5)).toBe('c\nbash-5.2# ')
})
