// The steps that are not yet what a real engine printed, each with the reason: tests/recordings/gaps.json.

import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Outcome } from './play.ts'
import { recordingsFolder } from './recordings.ts'

export interface Gap {
  readonly release: string
  readonly recording: string
  readonly step: number
  readonly cmd: string
  readonly reason: string
}

const file = join(recordingsFolder, 'gaps.json')

export const readGaps = (): readonly Gap[] => JSON.parse(readFileSync(file, 'utf8'))

export const writeGaps = (gaps: readonly Gap[]): void =>
  writeFileSync(file, `${JSON.stringify(gaps, undefined, 1)}\n`)

export interface Verdict {
  /** Differences that no gap lists. */
  readonly unlisted: readonly Outcome[]
  /** Gaps that are none any more, or that name no step. */
  readonly closed: readonly Gap[]
}

/** Holds the outcomes of a recording against its listed gaps. */
export function verdictOf(outcomes: readonly Outcome[], gaps: readonly Gap[]): Verdict {
  const different = outcomes.filter(({ differences }) => differences.length > 0)
  return {
    unlisted: different.filter((outcome) => !gaps.some((gap) => isGapOf(gap, outcome))),
    closed: gaps.filter((gap) => !different.some((outcome) => isGapOf(gap, outcome))),
  }
}

export const gapsOf = (gaps: readonly Gap[], release: string, recording: string): Gap[] =>
  gaps.filter((gap) => gap.release === release && gap.recording === recording)

const isGapOf = (gap: Gap, { step, recorded }: Outcome): boolean =>
  gap.step === step && gap.cmd === recorded.cmd
