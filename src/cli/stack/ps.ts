// `docker stack ps`: its words and flags.

import { exactly } from '../arity.ts'
import { command } from '../command.ts'
import { bool, filter, refused, string } from '../flags/flag.ts'
import { formatTable } from '../words.ts'

export const ps = command({
  use: 'ps [OPTIONS] STACK',
  short: 'List the tasks in the stack',
  class: refused(),
  args: exactly(1),
  flags: {
    filter: filter('Filter output based on conditions provided', { short: 'f' }),
    format: string({ '19.03': 'Pretty-print tasks using a Go template', '28': formatTable }),
    'no-resolve': bool('Do not map IDs to Names'),
    'no-trunc': bool('Do not truncate output'),
    orchestrator: string('Orchestrator to use (swarm|kubernetes|all)', { until: '28' }),
    quiet: bool('Only display task IDs', { short: 'q' }),
  },
})
