// `docker stack config`: its words and flags.

import { none } from '../arity.ts'
import { command } from '../command.ts'
import { bool, refused, strings } from '../flags/flag.ts'

export const config = command({
  use: 'config [OPTIONS]',
  short: 'Outputs the final config file, after doing merges and interpolations',
  since: '28',
  class: refused(),
  args: none,
  flags: {
    'compose-file': strings('Path to a Compose file, or "-" to read from stdin', { short: 'c' }),
    'skip-interpolation': bool('Skip interpolation and output only merged config'),
  },
})
