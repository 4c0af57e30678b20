// `docker context export`: its words and flags.

import { between } from '../arity.ts'
import { command } from '../command.ts'
import { bool } from '../flags/flag.ts'

export const exportCommand = command({
  use: 'export [OPTIONS] CONTEXT [FILE|-]',
  short: {
    '19.03': 'Export a context to a tar or kubeconfig file',
    '28': 'Export a context to a tar archive FILE or a tar stream on STDOUT.',
  },
  args: between(1, 2),
  flags: {
    kubeconfig: bool('Export as a kubeconfig file', { until: '28' }),
  },
})
