// How a health check is asked for: what of it the image fills in, and what the daemon refuses (moby
// daemon/container.go validateHealthCheck, runconfig merge). It knows nothing of running containers.

import { EngineError } from '../error.ts'
import type { Healthcheck } from '../image/image.ts'

/** The container's own settings, and the image's where they say nothing. */
export function mergeHealthcheck(
  own: Healthcheck | undefined,
  inherited: Healthcheck | undefined,
): Healthcheck | undefined {
  if (!own || !inherited) return own ?? inherited
  return {
    test: own.test.length > 0 ? own.test : inherited.test,
    interval: own.interval || inherited.interval,
    timeout: own.timeout || inherited.timeout,
    startPeriod: own.startPeriod || inherited.startPeriod,
    startInterval: own.startInterval || inherited.startInterval,
    retries: own.retries || inherited.retries,
  }
}

/** Nanoseconds. */
const shortest = 1_000_000

/** Throws EngineError for times that are too short. */
export function refuseHealthcheck(healthcheck: Healthcheck | undefined): void {
  if (!healthcheck) return
  const tooShort = (name: string, time: number) => {
    if (time === 0 || time >= shortest) return
    throw new EngineError('invalid', `${name} in Healthcheck cannot be less than 1ms`)
  }
  tooShort('Interval', healthcheck.interval)
  tooShort('Timeout', healthcheck.timeout)
  tooShort('StartPeriod', healthcheck.startPeriod)
  tooShort('StartInterval', healthcheck.startInterval)
}
