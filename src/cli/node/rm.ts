// `docker node rm`: its words and flags.

import { atLeast } from '../arity.ts'
import { command } from '../command.ts'
import { bool, refused } from '../flags/flag.ts'

export const rm = command({
  use: 'rm [OPTIONS] NODE [NODE...]',
  short: 'Remove one or more nodes from the swarm',
  aliases: ['remove'],
  class: refused(),
  args: atLeast(1),
  flags: {
    force: bool('Force remove a node from the swarm', { short: 'f' }),
  },
})
