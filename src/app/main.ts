// docksim's own command line: finds the verb and runs it. Verbs load when they are called, so that a start-up reads
// only what it needs.

import { Command, CommanderError } from 'commander'
import { checkVerb } from './check.ts'
import { Failure, failWith } from './failure.ts'
import { replayVerb } from './replay.ts'
import { shVerb } from './sh.ts'
import { shellVerb } from './shell.ts'

export async function main(argv: readonly string[]): Promise<void> {
  const program = new Command('docksim')
    .description('A simulated Docker for practice: nothing real is touched.')
    .version('0.1.0')
    .exitOverride()
    .enablePositionalOptions()
    .showSuggestionAfterError()
  shellVerb(program)
  shVerb(program)
  checkVerb(program)
  replayVerb(program)
  try {
    await program.parseAsync(argv, { from: 'user' })
  } catch (cause) {
    if (cause instanceof CommanderError) process.exitCode = cause.exitCode
    else if (cause instanceof Failure) failWith(cause)
    else throw cause
  }
}
