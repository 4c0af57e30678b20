// `docker volume update`: its words and flags.

import { exactly } from '../arity.ts'
import { command } from '../command.ts'
import { refused } from '../flags/flag.ts'

export const update = command({
  use: 'update [OPTIONS] [VOLUME]',
  short: 'Update a volume (cluster volumes only)',
  since: '28',
  hidden: true,
  class: refused(),
  args: exactly(1),
  flags: {},
})
