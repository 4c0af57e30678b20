import { expect, test } from 'vitest'
import type { Step } from '../transcript/step.ts'
import { linesUntilInterrupt } from './endless.ts'

const step = (cmd: string, ...shown: string[]): Step => ({
  line: 1,
  cmd,
  expected:
    shown.length > 0
      ? shown.map((text, index) => ({ line: index + 2, text, maybeComment: false }))
      : undefined,
  prompt: undefined,
  promptAfter: undefined,
  fence: 1,
  machine: undefined,
  terminal: undefined,
  interrupted: shown.some((text) => text.includes('^C')),
  remark: '',
})

test.each([
  'ping -c 4 web',
  'ping web -c 2',
  'docker exec a ping -c1 b',
  'docker run --rm alpine ping -w 3 b',
  'apt install -y iputils-ping curl',
  'docker top web',
  'docker stats --no-stream',
  'docker logs web',
  'docker run -d --name ping_test alpine',
])('%s ends by itself', (cmd) => {
  expect(linesUntilInterrupt(step(cmd))).toBeUndefined()
})

test.each([
  'ping web',
  'docker exec -it a ping b',
  'docker run --rm -it alpine ping 10.0.0.2',
  'sudo tcpdump -i docker0',
  'docker logs -f web',
  'docker events',
  'docker stats',
])('%s does not', (cmd) => {
  expect(linesUntilInterrupt(step(cmd))).toBe(4)
})

test('Ctrl-C is due when the shown lines are reached', () => {
  expect(linesUntilInterrupt(step('ping b', 'PING b', '64 bytes', '^C', '--- b ping statistics ---'))).toBe(2)
  expect(
    linesUntilInterrupt(step('ping b', 'PING b', '64 bytes', '', '--- b ping statistics ---', '2 sent')),
  ).toBe(2)
  expect(linesUntilInterrupt(step('./server', 'listening^C'))).toBe(1)
  expect(linesUntilInterrupt(step('ping b', 'PING b', '64 bytes', '...'))).toBe(2)
})
