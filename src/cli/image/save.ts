// `docker image save`

import { save as saveImages } from '../../engine/image/save.ts'
import { checkOutput, writeOutput } from '../archive-file.ts'
import { atLeast } from '../arity.ts'
import { command } from '../command.ts'
import { string } from '../flags/flag.ts'

export const save = command({
  use: 'save [OPTIONS] IMAGE [IMAGE...]',
  short: 'Save one or more images to a tar archive (streamed to STDOUT by default)',
  spellings: 'docker image save, docker save',
  args: atLeast(1),
  flags: {
    output: string('Write to a file, instead of STDOUT', { short: 'o' }),
    platform: string(
      'Save only the given platform variant. Formatted as "os[/arch[/variant]]" (e.g., "linux/amd64")',
      { since: '28', class: 'kept' },
    ),
  },
  *run(context, names, { output }) {
    checkOutput(context, output, 'failed to save image')
    yield* writeOutput(context, output, saveImages(context.engine, names))
  },
})
