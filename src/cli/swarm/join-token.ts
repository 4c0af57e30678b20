// `docker swarm join-token`: its words and flags.

import { exactly } from '../arity.ts'
import { command } from '../command.ts'
import { bool, refused } from '../flags/flag.ts'

export const joinToken = command({
  use: 'join-token [OPTIONS] (worker|manager)',
  short: 'Manage join tokens',
  hidden: { '19.03': false, '28': true },
  class: refused(),
  args: exactly(1),
  flags: {
    quiet: bool('Only display token', { short: 'q' }),
    rotate: bool('Rotate join token'),
  },
})
