// `docker context inspect`: its words and flags.

import { any } from '../arity.ts'
import { command } from '../command.ts'
import { string } from '../flags/flag.ts'
import { formatInspect } from '../words.ts'

export const inspect = command({
  use: 'inspect [OPTIONS] [CONTEXT] [CONTEXT...]',
  short: 'Display detailed information on one or more contexts',
  args: any,
  flags: {
    format: string(
      { '19.03': 'Format the output using the given Go template', '28': formatInspect },
      { short: 'f' },
    ),
  },
})
