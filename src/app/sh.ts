// docksim sh: bash on the simulated host, in a fresh world, on a simulated clock.

import type { Command } from 'commander'
import { type Bytes, decode } from '../base/bytes.ts'
import { readStandardInput } from '../edge/input.ts'
import { createWorld } from '../world/world.ts'
import { Failure } from './failure.ts'
import {
  addLimitOptions,
  addWorldOptions,
  type LimitOptions,
  limitsOf,
  readUserFile,
  type WorldOptions,
  worldOf,
} from './options.ts'
import { hostOf, runScript } from './script.ts'

interface ShOptions extends WorldOptions, LimitOptions {
  readonly c?: string
  readonly machine?: string
  readonly json?: boolean
}

export function shVerb(program: Command): void {
  const command = program
    .command('sh [file]')
    .description('run a script, or lines from standard input, on the simulated host')
    .option('-c <line>', 'run this line')
    .option('--machine <name>', 'the machine to work on')
    .option('--json', 'print one JSON object for each complete input')
  addLimitOptions(addWorldOptions(command)).action(sh)
}

function sh(file: string | undefined, options: ShOptions): void {
  const text = textOf(file, options)
  const world = createWorld(worldOf(options))
  const name = options.c === undefined && file !== undefined ? file : 'bash'
  const script = { name, text, limits: limitsOf(options), json: options.json ?? false }
  process.exitCode = runScript(world, hostOf(world, options.machine), script)
}

function textOf(file: string | undefined, options: ShOptions): string {
  if (options.c !== undefined && file !== undefined)
    throw new Failure('name a file or give -c LINE, not both')
  if (options.c !== undefined) return options.c
  const bytes: Bytes = file === undefined || file === '-' ? readStandardInput() : readUserFile(file)
  if (bytes.includes('\0')) throw new Failure(`${file ?? 'standard input'}: this is no text`)
  return decode(bytes)
}
