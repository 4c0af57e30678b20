// `docker plugin set`: its words and flags.

import { atLeast } from '../arity.ts'
import { command } from '../command.ts'
import { refused } from '../flags/flag.ts'

export const set = command({
  use: 'set PLUGIN KEY=VALUE [KEY=VALUE...]',
  short: 'Change settings for a plugin',
  class: refused(),
  args: atLeast(2),
  flags: {},
})
