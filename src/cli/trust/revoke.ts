// `docker trust revoke`: its words and flags.

import { exactly } from '../arity.ts'
import { command } from '../command.ts'
import { bool, refused } from '../flags/flag.ts'

export const revoke = command({
  use: 'revoke [OPTIONS] IMAGE[:TAG]',
  short: 'Remove trust for an image',
  class: refused(),
  args: exactly(1),
  flags: {
    yes: bool('Do not prompt for confirmation', { short: 'y' }),
  },
})
