// The `--flag=value` words of an instruction (buildkit frontend/dockerfile/instructions/bflag.go).

import { type Dated, inRelease, type Release } from '../../../base/release.ts'
import { suggestion } from './suggest.ts'

/** Which flags an instruction has. */
const known: Readonly<Record<string, Dated<readonly string[]>>> = {
  ADD: { '19.03': ['chown', 'chmod'], '28': ['chown', 'chmod', 'link', 'keep-git-dir', 'checksum'] },
  COPY: { '19.03': ['chown', 'chmod', 'from'], '28': ['chown', 'chmod', 'from', 'link', 'parents'] },
  FROM: { '19.03': ['platform'] },
  HEALTHCHECK: {
    '19.03': ['interval', 'timeout', 'start-period', 'retries'],
    '28': ['interval', 'timeout', 'start-period', 'retries', 'start-interval'],
  },
  RUN: { '19.03': ['mount'], '28': ['mount', 'network'] },
}

const switches = new Set(['link', 'keep-git-dir', 'parents'])
const lists = new Set(['mount'])

export type FlagValues = ReadonlyMap<string, readonly string[]>

/** The values of the flags of a line. Throws Error with the reason. */
export function readFlags(name: string, given: readonly string[], release: Release): FlagValues {
  const dated = known[name]
  const allowed = (dated && inRelease(dated, release)) ?? []
  const values = new Map<string, readonly string[]>()
  for (const word of given) {
    const equals = word.indexOf('=')
    const flag = word.slice(2, equals < 0 ? undefined : equals)
    if (!allowed.includes(flag)) throw new Error(unknown(flag, allowed, release))
    const before = values.get(flag)
    if (before && !lists.has(flag)) throw new Error(words(release, 'Duplicate flag specified', flag))
    if (equals < 0 && !switches.has(flag)) throw new Error(words(release, 'Missing a value on flag', flag))
    const value = equals < 0 ? 'true' : word.slice(equals + 1)
    if (switches.has(flag) && value !== 'true' && value !== 'false')
      throw new Error(`Expecting boolean value for flag ${flag}, not: ${value}`)
    values.set(flag, [...(before ?? []), value])
  }
  return values
}

function words(release: Release, old: string, flag: string): string {
  const young = inRelease({ '19.03': false, '28': true }, release)
  return young ? `${old.charAt(0).toLowerCase()}${old.slice(1)}: --${flag}` : `${old}: ${flag}`
}

function unknown(flag: string, allowed: readonly string[], release: Release): string {
  const suggests = inRelease({ '19.03': false, '28': true }, release)
  return suggests ? `unknown flag: --${flag}${suggestion(flag, allowed)}` : `Unknown flag: ${flag}`
}
