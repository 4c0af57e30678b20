// `docker trust key load`: its words and flags.

import { exactly } from '../../arity.ts'
import { command } from '../../command.ts'
import { refused, string } from '../../flags/flag.ts'

export const load = command({
  use: 'load [OPTIONS] KEYFILE',
  short: 'Load a private key file for signing',
  class: refused(),
  args: exactly(1),
  flags: {
    name: string('Name for the loaded key', { otherwise: 'signer' }),
  },
})
