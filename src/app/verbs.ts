// The verbs of docksim's command line: their options and help. What they do is loaded when one is called, so that a
// start-up reads only what it needs.

import { type Command, InvalidArgumentError, Option } from 'commander'
import { offered } from '../world/releases.ts'
import { Failure } from './failure.ts'
import type { LimitOptions, WorldOptions } from './options.ts'

interface MachineOption {
  readonly machine?: string
}

export interface ShellOptions extends WorldOptions, LimitOptions, MachineOption {}

export interface ShOptions extends WorldOptions, LimitOptions, MachineOption {
  readonly c?: string
  readonly json?: boolean
}

export interface CheckOptions extends WorldOptions, LimitOptions {
  readonly json?: boolean
}

export interface ServeOptions extends WorldOptions, MachineOption {}

export interface ReplayOptions extends WorldOptions, LimitOptions {
  readonly speed: string
  readonly wait: boolean
}

export function declareVerbs(program: Command): void {
  withShared(program.command('shell', { isDefault: true }))
    .description('open the practice shell (what docksim does without a verb)')
    .option('--machine <name>', 'the machine to work on')
    .argument('[verb]', undefined, refuseVerb)
    .action(async (_: undefined, options: ShellOptions) => (await import('./shell.ts')).shell(options))
  withShared(program.command('sh [file]'))
    .description('run a script, or lines from standard input, on the simulated host')
    .option('-c <line>', 'run this line')
    .option('--machine <name>', 'the machine to work on')
    .option('--json', 'print one JSON object for each complete input')
    .action(async (file: string | undefined, options: ShOptions) =>
      (await import('./sh.ts')).sh(file, options),
    )
  withShared(program.command('check <file...>'))
    .description('run the commands of Markdown tutorials and compare their outputs')
    .option('--json', 'print one JSON object for each file')
    .action(async (files: string[], options: CheckOptions) =>
      (await import('./check.ts')).checkFiles(files, options),
    )
  withShared(program.command('replay [file]'))
    .description(
      'play a scenario as if it were typed; the exit status is 1 when an output differs from the file',
    )
    .option('--speed <factor>', 'how many times faster than a person types', '1')
    .option('--no-wait', 'do not wait at all')
    .action(async (file: string | undefined, options: ReplayOptions) =>
      (await import('./replay.ts')).replayFile(file, options),
    )
  withWorld(program.command('serve <socket>'))
    .description('answer clients of the Engine API at a Unix socket, in a fresh world, until ^C')
    .option('--machine <name>', 'the machine whose Docker answers')
    .action(async (socket: string, options: ServeOptions) =>
      (await import('./serve.ts')).serve(socket, options),
    )
}

const withShared = (command: Command): Command => withLimits(withWorld(command))

const withWorld = (command: Command): Command =>
  command
    .addOption(new Option('--release <release>', 'the Docker release to imitate').choices([...offered]))
    .addOption(new Option('--seed <number>', 'the seed of all chance').argParser(wholeNumber))
    .option('--world <file>', 'a YAML file that describes the world')

const withLimits = (command: Command): Command =>
  command
    .addOption(
      new Option('--max-time <seconds>', 'simulated time for each input (3600)').argParser(wholeNumber),
    )
    .addOption(new Option('--max-output <bytes>', 'output of each input (10000000)').argParser(wholeNumber))
    .addOption(new Option('--max-steps <number>', 'scheduler steps for each input').argParser(wholeNumber))

/** What is no verb reaches the verb that needs no name. */
function refuseVerb(word: string): never {
  throw new Failure(`there is no verb "${word}"; see docksim --help`)
}

function wholeNumber(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new InvalidArgumentError('It must be a whole number.')
  return Number(text)
}
