// `docker version`: its words and flags.

import { none } from '../arity.ts'
import { command } from '../command.ts'
import { string } from '../flags/flag.ts'
import { formatInspect } from '../words.ts'

export const version = command({
  use: 'version [OPTIONS]',
  short: 'Show the Docker version information',
  args: none,
  flags: {
    format: string(
      { '19.03': 'Format the output using the given Go template', '28': formatInspect },
      { short: 'f' },
    ),
    kubeconfig: string('Kubernetes config file', { until: '28' }),
  },
})
