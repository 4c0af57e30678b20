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
