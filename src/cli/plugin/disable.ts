// `docker plugin disable`: its words and flags.

import { exactly } from '../arity.ts'
import { command } from '../command.ts'
import { bool, refused } from '../flags/flag.ts'

export const disable = command({
  use: 'disable [OPTIONS] PLUGIN',
  short: 'Disable a plugin',
  class: refused(),
  args: exactly(1),
  flags: {
    force: bool('Force the disable of an active plugin', { short: 'f' }),
  },
})
