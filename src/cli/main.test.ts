// How failures of a command's body reach the user.

import { expect, test } from 'vitest'
import type { Release } from '../base/release.ts'
import { asRoot, type Clock, createFileSystem } from '../kernel/fs/filesystem.ts'
import { tree } from '../kernel/fs/tree.ts'
import * as release20_10 from '../releases/20.10.ts'
import * as release28 from '../releases/28.ts'
import type { Context } from './context.ts'
import { main } from './main.ts'

/** A user without any file of docker's. */
const noFiles = asRoot(createFileSystem(tree({}), {} as unknown as Clock))

function docker(release: Release, argv: string[]): { err: string; rc: number } {
  let err = ''
  const proc = {
    ...noFiles,
    print: () => undefined,
    printError: (text: string): void => {
      err += `${text}\n`
    },
    env: () => '',
    files: new Map(),
  }
  const traits = release === '28' ? release28.cli : release20_10.cli
  const step = main({ proc, engine: undefined, release, traits } as unknown as Context, argv).next()
  return { err, rc: step.done ? step.value : -1 }
}

test('what is not simulated is refused in one sentence', () => {
  expect(docker('28', ['swarm', 'init'])).toEqual({
    err: 'docksim does not simulate docker swarm init\n',
    rc: 1,
  })
  expect(docker('28', ['run', '--gpus', 'all', 'alpine'])).toEqual({
    err: 'docksim does not simulate GPUs\n',
    rc: 125,
  })
  expect(docker('20.10', ['--tlsverify', 'ps']).err).toBe(
    'docksim does not simulate TLS between docker and the daemon\n',
  )
})

test('a wrong line is refused before what is not simulated', () => {
  expect(docker('28', ['swarm', 'join']).err).toMatch(/^docker: 'docker swarm join' requires 1 argument\n/)
})
