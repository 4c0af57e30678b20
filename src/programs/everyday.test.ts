// Plays what the real tools printed (GNU coreutils 9.1, grep 3.8, sed 4.9, findutils 4.9, procps 4.0, mawk 1.3.4 in the
// C locale) in a directory with the same files.

import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { freeze, symlink, tree } from '../kernel/fs/tree.ts'
import { everydayPrograms } from './everyday.ts'
import { trial, trialMachine } from './trial.ts'

interface Recording {
  readonly argv: readonly string[]
  readonly input: string
  readonly out: string
  readonly err: string
  readonly rc: number
}

const recordings: readonly Recording[] = JSON.parse(
  readFileSync(new URL('./gnu.recordings.json', import.meta.url), 'utf8'),
)
const empty = tree({}).entries
const files = {
  '/tmp/box/f1': 'a b c\nd e f\n1 2 3\nfoo=bar baz\n',
  '/tmp/box/f2': 'zzz\n',
  '/tmp/box/.h': '',
  '/tmp/box/l': symlink('f1'),
  '/tmp/box/d/e': freeze({ kind: 'directory', mode: 0o755, uid: 0, gid: 0, mtime: 0, entries: empty }),
}

it.each(recordings.map((recording) => [recording.argv.join(' '), recording] as const))(
  '%s',
  (_, recording) => {
    const { out, err, status } = trial(trialMachine(everydayPrograms, files), recording.argv, {
      input: recording.input,
      directory: '/tmp/box',
      environment: { LC_ALL: 'C' },
    })
    expect({ out, err, rc: status }).toEqual({ out: recording.out, err: recording.err, rc: recording.rc })
  },
)
