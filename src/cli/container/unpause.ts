// `docker container unpause`: its words and flags.

import { atLeast } from '../arity.ts'
import { command } from '../command.ts'

export const unpause = command({
  use: 'unpause CONTAINER [CONTAINER...]',
  short: 'Unpause all processes within one or more containers',
  spellings: 'docker container unpause, docker unpause',
  args: atLeast(1),
  flags: {},
})
