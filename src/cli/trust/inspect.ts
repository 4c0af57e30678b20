// `docker trust inspect`: its words and flags.

import { atLeast } from '../arity.ts'
import { command } from '../command.ts'
import { bool, refused } from '../flags/flag.ts'

export const inspect = command({
  use: 'inspect IMAGE[:TAG] [IMAGE[:TAG]...]',
  short: 'Return low-level information about keys and signatures',
  class: refused(),
  args: atLeast(1),
  flags: {
    pretty: bool('Print the information in a human friendly format'),
  },
})
