// `docker context rm`: its words and flags.

import { atLeast } from '../arity.ts'
import { command } from '../command.ts'
import { bool } from '../flags/flag.ts'

export const rm = command({
  use: 'rm CONTEXT [CONTEXT...]',
  short: 'Remove one or more contexts',
  aliases: ['remove'],
  args: atLeast(1),
  flags: {
    force: bool('Force the removal of a context in use', { short: 'f' }),
  },
})
