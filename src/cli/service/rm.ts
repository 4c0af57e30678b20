// `docker service rm`: its words and flags.

import { atLeast } from '../arity.ts'
import { command } from '../command.ts'
import { refused } from '../flags/flag.ts'

export const rm = command({
  use: 'rm SERVICE [SERVICE...]',
  short: 'Remove one or more services',
  aliases: ['remove'],
  class: refused(),
  args: atLeast(1),
  flags: {},
})
