// `docker system df`: its words and flags.

import { none } from '../arity.ts'
import { command } from '../command.ts'
import { bool, string } from '../flags/flag.ts'
import { formatTable } from '../words.ts'

export const df = command({
  use: 'df [OPTIONS]',
  short: 'Show docker disk usage',
  args: none,
  flags: {
    format: string({ '19.03': 'Pretty-print images using a Go template', '28': formatTable }),
    verbose: bool('Show detailed information on space usage', { short: 'v' }),
  },
})
