// `docker container export`

import { requireContainer } from '../../engine/container/container.ts'
import { exportFiles } from '../../engine/container/export.ts'
import { checkOutput, writeOutput } from '../archive-file.ts'
import { exactly } from '../arity.ts'
import { command } from '../command.ts'
import { string } from '../flags/flag.ts'

export const exportCommand = command({
  use: 'export [OPTIONS] CONTAINER',
  short: "Export a container's filesystem as a tar archive",
  spellings: 'docker container export, docker export',
  args: exactly(1),
  flags: {
    output: string('Write to a file, instead of STDOUT', { short: 'o' }),
  },
  *run(context, [name], { output }) {
    checkOutput(context, output, 'failed to export container')
    yield* writeOutput(context, output, exportFiles(context.engine, requireContainer(context.engine, name)))
  },
})
