// Runs docker's command line alone: no engine, no machine, only what it prints.

import type { Release } from '../../src/base/release.ts'
import type { Wait } from '../../src/base/scheduler.ts'
import type { Context } from '../../src/cli/context.ts'
import { main } from '../../src/cli/main.ts'
import type { CliTraits } from '../../src/cli/traits.ts'
import { asRoot, type Clock, createFileSystem } from '../../src/kernel/fs/filesystem.ts'
import { tree } from '../../src/kernel/fs/tree.ts'
import * as release19_03 from '../../src/releases/19.03.ts'
import * as release20_10 from '../../src/releases/20.10.ts'
import * as release28 from '../../src/releases/28.ts'
import * as release29 from '../../src/releases/29.ts'

const traits: Readonly<Record<Release, CliTraits>> = {
  '19.03': release19_03.cli,
  '20.10': release20_10.cli,
  '28': release28.cli,
  '29': release29.cli,
}

/** A user without any file of docker's. */
const noFiles = asRoot(createFileSystem(tree({}), {} as unknown as Clock))

export interface Printed {
  readonly out: string
  readonly err: string
  readonly rc: number
}

/** What `docker` with `argv` prints where nothing needs a daemon: 80 columns, HOME=/root. */
export function docker(release: Release, argv: readonly string[]): Printed {
  let out = ''
  let err = ''
  const proc = {
    ...noFiles,
    print: (text: string): void => {
      out += `${text}\n`
    },
    printError: (text: string): void => {
      err += `${text}\n`
    },
    env: (name: string) => (name === 'HOME' ? '/root' : ''),
    files: new Map(),
  }
  const context = { proc, engine: undefined, release, traits: traits[release] } as unknown as Context
  const run: Generator<Wait, number, void> = main(context, argv)
  const step = run.next()
  if (!step.done) throw new Error('docker waits')
  return { out, err, rc: step.value }
}
