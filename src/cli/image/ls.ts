// `docker image ls`: its words and flags.

import { atMost } from '../arity.ts'
import { command } from '../command.ts'
import { bool, filter, string } from '../flags/flag.ts'
import { formatTable } from '../words.ts'

export const ls = command({
  use: 'ls [OPTIONS] [REPOSITORY[:TAG]]',
  short: 'List images',
  aliases: ['list'],
  spellings: 'docker image ls, docker image list, docker images',
  args: atMost(1),
  flags: {
    all: bool(
      {
        '19.03': 'Show all images (default hides intermediate images)',
        '29': 'Show all images (default hides intermediate and dangling images)',
      },
      { short: 'a' },
    ),
    digests: bool('Show digests'),
    filter: filter('Filter output based on conditions provided', { short: 'f' }),
    format: string({ '19.03': 'Pretty-print images using a Go template', '28': formatTable }),
    'no-trunc': bool("Don't truncate output"),
    quiet: bool({ '19.03': 'Only show numeric IDs', '20.10': 'Only show image IDs' }, { short: 'q' }),
    tree: bool('List multi-platform images as a tree (EXPERIMENTAL)', { since: '28' }),
  },
})
