// docksim sh: bash on the simulated host, in a fresh world, on a simulated clock.

import type { Command } from 'commander'
import { type Bytes, decode } from '../base/bytes.ts'
import { readStandardInput } from '../edge/input.ts'
import { writeBytes, writeOutput } from '../edge/output.ts'
import { splitInputs } from '../world/inputs.ts'
import { type Limits, performScript, startScript } from '../world/play.ts'
import { openScript } from '../world/session.ts'
import { createWorld, type Host, hostNamed, type World } from '../world/world.ts'
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
  const host = hostOf(world, options.machine)
  const name = options.c === undefined && file !== undefined ? file : 'bash'
  process.exitCode = runScript(world, host, name, text, limitsOf(options), options.json ?? false)
}

function textOf(file: string | undefined, options: ShOptions): string {
  if (options.c !== undefined && file !== undefined)
    throw new Failure('name a file or give -c LINE, not both')
  if (options.c !== undefined) return options.c
  const bytes: Bytes = file === undefined || file === '-' ? readStandardInput() : readUserFile(file)
  if (bytes.includes('\0')) throw new Failure(`${file ?? 'standard input'}: this is no text`)
  return decode(bytes)
}

function hostOf(world: World, name: string | undefined): Host {
  const host = hostNamed(world, name)
  if (!host)
    throw new Failure(`there is no machine "${name}"; there is ${[...world.machines.keys()].join(', ')}`)
  return host
}

/** Plays the inputs of a script one by one; returns the exit status of the last. */
function runScript(
  world: World,
  host: Host,
  name: string,
  text: string,
  limits: Limits,
  json: boolean,
): number {
  const session = openScript(host, name)
  startScript(world, session)
  let status = 0
  for (const { text: cmd } of splitInputs(text)) {
    const { out, err, rc, ended } = performScript(world, session, cmd, limits)
    status = rc
    if (json) writeOutput(`${JSON.stringify({ cmd, out: decode(out), err: decode(err), rc })}\n`)
    else {
      writeBytes(1, out)
      writeBytes(2, err)
    }
    if (ended) break
  }
  return status
}
