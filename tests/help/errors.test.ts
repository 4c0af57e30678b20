// Wrong lines, and right ones that need no daemon, against what real clients printed.
// Sources: `errors/28.2.2.json`, `errors/20.10.24.json`: docker CLI 28.2.2 and 20.10.24 (a Debian build; the line of
// its extra `completion` command is left out); `errors/steps-*.json`: sessions on engines 28.5.2 and 20.10.24.

import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Release } from '../../src/base/release.ts'
import { docker, type Printed } from './terminal.ts'

const read = <Content>(name: string): Content =>
  JSON.parse(readFileSync(new URL(`./errors/${name}.json`, import.meta.url), 'utf8')) as Content

const recorded: readonly [string, Release][] = [
  ['28.2.2', '28'],
  ['20.10.24', '20.10'],
]

describe.each(recorded)('lines of %s', (name, release) => {
  for (const { argv, ...printed } of read<({ argv: string[] } & Printed)[]>(name))
    test(JSON.stringify(argv), () => {
      expect(docker(release, argv)).toEqual(printed)
    })
})

describe.each<Release>(['28', '20.10'])('session on %s', (release) => {
  for (const { cmd, ...printed } of read<({ cmd: string } & Printed)[]>(`steps-${release}`)) {
    // Pipes and quotes belong to a shell; a step that asks the daemon belongs to the engine's tests.
    const needsMore = /['|]/.test(cmd) || printed.err.includes('from daemon')
    test.skipIf(needsMore)(cmd, () => {
      expect(docker(release, cmd.split(' ').slice(1))).toEqual(printed)
    })
  }
})
