// `docker swarm unlock-key`: its words and flags.

import { none } from '../arity.ts'
import { command } from '../command.ts'
import { bool, refused } from '../flags/flag.ts'

export const unlockKey = command({
  use: 'unlock-key [OPTIONS]',
  short: 'Manage the unlock key',
  hidden: { '19.03': false, '28': true },
  class: refused(),
  args: none,
  flags: {
    quiet: bool('Only display token', { short: 'q' }),
    rotate: bool('Rotate unlock key'),
  },
})
