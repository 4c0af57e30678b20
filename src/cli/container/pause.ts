// `docker container pause`: its words and flags.

import { atLeast } from '../arity.ts'
import { command } from '../command.ts'

export const pause = command({
  use: 'pause CONTAINER [CONTAINER...]',
  short: 'Pause all processes within one or more containers',
  spellings: 'docker container pause, docker pause',
  args: atLeast(1),
  flags: {},
})
