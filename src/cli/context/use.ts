// `docker context use`: its words and flags.

import { any } from '../arity.ts'
import { command } from '../command.ts'

export const use = command({
  use: 'use CONTEXT',
  short: 'Set the current docker context',
  args: any,
  flags: {},
})
