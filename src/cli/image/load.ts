// `docker image load`

import { EngineError } from '../../engine/error.ts'
import { load as loadImages } from '../../engine/image/load.ts'
import { readInput } from '../archive-file.ts'
import { none } from '../arity.ts'
import { command } from '../command.ts'
import { StatusError } from '../errors.ts'
import { bool, string } from '../flags/flag.ts'
import { columnsOf } from '../terminal.ts'

export const load = command({
  use: 'load [OPTIONS]',
  short: 'Load an image from a tar archive or STDIN',
  spellings: 'docker image load, docker load',
  args: none,
  flags: {
    input: string('Read from tar archive file, instead of STDIN', { short: 'i' }),
    platform: string(
      'Load only the given platform variant. Formatted as "os[/arch[/variant]]" (e.g., "linux/amd64")',
      { since: '28', class: 'kept' },
    ),
    quiet: bool('Suppress the load output', { short: 'q' }),
  },
  *run(context, _, { input }) {
    const { proc, engine } = context
    if (input === '' && columnsOf(proc) !== undefined)
      throw new StatusError('requested load from stdin, but stdin is empty')
    const bytes = input === '' ? yield* proc.readAll(0) : readInput(context, input)
    try {
      for (const line of loadImages(engine, bytes)) proc.print(line)
    } catch (cause) {
      if (cause instanceof EngineError) throw new StatusError(cause.message)
      throw cause
    }
  },
})
