// `docker container export`: its words and flags.

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
})
