// `docker logout`: its words and flags.

import { atMost } from '../arity.ts'
import { command } from '../command.ts'
import { refused } from '../flags/flag.ts'

export const logout = command({
  use: 'logout [SERVER]',
  short: { '19.03': 'Log out from a Docker registry', '28': 'Log out from a registry' },
  long: {
    '19.03': `Log out from a Docker registry.
If no server is specified, the default is defined by the daemon.`,
    '28': `Log out from a registry.
If no server is specified, the default is defined by the daemon.`,
  },
  class: refused(),
  args: atMost(1),
  flags: {},
})
