// Each transcript in this folder, and each scenario, plays in a fresh world and prints what it says.

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { Bytes } from '../../src/base/bytes.ts'
import { check } from '../../src/lab/check.ts'
import { play } from '../../src/lab/replay.ts'
import { readScenario } from '../../src/lab/scenario.ts'
import { createTheatre } from '../../src/lab/theatre.ts'

const bytesOf = (path: string): Bytes => readFileSync(path, 'latin1') as Bytes

describe('transcripts', () => {
  for (const name of readdirSync(__dirname).filter((file) => file.endsWith('.md')))
    test(name, () => {
      const { steps } = check(name, bytesOf(join(__dirname, name)), createTheatre())
      expect(steps.length).toBeGreaterThan(0)
      const wrong = steps.filter(({ verdict }) => !['equal', 'bound', 'ran'].includes(verdict))
      expect(
        wrong.map(({ line, cmd, verdict, reason, diff }) => ({ line, cmd, verdict, reason, diff })),
      ).toEqual([])
    })
})

describe('scenarios', () => {
  const root = join(__dirname, '../../scenarios')
  for (const course of readdirSync(root))
    for (const name of readdirSync(join(root, course)))
      test(`${course}/${name}`, () => {
        const scenario = readScenario(name, bytesOf(join(root, course, name)))
        const { steps, shown } = play(scenario, createTheatre())
        expect(steps).toBeGreaterThan(0)
        expect(shown.filter(({ kind }) => kind === 'differs')).toEqual([])
      })
})
