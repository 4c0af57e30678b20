// `docker stack ls`: its words and flags.

import { none } from '../arity.ts'
import { command } from '../command.ts'
import { refused, string } from '../flags/flag.ts'
import { formatTable } from '../words.ts'

export const ls = command({
  use: 'ls [OPTIONS]',
  short: 'List stacks',
  aliases: ['list'],
  class: refused(),
  args: none,
  flags: {
    format: string({ '19.03': 'Pretty-print stacks using a Go template', '28': formatTable }),
    orchestrator: string('Orchestrator to use (swarm|kubernetes|all)', { until: '28' }),
  },
})
