// What the real shells printed (record.mjs), and what ours print: output, errors, status, to the byte.

import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { playLine } from './play.ts'

interface Step {
  readonly cmd: string
  readonly out: string
  readonly err: string
  readonly rc: number
}

const corpora = readdirSync(new URL('scripts', import.meta.url)).map((name) => name.replace('.json', ''))

for (const corpus of corpora) {
  const [shell = ''] = corpus.split('-')
  const steps: Step[] = JSON.parse(readFileSync(new URL(`${corpus}.json`, import.meta.url), 'utf8'))
  describe(corpus, () => {
    test.each(steps)('$cmd', ({ cmd, out, err, rc }) => {
      const played = playLine(cmd, shell)
      expect({ out: played.out, err: played.err, rc: played.status }).toEqual({ out, err, rc })
    })
  })
}
