// The folder of recordings: which there are, what they hold, and the worlds in which they were made.

import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { type Release, releaseNames } from '../../src/base/release.ts'
import { readWorldFile, type WorldSpec } from '../../src/lab/world-file.ts'
import type { Step } from './compare.ts'

export const recordingsFolder = 'tests/recordings'

export interface Recording {
  readonly name: string
  readonly steps: readonly Step[]
  /** The script that was played; it may have steps that the recording lacks. */
  readonly script: string
}

/** A world to play in. */
export interface Place {
  readonly spec: WorldSpec
  /** The file that describes it. */
  readonly text: string
}

/** The releases of which there are recordings. */
export const recordedReleases = (): Release[] =>
  releaseNames.filter((release) => existsSync(join(recordingsFolder, release, 'world.yaml')))

/** The names of a release's recordings, in their order. */
export const recordingNames = (release: Release): string[] =>
  readdirSync(join(recordingsFolder, release))
    .filter((file) => file.endsWith('.json'))
    .map((file) => basename(file, '.json'))
    .sort()

export function readRecording(release: Release, name: string): Recording {
  const { steps } = JSON.parse(read(`${release}/${name}.json`)) as { readonly steps: readonly Step[] }
  return { name, steps, script: read(`scripts/${name}.txt`) }
}

export function readPlace(release: Release): Place {
  const file = `${release}/world.yaml`
  const text = read(file)
  return { spec: readWorldFile(file, text), text }
}

const read = (file: string): string => readFileSync(join(recordingsFolder, file), 'utf8')
