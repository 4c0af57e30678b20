// `docker swarm leave`: its words and flags.

import { none } from '../arity.ts'
import { command } from '../command.ts'
import { bool, refused } from '../flags/flag.ts'

export const leave = command({
  use: 'leave [OPTIONS]',
  short: 'Leave the swarm',
  hidden: { '19.03': false, '28': true },
  class: refused(),
  args: none,
  flags: {
    force: bool('Force this node to leave the swarm, ignoring warnings', { short: 'f' }),
  },
})
