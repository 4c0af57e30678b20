// `docker secret create`: its words and flags.

import { between } from '../arity.ts'
import { command } from '../command.ts'
import * as checks from '../flags/checks.ts'
import { list, refused, string } from '../flags/flag.ts'

export const create = command({
  use: 'create [OPTIONS] SECRET [file|-]',
  short: 'Create a secret from a file or STDIN as content',
  class: refused(),
  args: between(1, 2),
  flags: {
    driver: string('Secret driver', { short: 'd' }),
    label: list('Secret labels', { short: 'l', check: checks.label }),
    'template-driver': string('Template driver'),
  },
})
