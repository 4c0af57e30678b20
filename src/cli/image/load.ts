// `docker image load`: its words and flags.

import { none } from '../arity.ts'
import { command } from '../command.ts'
import { bool, string } from '../flags/flag.ts'

export const load = command({
  use: 'load [OPTIONS]',
  short: 'Load an image from a tar archive or STDIN',
  spellings: 'docker image load, docker load',
  args: none,
  flags: {
    input: string('Read from tar archive file, instead of STDIN', { short: 'i' }),
    platform: string(
      'Load only the given platform variant. Formatted as "os[/arch[/variant]]" (e.g., "linux/amd64")',
      { since: '28', class: 'kept' },
    ),
    quiet: bool('Suppress the load output', { short: 'q' }),
  },
})
