// `docker volume rm`: its words and flags.

import { atLeast } from '../arity.ts'
import { command } from '../command.ts'
import { bool } from '../flags/flag.ts'

export const rm = command({
  use: 'rm [OPTIONS] VOLUME [VOLUME...]',
  short: 'Remove one or more volumes',
  long: 'Remove one or more volumes. You cannot remove a volume that is in use by a container.',
  aliases: ['remove'],
  example: {
    '19.03': `$ docker volume rm hello
hello`,
    '28': '',
  },
  args: atLeast(1),
  flags: {
    force: bool('Force the removal of one or more volumes', { short: 'f' }),
  },
})
