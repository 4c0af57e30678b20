// docksim sh: bash on the simulated host, in a fresh world, on a simulated clock.

import { createWorld } from '../world/world.ts'
import { Failure } from './failure.ts'
import { limitsOf, worldOf } from './options.ts'
import { hostOf, readScript, runScript } from './script.ts'
import type { ShOptions } from './verbs.ts'

export async function sh(file: string | undefined, options: ShOptions): Promise<void> {
  const text = textOf(file, options)
  const world = createWorld(await worldOf(options))
  const name = options.c === undefined && file !== undefined && file !== '-' ? file : 'bash'
  const script = { name, text, limits: limitsOf(options), json: options.json ?? false }
  process.exitCode = runScript(world, hostOf(world, options.machine), script)
}

function textOf(file: string | undefined, options: ShOptions): string {
  if (options.c !== undefined && file !== undefined)
    throw new Failure('name a file or give -c LINE, not both')
  return options.c ?? readScript(file)
}
