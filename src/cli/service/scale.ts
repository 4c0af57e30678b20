// `docker service scale`: its words and flags.

import { atLeast } from '../arity.ts'
import { command } from '../command.ts'
import { bool, refused } from '../flags/flag.ts'

export const scale = command({
  use: 'scale SERVICE=REPLICAS [SERVICE=REPLICAS...]',
  short: 'Scale one or multiple replicated services',
  class: refused(),
  args: atLeast(1),
  flags: {
    detach: bool('Exit immediately instead of waiting for the service to converge', { short: 'd' }),
  },
})
