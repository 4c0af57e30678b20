// `docker system dial-stdio`: its words and flags.

import { none } from '../arity.ts'
import { command } from '../command.ts'
import { refused } from '../flags/flag.ts'

export const dialStdio = command({
  use: 'dial-stdio',
  short: 'Proxy the stdio stream to the daemon connection. Should not be invoked manually.',
  hidden: true,
  class: refused(),
  args: none,
  flags: {},
})
