// `docker container rename`: its words and flags.

import { exactly } from '../arity.ts'
import { command } from '../command.ts'

export const rename = command({
  use: 'rename CONTAINER NEW_NAME',
  short: 'Rename a container',
  spellings: 'docker container rename, docker rename',
  args: exactly(2),
  flags: {},
})
