// docker at a terminal: what is typed reaches the container, the keys to detach leave it, signals go on to it, and the
// client's own terminal is afterwards as it was. Words as recorded from clients 28 at a terminal.

import { beforeEach, describe, expect, test } from 'vitest'
import { decode, encode } from '../../src/base/bytes.ts'
import { seconds } from '../../src/base/instant.ts'
import { openTerminalSession } from '../../src/world/journal.ts'
import { advance, performKeys, usualLimits } from '../../src/world/play.ts'
import type { TerminalSession } from '../../src/world/session.ts'
import { createWorld, hostNamed, type World } from '../../src/world/world.ts'

let world: World
let session: TerminalSession

/** Types, lets two seconds pass, and returns what the screen received. */
function type(keys: string): string {
  const limits = { ...usualLimits, time: seconds(2) }
  return decode(performKeys(world, session, encode(keys), limits).printed)
}

beforeEach(() => {
  world = createWorld({ user: 'root', name: 'host', images: ['alpine'] })
  const host = hostNamed(world)
  if (!host) throw new Error('no machine')
  session = openTerminalSession(world, host, 40, 100)
  advance(world, seconds(1))
})

describe('docker run -it', () => {
  test('gives the container a terminal as large as its own, and takes its status', () => {
    expect(type('docker run -it --rm alpine sh\r')).toContain('/ # ')
    expect(session.terminal.raw).toBe(true)
    expect(type('tty; stty size\r')).toContain('/dev/pts/0\r\n40 100\r\n/ # ')
    expect(type('exit 3\r')).toMatch(/^exit 3\r\nroot@host.*[#$] $/)
    expect(session.terminal.raw).toBe(false)
    expect(type('echo $?\r')).toContain('\r\n3\r\n')
  })

  test('sends ^C to what runs there', () => {
    type('docker run -it --rm alpine sh\r')
    type('sleep 1000\r')
    expect(type('\x03')).toBe('^C\r\n/ # ')
  })

  test('is left by ctrl-p ctrl-q; the container goes on, and is attached to again', () => {
    type('docker run -it --name box alpine sh\r')
    expect(type('\x10\x11')).toMatch(/root@host.*[#$] $/)
    expect(session.terminal.raw).toBe(false)
    expect(type("docker ps --format '{{.Names}}'\r")).toContain('\r\nbox\r\n')
    type('docker attach box\r')
    expect(type('echo here\r')).toBe('echo here\r\nhere\r\n/ # ')
    expect(type('\x04')).toMatch(/root@host.*[#$] $/)
    expect(type("docker ps -a --format '{{.Status}}'\r")).toContain('Exited (0)')
  })

  test('other keys to detach', () => {
    type('docker run -it --detach-keys ctrl-x,y --name box alpine sh\r')
    expect(type('\x10\x11')).not.toContain('root@host')
    expect(type('\x18y')).toMatch(/root@host.*[#$] $/)
  })
})

test('docker exec -it: keys to detach end the client alone', () => {
  type('docker run -d --name box alpine sleep 1000\r')
  expect(type('docker exec -it box sh\r')).toContain('/ # ')
  expect(type('\x10\x11')).toMatch(/read escape sequence\r\nroot@host.*[#$] $/)
  expect(type('docker exec box ps\r')).toMatch(/ sh\r\n/)
})

describe('^C at docker run without a terminal there', () => {
  test('goes on to the container; process 1 ignores it, and the third ends the client', () => {
    type('docker run --name box alpine sleep 1000\r')
    expect(type('\x03')).toBe('^C')
    expect(type('\x03')).toBe('^C')
    expect(type('\x03')).toContain('^C\r\ngot 3 SIGTERM/SIGINTs, forcefully exiting\r\n')
    expect(type("docker ps --format '{{.Names}}'\r")).toContain('\r\nbox\r\n')
  })

  test('ends what catches it', () => {
    type(`docker run --rm alpine sh -c 'trap "echo bye; exit 4" INT; while true; do sleep 0.1; done'\r`)
    expect(type('\x03')).toMatch(/^\^Cbye\r\n/)
    expect(type('echo $?\r')).toContain('\r\n4\r\n')
  })
})
