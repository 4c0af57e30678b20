// A container's health, and how it is found out, as inspect shows them (moby api/types/container health.go).

import { printRfc3339Nano } from '../base/calendar.ts'
import type { Health } from '../engine/container/health.ts'
import type { Healthcheck } from '../engine/image/image.ts'
import type { JsonRecord } from './record.ts'

/** Probes tell the daemon's local time. */
export const healthView = ({ status, failingStreak, log }: Health, zoneMinutes: number): JsonRecord => ({
  Status: status,
  FailingStreak: failingStreak,
  Log: log.map(({ start, end, exitCode, output }) => ({
    Start: printRfc3339Nano(start, zoneMinutes),
    End: printRfc3339Nano(end, zoneMinutes),
    ExitCode: exitCode,
    Output: output,
  })),
})

export const healthcheckView = (check: Healthcheck): JsonRecord => ({
  ...(check.test.length > 0 && { Test: check.test }),
  ...(check.interval !== 0 && { Interval: check.interval }),
  ...(check.timeout !== 0 && { Timeout: check.timeout }),
  ...(check.startPeriod !== 0 && { StartPeriod: check.startPeriod }),
  ...(check.startInterval !== 0 && { StartInterval: check.startInterval }),
  ...(check.retries !== 0 && { Retries: check.retries }),
})
