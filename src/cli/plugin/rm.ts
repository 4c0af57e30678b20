// `docker plugin rm`: its words and flags.

import { atLeast } from '../arity.ts'
import { command } from '../command.ts'
import { bool, refused } from '../flags/flag.ts'

export const rm = command({
  use: 'rm [OPTIONS] PLUGIN [PLUGIN...]',
  short: 'Remove one or more plugins',
  aliases: ['remove'],
  class: refused(),
  args: atLeast(1),
  flags: {
    force: bool('Force the removal of an active plugin', { short: 'f' }),
  },
})
