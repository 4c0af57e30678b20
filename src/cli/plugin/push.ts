// `docker plugin push`: its words and flags.

import { exactly } from '../arity.ts'
import { command } from '../command.ts'
import { bool, refused } from '../flags/flag.ts'

export const push = command({
  use: 'push [OPTIONS] PLUGIN[:TAG]',
  short: 'Push a plugin to a registry',
  class: refused(),
  args: exactly(1),
  flags: {
    'disable-content-trust': bool('Skip image signing', { otherwise: true }),
  },
})
