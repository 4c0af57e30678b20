// docksim's own command line: finds the verb and runs it. Verbs load when they are called, so that a start-up reads
// only what it needs.

import { Command, CommanderError } from 'commander'
import { readBundled } from '../edge/bundled.ts'
import { createJq } from '../edge/jq.ts'
import { Unwritable, writeError } from '../edge/output.ts'
import { supplyJq } from '../world/libraries.ts'
import { Failure, failWith } from './failure.ts'
import { declareVerbs } from './verbs.ts'

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
    .configureOutput({ outputError: (text) => writeError(text.replace(/^error:/, 'docksim:')) })
  declareVerbs(program)
  try {
    await program.parseAsync(argv, { from: 'user' })
  } catch (cause) {
    // Wrong lines have the status that wrong lines have elsewhere.
    if (cause instanceof CommanderError) process.exitCode = cause.exitCode === 0 ? 0 : 2
    else if (cause instanceof Failure) failWith(cause)
    else reportBug(cause)
  }
}

/** What no verb expected: docksim is wrong, unless nothing can be written. DOCKSIM_DEBUG=1 shows where (EX_SOFTWARE of sysexits.h). */
function reportBug(cause: unknown): void {
  if (cause instanceof Unwritable) return failWith(new Failure(cause.message, 1))
  const reason = cause instanceof Error ? cause.message : String(cause)
  writeError(`docksim: simulator bug: ${reason}\n`)
  const { DOCKSIM_DEBUG } = process.env
  if (DOCKSIM_DEBUG === '1' && cause instanceof Error) writeError(`${cause.stack}\n`)
  process.exitCode = 70
}
