// Plays a script on the simulator, in the world of the recordings: what each line printed.

import { readFileSync } from 'node:fs'
import { decode } from '../../src/base/bytes.ts'
import { readWorldFile } from '../../src/lab/world-file.ts'
import { openScript } from '../../src/world/journal.ts'
import { performScript, settle, startScript } from '../../src/world/play.ts'
import { createWorld, hostNamed, type World } from '../../src/world/world.ts'
import type { Step } from '../parity/compare.ts'

export interface Played {
  readonly world: World
  readonly steps: readonly Step[]
}

/** How many pools there are at most to turn through. */
const mostTurns = 40

/** The world of a world file; the recordings' own by default. */
export const worldIn = (file: string): World => createWorld(readWorldFile(file, readFileSync(file, 'utf8')))

/**
 * Plays the lines in `world`. `pool` is what the first line printed elsewhere: it is played until it prints the same here.
 */
export function playSimulated(world: World, lines: readonly string[], pool?: string): Played {
  const host = hostNamed(world)
  if (!host) throw new Error('a world without a machine')
  const session = openScript(world, host, 'bash')
  startScript(world, session)
  const play = (cmd: string): Step => {
    const { out, err, rc } = performScript(world, session, cmd)
    return { cmd, out: decode(out), err: decode(err), rc }
  }
  const [first = 'true', ...rest] = lines
  let turned = play(first)
  for (let turns = 0; pool !== undefined && turned.out !== pool && turns < mostTurns; turns++)
    turned = play(first)
  const steps = [turned, ...rest.map(play)]
  settle(world)
  return { world, steps }
}
