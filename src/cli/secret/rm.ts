// `docker secret rm`: its words and flags.

import { atLeast } from '../arity.ts'
import { command } from '../command.ts'
import { refused } from '../flags/flag.ts'

export const rm = command({
  use: 'rm SECRET [SECRET...]',
  short: 'Remove one or more secrets',
  aliases: ['remove'],
  class: refused(),
  args: atLeast(1),
  flags: {},
})
