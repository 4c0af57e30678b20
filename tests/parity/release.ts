// The tests of a release's recordings, one for each: what differs is listed in gaps.json, and what is listed differs.

import { expect, test } from 'vitest'
import type { Release } from '../../src/base/release.ts'
import { gapsOf, readGaps, verdictOf } from '../../tools/parity/gaps.ts'
import { judge } from '../../tools/parity/play.ts'
import { readPlace, readRecording, recordingNames } from '../../tools/parity/recordings.ts'
import { tellDifference } from '../../tools/parity/report.ts'

export function testRecordings(release: Release): void {
  const place = readPlace(release)
  const gaps = readGaps()
  test.each(recordingNames(release))(`${release} %s`, (name) => {
    const { unlisted, closed } = verdictOf(
      judge(readRecording(release, name), place),
      gapsOf(gaps, release, name),
    )
    const differences = unlisted.map((outcome) => tellDifference(`${release} ${name}`, outcome))
    const struck = closed.map(
      ({ step, cmd }) => `is no gap any more, \`npm run update\` strikes it out: ${step} ${cmd}`,
    )
    expect([...differences, ...struck].join('\n')).toBe('')
  })
}
