// `docker image rm`: its words and flags.

import { atLeast } from '../arity.ts'
import { command } from '../command.ts'
import { bool, strings } from '../flags/flag.ts'

export const rm = command({
  use: 'rm [OPTIONS] IMAGE [IMAGE...]',
  short: 'Remove one or more images',
  aliases: { '19.03': ['rmi', 'remove'], '28': ['remove'] },
  spellings: 'docker image rm, docker image remove, docker rmi',
  args: atLeast(1),
  flags: {
    force: bool('Force removal of the image', { short: 'f' }),
    'no-prune': bool('Do not delete untagged parents'),
    platform: strings(
      'Remove only the given platform variant. Formatted as "os[/arch[/variant]]" (e.g., "linux/amd64")',
      { since: '28', class: 'kept' },
    ),
  },
})
