// `docker config create`: its words and flags.

import { exactly } from '../arity.ts'
import { command } from '../command.ts'
import * as checks from '../flags/checks.ts'
import { list, refused, string } from '../flags/flag.ts'

export const create = command({
  use: 'create [OPTIONS] CONFIG file|-',
  short: 'Create a config from a file or STDIN',
  class: refused(),
  args: exactly(2),
  flags: {
    label: list('Config labels', { short: 'l', check: checks.label }),
    'template-driver': string('Template driver'),
  },
})
