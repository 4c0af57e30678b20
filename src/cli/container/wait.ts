// `docker container wait`: its words and flags.

import { atLeast } from '../arity.ts'
import { command } from '../command.ts'

export const wait = command({
  use: 'wait CONTAINER [CONTAINER...]',
  short: 'Block until one or more containers stop, then print their exit codes',
  spellings: 'docker container wait, docker wait',
  args: atLeast(1),
  flags: {},
})
