// `docker trust key generate`: its words and flags.

import { exactly } from '../../arity.ts'
import { command } from '../../command.ts'
import { refused, string } from '../../flags/flag.ts'

export const generate = command({
  use: 'generate NAME',
  short: 'Generate and load a signing key-pair',
  class: refused(),
  args: exactly(1),
  flags: {
    dir: string('Directory to generate key in, defaults to current directory'),
  },
})
