// Expected texts were recorded from nsenter of util-linux 2.38 and of BusyBox 1.37.

import { expect, test } from 'vitest'
import { executable } from '../../kernel/fs/tree.ts'
import { spawn } from '../../kernel/process.ts'
import { pwd } from '../file/path.ts'
import { play, tinyWorld } from '../net/tiny-world.ts'
import { hostname } from './hostname.ts'
import { nsenter } from './nsenter.ts'
import { ps } from './ps.ts'
import { sleep } from './sleep.ts'

const bin = Object.fromEntries(
  ['hostname', 'sleep', 'ps', 'pwd'].map((name) => [`/bin/${name}`, executable(name)]),
)
const [plain, applet] = nsenter
const [sleeping] = sleep

/** Runs nsenter on the machine, where `PID` stands for a process of bob. */
function shown(line: string, { flavour = plain, admin = true } = {}): string {
  const world = tinyWorld(bin, bin, [...hostname, ...ps, ...pwd, ...sleep])
  if (!sleeping || !flavour) throw new Error('no such program')
  const target = spawn(world.machine, undefined, {
    program: sleeping,
    argv: ['sleep', '900'],
    namespaces: world.bob,
    files: new Map(),
  })
  const namespaces = { ...world.machine.namespaces, files: world.ann.files }
  const { out, err, rc } = play(world, namespaces, flavour, line.replace('PID', String(target.pid)), {
    admin,
  })
  return `${out}${err}rc=${rc}`.replaceAll(`/${target.pid}/`, '/PID/')
}

test('a command in the namespaces of a process', () => {
  expect(shown('nsenter -t PID -u hostname')).toBe('bob\nrc=0')
  expect(shown('nsenter -t PID -n hostname')).toBe('node\nrc=0')
  expect(shown('nsenter --target PID --uts --net --mount --pid --ipc hostname')).toBe('bob\nrc=0')
  expect(shown('nsenter -t PID -a hostname')).toBe('bob\nrc=0')
  expect(shown('nsenter --uts=/proc/PID/ns/uts hostname')).toBe('bob\nrc=0')
  expect(shown('nsenter -t PID -n --wd=/tmp pwd')).toBe('/tmp\nrc=0')
  expect(shown('nsenter -t PID -p -u ps -e')).toContain('sleep')
})

test.each([
  ['nsenter -t 99 -n id', 'nsenter: cannot open /proc/99/ns/net: No such file or directory\nrc=1'],
  ['nsenter -n id', 'nsenter: neither filename nor target pid supplied for ns/net\nrc=1'],
  ['nsenter -t x -n', "nsenter: failed to parse pid: 'x'\nrc=1"],
  ['nsenter --net=/nope id', 'nsenter: cannot open /nope: No such file or directory\nrc=1'],
  [
    'nsenter --net=/etc/hosts id',
    "nsenter: reassociate to namespace 'ns/net' failed: Invalid argument\nrc=1",
  ],
  ['nsenter -t PID -n nosuch', 'nsenter: failed to execute nosuch: No such file or directory\nrc=127'],
])('%s', (line, expected) => {
  expect(shown(line)).toBe(expected)
})

test('who may not', () => {
  expect(shown('nsenter -t PID -n id', { admin: false })).toBe(
    "nsenter: reassociate to namespace 'ns/net' failed: Operation not permitted\nrc=1",
  )
  expect(shown('nsenter -t PID -n id', { admin: false, flavour: applet })).toBe(
    "nsenter: setns(): can't reassociate to namespace 'net': Operation not permitted\nrc=1",
  )
})

test("busybox' words", () => {
  const flavour = applet
  expect(shown('nsenter -t 99 -n id', { flavour })).toBe(
    "nsenter: can't open '/proc/99/ns/net': No such file or directory\nrc=1",
  )
  expect(shown('nsenter -t x -n', { flavour })).toBe("nsenter: invalid number 'x'\nrc=1")
  expect(shown('nsenter -t PID -n nosuch', { flavour })).toBe(
    "nsenter: can't execute 'nosuch': No such file or directory\nrc=127",
  )
})
