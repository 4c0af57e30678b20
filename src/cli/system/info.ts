// `docker system info`: its words and flags.

import { none } from '../arity.ts'
import { command } from '../command.ts'
import { string } from '../flags/flag.ts'
import { formatInspect } from '../words.ts'

export const info = command({
  use: 'info [OPTIONS]',
  short: 'Display system-wide information',
  spellings: 'docker system info, docker info',
  args: none,
  flags: {
    format: string(
      { '19.03': 'Format the output using the given Go template', '28': formatInspect },
      { short: 'f' },
    ),
  },
})
