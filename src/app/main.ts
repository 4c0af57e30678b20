// docksim's own command line: finds the verb and runs it. Verbs load when they are called, so that a start-up reads
// only what it needs.

import { Command, CommanderError } from 'commander'
import { readBundled } from '../edge/bundled.ts'
import { createJq } from '../edge/jq.ts'
import { writeError } from '../edge/output.ts'
import { supplyJq } from '../world/libraries.ts'
import { checkVerb } from './check.ts'
import { Failure, failWith } from './failure.ts'
import { replayVerb } from './replay.ts'
import { shVerb } from './sh.ts'
import { shellVerb } from './shell.ts'

export async function main(argv: readonly string[]): Promise<void> {
  process.on('uncaughtException', (cause) => {
    reportBug(cause)
    process.exit()
  })
  supplyJq(createJq(() => readBundled('jq.js')))
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
    else reportBug(cause)
  }
}

/** What no verb expected: docksim is wrong. DOCKSIM_DEBUG=1 shows where (EX_SOFTWARE of sysexits.h). */
function reportBug(cause: unknown): void {
  const reason = cause instanceof Error ? cause.message : String(cause)
  writeError(`docksim: simulator bug: ${reason}\n`)
  const { DOCKSIM_DEBUG } = process.env
  if (DOCKSIM_DEBUG === '1' && cause instanceof Error) writeError(`${cause.stack}\n`)
  process.exitCode = 70
}
