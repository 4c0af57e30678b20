// `docker volume inspect`: its words and flags.

import { atLeast } from '../arity.ts'
import { command } from '../command.ts'
import { string } from '../flags/flag.ts'
import { formatInspect } from '../words.ts'

export const inspect = command({
  use: 'inspect [OPTIONS] VOLUME [VOLUME...]',
  short: 'Display detailed information on one or more volumes',
  args: atLeast(1),
  flags: {
    format: string(
      { '19.03': 'Format the output using the given Go template', '28': formatInspect },
      { short: 'f' },
    ),
  },
})
