// `docker context use`: its words and flags.

import { plainlyOne } from '../arity.ts'
import { command } from '../command.ts'

export const use = command({
  use: 'use CONTEXT',
  short: 'Set the current docker context',
  args: plainlyOne,
  flags: {},
})
