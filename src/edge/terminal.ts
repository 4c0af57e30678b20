// The real terminal joined to a simulated one: keys go in as they are typed, output comes out as it happens, and the
// world's clock keeps step with the clock on the wall.

import type { Bytes } from '../base/bytes.ts'
import { enter } from '../world/journal.ts'
import { advance } from '../world/play.ts'
import { statusOf, type TerminalSession, takeShown } from '../world/session.ts'
import type { World } from '../world/world.ts'
import { writeBytes } from './output.ts'
import { monotonic, napUntil } from './pace.ts'

/** Works on `session` until its shell ends; returns the shell's status. */
export function joinTerminal(world: World, session: TerminalSession): Promise<number> {
  const { stdin, stdout } = process
  const wallStart = monotonic()
  const worldStart = world.fabric.scheduler.now
  let timer: NodeJS.Timeout | undefined
  return new Promise((resolve) => {
    const pump = () => {
      clearTimeout(timer)
      const until = worldStart + (monotonic() - wallStart)
      const outcome = advance(world, until, 200_000)
      const printed = takeShown(session)
      if (printed !== '') writeBytes(1, printed)
      if (session.shell.state === 'zombie') return finish()
      timer = setTimeout(pump, outcome === 'steps' ? 0 : napUntil(world, until))
    }
    const finish = () => {
      stdin.off('data', onKeys)
      stdin.off('end', onEnd)
      stdout.off('resize', onResize)
      if (stdin.isTTY) stdin.setRawMode(false)
      stdin.pause()
      resolve(statusOf(session.shell))
    }
    const onKeys = (keys: string) => {
      enter(world, { kind: 'keys', session: session.id, keys: keys as Bytes })
      pump()
    }
    const onEnd = () => {
      enter(world, { kind: 'hang-up', session: session.id })
      pump()
    }
    const onResize = () => {
      enter(world, { kind: 'resize', session: session.id, rows: stdout.rows, columns: stdout.columns })
    }
    if (stdin.isTTY) stdin.setRawMode(true)
    stdin.setEncoding('latin1')
    stdin.on('data', onKeys)
    stdin.on('end', onEnd)
    stdout.on('resize', onResize)
    stdin.resume()
    pump()
  })
}
