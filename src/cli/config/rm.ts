// `docker config rm`: its words and flags.

import { atLeast } from '../arity.ts'
import { command } from '../command.ts'
import { refused } from '../flags/flag.ts'

export const rm = command({
  use: 'rm CONFIG [CONFIG...]',
  short: 'Remove one or more configs',
  aliases: ['remove'],
  class: refused(),
  args: atLeast(1),
  flags: {},
})
