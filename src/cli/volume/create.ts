// `docker volume create`: its words and flags.

import { atMost } from '../arity.ts'
import { command } from '../command.ts'
import * as checks from '../flags/checks.ts'
import { list, map, string } from '../flags/flag.ts'

export const create = command({
  use: 'create [OPTIONS] [VOLUME]',
  short: 'Create a volume',
  args: atMost(1),
  flags: {
    driver: string('Specify volume driver name', { short: 'd', otherwise: 'local' }),
    label: list('Set metadata for a volume', { check: checks.label }),
    opt: map('Set driver specific options', { short: 'o' }),
  },
})
