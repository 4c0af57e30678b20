// `docker container port`: its words and flags.

import { between } from '../arity.ts'
import { command } from '../command.ts'

export const port = command({
  use: 'port CONTAINER [PRIVATE_PORT[/PROTO]]',
  short: 'List port mappings or a specific mapping for the container',
  spellings: 'docker container port, docker port',
  args: between(1, 2),
  flags: {},
})
