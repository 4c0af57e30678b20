// `docker context show`: its words and flags.

import { none } from '../arity.ts'
import { command } from '../command.ts'

export const show = command({
  use: 'show',
  short: 'Print the name of the current context',
  since: '28',
  args: none,
  flags: {},
})
