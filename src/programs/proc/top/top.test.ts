// Expected texts were recorded from top of procps 4.0.4 and of BusyBox 1.37; loads and memory are the machine's own.

import { expect, test } from 'vitest'
import { encode } from '../../../base/bytes.ts'
import { run } from '../../../base/scheduler.ts'
import { typeKeys } from '../../../kernel/discipline.ts'
import { spawn } from '../../../kernel/process.ts'
import { createTerminal, openTerminal, takeOutput } from '../../../kernel/tty.ts'
import { trial, trialMachine } from '../../trial.ts'
import { busyboxTop } from './busybox.ts'
import { top } from './top.ts'

const machine = () => trialMachine([top, busyboxTop])
const shown = (line: string): string => {
  const { out, err, status } = trial(machine(), line.split(' '))
  return `${out}${err}rc=${status}`
}

test('one picture', () => {
  const text = shown('top -b -n 1')
  expect(text).toMatch(/^top - \d\d:\d\d:\d\d up 0 min, {2}0 users, {2}load average: 0.00, 0.00, 0.00\n/)
  expect(
    text.split('\n').slice(1).join('\n'),
  ).toBe(`Tasks:   2 total,   1 running,   1 sleeping,   0 stopped,   0 zombie
%Cpu(s):  0.0 us,  0.0 sy,  0.0 ni,100.0 id,  0.0 wa,  0.0 hi,  0.0 si,  0.0 st 
MiB Mem :   3932.1 total,   2806.8 free,    521.9 used,    805.6 buff/cache     
MiB Swap:      0.0 total,      0.0 free,      0.0 used.   3410.2 avail Mem 

    PID USER      PR  NI    VIRT    RES    SHR S  %CPU  %MEM     TIME+ COMMAND
      1 root      20   0    2468   1024    896 S   0.0   0.0   0:00.00 init
      2 root      20   0    2468   1024    896 R   0.0   0.0   0:00.00 top
rc=0`)
})

const titles60 = '    PID USER      PR  NI    VIRT    RES    SHR S  %CPU'

test('options', () => {
  expect(shown('top -b -n 1 -c')).toContain('  0:00.00 top -b +\nrc=0')
  expect(shown('top -b -n 2 -d 1 -w 60').match(/^top - .{54}$/gm)).toHaveLength(2)
  expect(shown('top -b -n 1 -w 60')).toContain(`\n${titles60}\n`)
  expect(shown('top -b -n1 -H')).toContain('\nThreads:   2 total')
  expect(shown('top -b -n1 -1')).toContain('\n%Cpu0  :  0.0 us')
  expect(shown('top -b -n1 -p 77')).toContain('Tasks:   0 total,   0 running')
})

test.each([
  ['top -b -n x', "top: bad iterations argument 'x'\nrc=1"],
  ['top -b -n 0', "top: bad iterations argument '0'\nrc=1"],
  ['top -d x', "top: bad delay interval 'x'\nrc=1"],
  ['top -b -n1 -u nosuch', 'top: Invalid user\nrc=1'],
  ['top -b -n1 -p x', "top: bad pid 'x'\nrc=1"],
  ['top -b -n1 -o foo', "top: unrecognized field name 'foo'\nrc=1"],
  ['top -Z', "top: invalid option -- 'Z'\nrc=1"],
  ['top foo', "top: unknown option 'foo'\nrc=1"],
  ['top', 'top: failed tty get\nrc=1'],
])('%s', (line, expected) => {
  expect(shown(line)).toBe(expected)
})

test("busybox' picture", () => {
  expect(
    shown('top.busybox -b -n 1'),
  ).toBe(`Mem: 1152336K used, 2874120K free, 1048K shrd, 21536K buff, 803348K cached
CPU:   0% usr   0% sys   0% nic 100% idle   0% io   0% irq   0% sirq
Load average: 0.00 0.00 0.00 1/2 2
  PID  PPID USER     STAT   VSZ %VSZ %CPU COMMAND
    1     0 root     S     2468   0%   0% init
    2     1 root     R     2468   0%   0% top.busybox -b -n 1

rc=0`)
})

test('on a terminal it draws again and again, until q', () => {
  const host = machine()
  const { scheduler } = host.fabric
  const terminal = createTerminal(host, 'pts/0')
  const file = openTerminal(terminal)
  const process = spawn(host, undefined, {
    program: top,
    argv: ['top', '-d', '1'],
    files: new Map([0, 1, 2].map((descriptor) => [descriptor, file])),
    terminal,
    group: 'new',
  })
  run(scheduler, { until: 2_500_000, steps: 1000 })
  expect(takeOutput(terminal).match(/top - /g)).toHaveLength(3)
  expect(terminal.raw).toBe(true)
  typeKeys(terminal, encode('q'))
  run(scheduler, { until: 2_600_000, steps: 1000 })
  expect([process.state, process.status, terminal.raw]).toEqual(['zombie', 0, false])
})
