// `docker plugin upgrade`: its words and flags.

import { between } from '../arity.ts'
import { command } from '../command.ts'
import { bool, refused } from '../flags/flag.ts'

export const upgrade = command({
  use: 'upgrade [OPTIONS] PLUGIN [REMOTE]',
  short: 'Upgrade an existing plugin',
  class: refused(),
  args: between(1, 2),
  flags: {
    'disable-content-trust': bool('Skip image verification', { otherwise: true }),
    'grant-all-permissions': bool('Grant all permissions necessary to run the plugin'),
    'skip-remote-check': bool('Do not check if specified remote plugin matches existing plugin image'),
  },
})
