// `docker network rm`: its words and flags.

import { atLeast } from '../arity.ts'
import { command } from '../command.ts'
import { bool } from '../flags/flag.ts'

export const rm = command({
  use: 'rm NETWORK [NETWORK...]',
  short: 'Remove one or more networks',
  aliases: ['remove'],
  args: atLeast(1),
  flags: {
    force: bool('Do not error if the network does not exist', { short: 'f', since: '28' }),
  },
})
