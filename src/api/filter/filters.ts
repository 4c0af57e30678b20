// Filters as the daemon reads them (moby api/types/filters): what several nouns have in common.

import type { Moment } from '../../base/calendar.ts'
import { BadRegex, compileRegex, matchesPart } from '../../base/regex.ts'
import { type Dated, inRelease, type Release } from '../../base/release.ts'
import type { Engine } from '../../engine/engine.ts'
import { EngineError } from '../../engine/error.ts'
import { readMoment } from '../timestamp.ts'

/** The wanted values by key. */
export type Filter = ReadonlyMap<string, readonly string[]>

const invalid: Dated<string> = { '19.03': 'Invalid filter', '28': 'invalid filter' }

/** `invalid filter 'status=bad'`, with the reason that younger daemons give. */
export function invalidFilter(release: Release, what: string, reason = ''): EngineError {
  const tail = reason === '' ? '' : (inRelease<string>({ '19.03': '', '28': `: ${reason}` }, release) ?? '')
  return new EngineError('invalid', `${inRelease(invalid, release)} '${what}'${tail}`)
}

/** @throws EngineError for a key that is not `known` */
export function refuseFilters(release: Release, filter: Filter, known: readonly string[]): void {
  for (const key of filter.keys()) if (!known.includes(key)) throw invalidFilter(release, key)
}

/** Filters that accept a part of a name or id, or a regular expression (filters.Args.Match). */
export function matchesText(text: string, pattern: string): boolean {
  try {
    return matchesPart(compileRegex(pattern), text)
  } catch (cause) {
    if (!(cause instanceof BadRegex)) throw cause
    return false
  }
}

/** All of `label`, none of `label!`: a key, or a key and its value. */
export function hasLabels(filter: Filter, labels: ReadonlyMap<string, string>): boolean {
  const has = (wanted: string): boolean => {
    const equals = wanted.indexOf('=')
    if (equals < 0) return labels.has(wanted)
    return labels.get(wanted.slice(0, equals)) === wanted.slice(equals + 1)
  }
  return (filter.get('label') ?? []).every(has) && !(filter.get('label!') ?? []).some(has)
}

/** The `until` filter of prune. @throws EngineError */
export function isOlder(engine: Engine, until: readonly string[]): (created: Moment) => boolean {
  if (until.length > 1) throw new EngineError('invalid', 'more than one until filter specified')
  const [text] = until
  if (text === undefined) return () => true
  const limit = readMoment(text, engine.machine)
  return (created) => created < limit
}
