// `docker swarm unlock`: its words and flags.

import { none } from '../arity.ts'
import { command } from '../command.ts'
import { refused } from '../flags/flag.ts'

export const unlock = command({
  use: 'unlock',
  short: 'Unlock swarm',
  hidden: { '19.03': false, '28': true },
  class: refused(),
  args: none,
  flags: {},
})
