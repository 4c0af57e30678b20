// HEALTHCHECK: when a container counts as healthy (buildkit frontend/dockerfile/instructions/parse.go).

import { parseGoDuration } from '../../../base/go/duration.ts'
import { ParseError } from '../../../base/go/strconv.ts'
import { inRelease, type Release } from '../../../base/release.ts'
import type { Healthcheck } from '../../image/image.ts'
import type { FlagValues } from './flags.ts'
import type { Node } from './node.ts'

/** The check of a line. Throws Error with the reason. */
export function readHealthcheck(node: Node, flags: FlagValues, release: Release): Healthcheck {
  if (node.kind === '') throw new Error('HEALTHCHECK requires at least one argument')
  const kind = node.kind.toUpperCase()
  const unset = { interval: 0, timeout: 0, startPeriod: 0, startInterval: 0, retries: 0 } as const
  if (kind === 'NONE') {
    if (node.args.length > 0) throw new Error('HEALTHCHECK NONE takes no arguments')
    return { test: ['NONE'], ...unset }
  }
  if (kind !== 'CMD') throw new Error(`Unknown type "${kind}" in HEALTHCHECK (try CMD)`)
  if (node.args.length === 0) throw new Error('Missing command after HEALTHCHECK CMD')
  return {
    test: [node.json ? 'CMD' : 'CMD-SHELL', ...node.args],
    interval: durationOf(flags, 'interval'),
    timeout: durationOf(flags, 'timeout'),
    startPeriod: durationOf(flags, 'start-period'),
    startInterval: durationOf(flags, 'start-interval'),
    retries: retriesOf(flags, release),
  }
}

/** Nanoseconds. */
function durationOf(flags: FlagValues, flag: string): number {
  const [text = ''] = flags.get(flag) ?? []
  if (text === '') return 0
  const duration = nanosecondsOf(text)
  if (duration === 0) return 0
  if (duration < 1e6) throw new Error(`Interval "${flag}" cannot be less than 1ms`)
  return duration
}

function nanosecondsOf(text: string): number {
  try {
    return Number(parseGoDuration(text))
  } catch (cause) {
    if (cause instanceof ParseError) throw new Error(`time: invalid duration ${JSON.stringify(text)}`)
    throw cause
  }
}

function retriesOf(flags: FlagValues, release: Release): number {
  const [text = ''] = flags.get('retries') ?? []
  if (text === '') return 0
  if (!/^[-+]?\d+$/.test(text))
    throw new Error(`strconv.ParseInt: parsing ${JSON.stringify(text)}: invalid syntax`)
  const retries = Number(text)
  const least = inRelease({ '19.03': 1, '28': 0 }, release) ?? 0
  if (retries < least)
    throw new Error(
      least === 1
        ? `--retries must be at least 1 (not ${retries})`
        : `--retries cannot be negative (${retries})`,
    )
  return retries
}
