// `--health-*` and `--no-healthcheck`: the health check of a new container (docker/cli cli/command/container/opts.go).

import type { Healthcheck } from '../../../engine/image/image.ts'
import { ValueError } from '../../flags/strconv.ts'

export interface HealthFlags {
  readonly 'health-cmd': string
  readonly 'health-interval': number
  readonly 'health-timeout': number
  readonly 'health-start-period': number
  readonly 'health-start-interval': number
  readonly 'health-retries': number
  readonly 'no-healthcheck': boolean
}

/** Undefined where the line says nothing of it. @throws ValueError */
export function healthcheckOf(flags: HealthFlags): Healthcheck | undefined {
  const line = flags['health-cmd']
  const times = {
    interval: flags['health-interval'],
    timeout: flags['health-timeout'],
    startPeriod: flags['health-start-period'],
    startInterval: flags['health-start-interval'],
    retries: flags['health-retries'],
  }
  const asked = line !== '' || Object.values(times).some((value) => value !== 0)
  if (flags['no-healthcheck']) {
    if (asked) throw new ValueError('--no-healthcheck conflicts with --health-* options')
    return { ...times, test: ['NONE'] }
  }
  if (!asked) return undefined
  for (const name of notNegative) if (flags[name] < 0) throw new ValueError(`--${name} cannot be negative`)
  return { ...times, test: line === '' ? [] : ['CMD-SHELL', line] }
}

const notNegative = [
  'health-interval',
  'health-timeout',
  'health-retries',
  'health-start-period',
  'health-start-interval',
] as const
