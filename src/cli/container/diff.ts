// `docker container diff`: its words and flags.

import { exactly } from '../arity.ts'
import { command } from '../command.ts'

export const diff = command({
  use: 'diff CONTAINER',
  short: "Inspect changes to files or directories on a container's filesystem",
  spellings: 'docker container diff, docker diff',
  args: exactly(1),
  flags: {},
})
