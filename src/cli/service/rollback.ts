// `docker service rollback`: its words and flags.

import { exactly } from '../arity.ts'
import { command } from '../command.ts'
import { bool, refused } from '../flags/flag.ts'

export const rollback = command({
  use: 'rollback [OPTIONS] SERVICE',
  short: "Revert changes to a service's configuration",
  class: refused(),
  args: exactly(1),
  flags: {
    detach: bool('Exit immediately instead of waiting for the service to converge', { short: 'd' }),
    quiet: bool('Suppress progress output', { short: 'q' }),
  },
})
