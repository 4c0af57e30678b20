// `docker network disconnect`: its words and flags.

import { exactly } from '../arity.ts'
import { command } from '../command.ts'
import { bool } from '../flags/flag.ts'

export const disconnect = command({
  use: 'disconnect [OPTIONS] NETWORK CONTAINER',
  short: 'Disconnect a container from a network',
  args: exactly(2),
  flags: {
    force: bool('Force the container to disconnect from a network', { short: 'f' }),
  },
})
