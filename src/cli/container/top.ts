// `docker container top`: its words and flags.

import { atLeast } from '../arity.ts'
import { command } from '../command.ts'

export const top = command({
  use: 'top CONTAINER [ps OPTIONS]',
  short: 'Display the running processes of a container',
  spellings: 'docker container top, docker top',
  args: atLeast(1),
  interspersed: false,
  flags: {},
})
