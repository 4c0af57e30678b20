// `docker plugin enable`: its words and flags.

import { exactly } from '../arity.ts'
import { command } from '../command.ts'
import { int, refused } from '../flags/flag.ts'

export const enable = command({
  use: 'enable [OPTIONS] PLUGIN',
  short: 'Enable a plugin',
  class: refused(),
  args: exactly(1),
  flags: {
    timeout: int('HTTP client timeout (in seconds)', { otherwise: 30 }),
  },
})
