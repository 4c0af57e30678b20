// Sessions of iptables 1.8.9 (nf_tables), recorded in empty network namespaces: the same lines give the same words.
// A line `$ ...` is what was typed, `! ...` went to the standard error, `= 2` is a status that is not 0.

import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { createNetfilter } from '../netfilter.ts'
import { runIptables, runIptablesSave } from './run.ts'

const folder = new URL('../../../../tests/recordings/iptables-1.8.9/', import.meta.url)

interface Step {
  readonly words: readonly string[]
  readonly said: readonly string[]
}

function readSteps(text: string): Step[] {
  const steps: { words: string[]; said: string[] }[] = []
  for (const line of text.replace(/\n$/, '').split('\n')) {
    if (line.startsWith('$ ')) steps.push({ words: split(line.slice(2)), said: [] })
    else steps.at(-1)?.said.push(line)
  }
  return steps
}

/** Words divided by blanks; those in single quotes whole. */
const split = (line: string): string[] =>
  [...line.matchAll(/(?:'((?:[^']|'\\'')*)'|(\S+))/g)].map(([, quoted, plain]) =>
    quoted === undefined ? (plain ?? '') : quoted.replaceAll("'\\''", "'"),
  )

const date = 'Sat Nov 21 05:00:06 2026'
const dated = /(?<= on )\w{3} \w{3} +\d+ [\d:]{8} \d{4}$/

for (const name of readdirSync(folder))
  test(`recorded session ${name}`, () => {
    const netfilter = createNetfilter()
    for (const { words, said } of readSteps(readFileSync(new URL(name, folder), 'utf8'))) {
      const [program = '', ...rest] = words
      const family = program.startsWith('ip6') ? 6 : 4
      const { out, err, status } = program.endsWith('-save')
        ? runIptablesSave(netfilter, family, rest, date)
        : runIptables(netfilter, family, rest)
      const lines = [...out, ...err.map((line) => `! ${line}`), ...(status === 0 ? [] : [`= ${status}`])]
      expect.soft(lines, words.join(' ')).toEqual(said.map((line) => line.replace(dated, date)))
    }
  })
