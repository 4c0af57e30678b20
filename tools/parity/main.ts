// npm run parity: plays the recordings on the simulator and tells what differs.

import '../../tests/libraries.ts'
import { type Release, releaseNames } from '../../src/base/release.ts'
import { type Gap, gapsOf, readGaps, verdictOf, writeGaps } from './gaps.ts'
import { judge } from './play.ts'
import { readPlace, readRecording, recordedReleases, recordingNames } from './recordings.ts'
import { tellDifference } from './report.ts'

interface Request {
  readonly releases: readonly Release[]
  /** Recordings to play; all if none is named. */
  readonly names: readonly string[]
  /** Strike out the gaps that are closed. */
  readonly update: boolean
  /** Tell the listed gaps too. */
  readonly gaps: boolean
}

const usage = `npm run parity -- [--release R] [--gaps] [--update] [NAME...]
  NAME       a recording, such as connect-1; all if none is named
  --gaps     tell the listed gaps too
  --update   strike out of tests/recordings/gaps.json what has become equal`

function main(words: readonly string[]): number {
  const request = readRequest(words)
  if (!request) {
    console.error(usage)
    return 2
  }
  const listed = readGaps()
  const closed: Gap[] = []
  let unlisted = 0
  for (const release of request.releases) {
    const found = runRelease(release, listed, request)
    closed.push(...found.closed)
    unlisted += found.unlisted
  }
  if (request.update && closed.length > 0) writeGaps(listed.filter((gap) => !closed.includes(gap)))
  for (const { release, recording, step, cmd } of closed)
    console.log(
      `${request.update ? 'struck out' : 'closed, strike it out'}: ${release} ${recording} step ${step}: ${cmd}`,
    )
  return unlisted > 0 || (closed.length > 0 && !request.update) ? 1 : 0
}

function readRequest(words: readonly string[]): Request | undefined {
  const names: string[] = []
  const flags = new Set<string>()
  const releases: Release[] = []
  for (const [index, word] of words.entries()) {
    const release = releaseNames.find((name) => name === word)
    if (words[index - 1] === '--release') {
      if (!release) return undefined
      releases.push(release)
    } else if (['--update', '--gaps'].includes(word)) flags.add(word)
    else if (word.startsWith('-') && word !== '--release') return undefined
    else if (word !== '--release') names.push(word)
  }
  return {
    releases: releases.length > 0 ? releases : recordedReleases(),
    names,
    update: flags.has('--update'),
    gaps: flags.has('--gaps'),
  }
}

function runRelease(release: Release, listed: readonly Gap[], { names, gaps }: Request) {
  const place = readPlace(release)
  const closed: Gap[] = []
  let steps = 0
  let equal = 0
  let unlisted = 0
  for (const name of recordingNames(release)) {
    if (names.length > 0 && !names.includes(name)) continue
    const outcomes = judge(readRecording(release, name), place)
    const different = outcomes.filter(({ differences }) => differences.length > 0)
    const verdict = verdictOf(outcomes, gapsOf(listed, release, name))
    for (const outcome of gaps ? different : verdict.unlisted)
      console.log(tellDifference(`${release} ${name}`, outcome))
    closed.push(...verdict.closed)
    unlisted += verdict.unlisted.length
    steps += outcomes.length
    equal += outcomes.length - different.length
  }
  console.log(
    `${release}: ${equal} of ${steps} steps are equal; ${unlisted} differ and are not listed as gaps`,
  )
  return { closed, unlisted }
}

process.exitCode = main(process.argv.slice(2))
