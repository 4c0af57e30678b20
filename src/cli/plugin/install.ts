// `docker plugin install`: its words and flags.

import { atLeast } from '../arity.ts'
import { command } from '../command.ts'
import { bool, refused, string } from '../flags/flag.ts'

export const install = command({
  use: 'install [OPTIONS] PLUGIN [KEY=VALUE...]',
  short: 'Install a plugin',
  class: refused(),
  args: atLeast(1),
  flags: {
    alias: string('Local name for plugin'),
    disable: bool('Do not enable the plugin on install'),
    'disable-content-trust': bool('Skip image verification', { otherwise: true }),
    'grant-all-permissions': bool('Grant all permissions necessary to run the plugin'),
  },
})
