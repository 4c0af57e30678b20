// `docker stack services`: its words and flags.

import { exactly } from '../arity.ts'
import { command } from '../command.ts'
import { bool, filter, refused, string } from '../flags/flag.ts'
import { formatTable } from '../words.ts'

export const services = command({
  use: 'services [OPTIONS] STACK',
  short: 'List the services in the stack',
  class: refused(),
  args: exactly(1),
  flags: {
    filter: filter('Filter output based on conditions provided', { short: 'f' }),
    format: string({ '19.03': 'Pretty-print services using a Go template', '28': formatTable }),
    orchestrator: string('Orchestrator to use (swarm|kubernetes|all)', { until: '28' }),
    quiet: bool('Only display IDs', { short: 'q' }),
  },
})
