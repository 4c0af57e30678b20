// `docker container create`: its words and flags.

import { atLeast } from '../arity.ts'
import { command } from '../command.ts'
import { string } from '../flags/flag.ts'
import { containerFlags } from './flags.ts'

export const create = command({
  use: 'create [OPTIONS] IMAGE [COMMAND] [ARG...]',
  short: 'Create a new container',
  spellings: 'docker container create, docker create',
  args: atLeast(1),
  interspersed: false,
  flags: {
    ...containerFlags,
    pull: string(
      {
        '19.03': 'Pull image before creating ("always"|"missing"|"never")',
        '28': 'Pull image before creating ("always", "|missing", "never")',
        '29': 'Pull image before creating ("always", "missing", "never")',
      },
      { since: '20.10', otherwise: 'missing' },
    ),
  },
})
