// The figures in README.md are generated: `npm run update` writes them anew. Gaps and scripts name what there is.

import { existsSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readGaps } from '../../tools/parity/gaps.ts'
import { readRecording, recordedReleases, recordingNames } from '../../tools/parity/recordings.ts'

const number = (value: number): string => String(value).replace(/(?<=\d)(?=(?:\d{3})+$)/g, ',')

function figures(): string {
  const gaps = readGaps()
  const rows = recordedReleases().map((release) => {
    const names = recordingNames(release)
    const steps = names.reduce((sum, name) => sum + readRecording(release, name).steps.length, 0)
    const open = gaps.filter((gap) => gap.release === release).length
    const share = (Math.floor((10_000 * (steps - open)) / steps) / 100).toFixed(2)
    return `| ${release} | ${names.length} | ${number(steps)} | ${number(steps - open)} (${share}%) | ${open} |`
  })
  return ['| release | scripts | steps | equal | listed gaps |', '|---|---|---|---|---|', ...rows].join('\n')
}

test('README.md has the figures of parity', async () => {
  const page = readFileSync('README.md', 'utf8')
  const anew = page.replace(/(?<=<!-- parity -->\n)[\s\S]*?(?=\n<!-- \/parity -->)/, figures())
  await expect(anew).toMatchFileSnapshot('../../README.md')
})

test('every recording has its script', () => {
  const missing = recordedReleases()
    .flatMap(recordingNames)
    .filter((name) => !existsSync(`tests/recordings/scripts/${name}.txt`))
  expect(missing).toEqual([])
})

test('every gap has its reason, once', () => {
  const gaps = readGaps()
  const keys = gaps.map(({ release, recording, step }) => `${release} ${recording} ${step}`)
  expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([])
  expect(gaps.filter(({ reason }) => reason.length < 10)).toEqual([])
})
