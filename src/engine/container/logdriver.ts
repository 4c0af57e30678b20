// Where the output of a container goes: the drivers `json-file`, `local` and `none`, what may be told them, and in which
// words they refuse it (moby daemon/logger: jsonfilelog, local, factory.go). It does not know what is logged.

import { BadRegex, compileRegex, matchesPart } from '../../base/regex.ts'
import { type Engine, worded } from '../engine.ts'
import { EngineError } from '../error.ts'
import type { Container } from './container.ts'

interface LogConfig {
  readonly Type?: string
  readonly Config?: Readonly<Record<string, string>>
}

const configOf = (kept: ReadonlyMap<string, unknown>): LogConfig =>
  (kept.get('LogConfig') as LogConfig | undefined) ?? {}

/** `json-file` unless another was asked for. */
export const logDriverOf = (kept: ReadonlyMap<string, unknown>): string => configOf(kept).Type ?? 'json-file'

const always = ['mode', 'max-buffer-size']
const knownTo: Readonly<Record<string, readonly string[]>> = {
  'json-file': ['max-file', 'max-size', 'compress', 'labels', 'labels-regex', 'env', 'env-regex', 'tag'],
  local: ['max-file', 'max-size', 'compress'],
}

/** Throws EngineError for options that the driver does not have. */
export function refuseLogOptions(kept: ReadonlyMap<string, unknown>): void {
  const driver = logDriverOf(kept)
  const known = knownTo[driver]
  for (const name of Object.keys(configOf(kept).Config ?? {}))
    if (known && !known.includes(name) && !always.includes(name))
      throw new EngineError(
        'invalid',
        driver === 'local'
          ? `unknown log opt '${name}' for log driver local`
          : `unknown log opt '${name}' for ${driver} log driver`,
      )
}

/** The container starts: throws EngineError for values with which the driver cannot begin. */
export function beginLog(engine: Engine, { host }: Container): void {
  const options = configOf(host.kept).Config ?? {}
  const patterns = [options['labels-regex'], options['env-regex']].map(wrongPattern)
  const reason = [wrongSize(options['max-size']), wrongCount(options['max-file']), ...patterns].find(Boolean)
  if (reason === undefined) return
  const prefix = worded(engine, { '19.03': '', '28': 'failed to create task for container: ' })
  throw new EngineError('system', `${prefix}failed to initialize logging driver: ${reason}`)
}

function wrongPattern(pattern: string | undefined): string | undefined {
  try {
    if (pattern) compileRegex(pattern)
    return undefined
  } catch (cause) {
    if (cause instanceof BadRegex) return cause.message
    throw cause
  }
}

const wrongSize = (size: string | undefined): string | undefined =>
  size === undefined || /^\d+(\.\d+)* ?[kmgtp]?i?b?$/i.test(size) ? undefined : `invalid size: '${size}'`

function wrongCount(count: string | undefined): string | undefined {
  if (count === undefined) return undefined
  if (!/^[+-]?\d+$/.test(count)) return `strconv.Atoi: parsing ${JSON.stringify(count)}: invalid syntax`
  return Number(count) < 1 ? 'max-file cannot be less than 1' : undefined
}

/** What `docker logs --details` puts before each line: the labels and variables that the log was told to keep. */
export function detailsOf({ config, host }: Container): string {
  const options = configOf(host.kept).Config ?? {}
  const found = new Map<string, string>()
  const take = (entries: Iterable<readonly [string, string]>, kind: 'labels' | 'env') => {
    const wanted = new Set(options[kind]?.split(',') ?? [])
    const pattern = options[`${kind}-regex`]
    const form = pattern ? compileRegex(pattern) : undefined
    for (const [name, value] of entries)
      if (wanted.has(name) || (form && matchesPart(form, name))) found.set(name, value)
  }
  take(config.labels, 'labels')
  take(config.env.map(splitVariable), 'env')
  const sorted = [...found].sort(([a], [b]) => (a < b ? -1 : 1))
  return sorted.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join(',')
}

function splitVariable(line: string): [string, string] {
  const equals = line.indexOf('=')
  return equals < 0 ? [line, ''] : [line.slice(0, equals), line.slice(equals + 1)]
}
