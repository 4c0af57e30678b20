// Every `--help` of every release against what the real client printed (80 columns, HOME=/root).
// Source: docker CLI 19.03.15, 20.10.24, 28.2.2 and 29.7.2.

import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import type { Release } from '../../src/base/release.ts'
import { docker } from './terminal.ts'

const captured: Readonly<Record<string, Release>> = {
  '19.03.15': '19.03',
  '20.10.24': '20.10',
  '28.2.2': '28',
  '29.7.2': '29',
}

describe.each(Object.entries(captured))('help of %s', (version, release) => {
  const folder = new URL(`./${version}/`, import.meta.url)
  for (const file of readdirSync(folder)) {
    const text = readFileSync(new URL(file, folder), 'utf8')
    const path = pathOf(text)
    test(path.join(' '), () => {
      const { out, rc } = docker(release, [...path, '--help'])
      expect({ out, rc }).toEqual({ out: text, rc: 0 })
    })
  }
})

/** The command that a help text is about, from its usage line. */
function pathOf(text: string): string[] {
  const usage = /^Usage:\s+docker(.*)$/m.exec(text)?.[1] ?? ''
  return /^(?: [a-z][a-z-]*)*/.exec(usage)?.[0].split(' ').slice(1) ?? []
}
