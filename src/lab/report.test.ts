import { expect, test } from 'vitest'
import type { Checked, CheckedStep } from './check.ts'
import { reportJson, reportNotes, reportRows } from './report.ts'

const step = (more: Partial<CheckedStep>): CheckedStep => ({
  line: 3,
  cmd: 'docker ps',
  expected: undefined,
  actual: '',
  verdict: 'ran',
  reason: '',
  diff: undefined,
  ...more,
})

const checked: Checked = {
  file: 'a.md',
  release: '28',
  told: ['the machine is called box'],
  steps: [
    step({}),
    step({
      line: 5,
      cmd: 'docker run \\\n  nginx',
      expected: 'a',
      actual: 'b',
      verdict: 'differs',
      reason: 'why',
      diff: '-a\n+b',
    }),
    step({ line: 9, verdict: 'not run', actual: undefined }),
  ],
  passedOver: [],
}

test('a row a step, notes below', () => {
  expect(reportRows(checked)).toEqual([
    ['3', 'ran', 'docker ps', ''],
    ['5', 'differs', 'docker run …', 'why'],
    ['9', 'not run', 'docker ps', ''],
  ])
  expect(reportNotes(checked)).toEqual([
    'a.md: played in Docker 28',
    'from the text: the machine is called box',
    '',
    'a.md:5: docker run …',
    '-a',
    '+b',
    '',
    '3 steps: 1 ran, 1 differs, 1 not run',
  ])
})

test('the object for machines', () => {
  expect(reportJson(checked).steps[1]).toEqual({
    line: 5,
    cmd: 'docker run \\\n  nginx',
    expected: 'a',
    actual: 'b',
    verdict: 'differs',
    reason: 'why',
  })
  expect(reportJson(checked).steps[2]).toMatchObject({ expected: null, actual: null })
})
