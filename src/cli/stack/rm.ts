// `docker stack rm`: its words and flags.

import { atLeast } from '../arity.ts'
import { command } from '../command.ts'
import { bool, refused, string } from '../flags/flag.ts'

export const rm = command({
  use: 'rm [OPTIONS] STACK [STACK...]',
  short: 'Remove one or more stacks',
  aliases: ['remove', 'down'],
  class: refused(),
  args: atLeast(1),
  flags: {
    detach: bool('Do not wait for stack removal', { short: 'd', since: '28', otherwise: true }),
    orchestrator: string('Orchestrator to use (swarm|kubernetes|all)', { until: '28' }),
  },
})
