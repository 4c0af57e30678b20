// `docker node demote`: its words and flags.

import { atLeast } from '../arity.ts'
import { command } from '../command.ts'
import { refused } from '../flags/flag.ts'

export const demote = command({
  use: 'demote NODE [NODE...]',
  short: 'Demote one or more nodes from manager in the swarm',
  class: refused(),
  args: atLeast(1),
  flags: {},
})
