// `docker container stats`: its words and flags.

import { any } from '../arity.ts'
import { command } from '../command.ts'
import { bool, string } from '../flags/flag.ts'
import { formatTable } from '../words.ts'

export const stats = command({
  use: 'stats [OPTIONS] [CONTAINER...]',
  short: 'Display a live stream of container(s) resource usage statistics',
  spellings: 'docker container stats, docker stats',
  args: any,
  flags: {
    all: bool('Show all containers (default shows just running)', { short: 'a' }),
    format: string({ '19.03': 'Pretty-print images using a Go template', '28': formatTable }),
    'no-stream': bool('Disable streaming stats and only pull the first result'),
    'no-trunc': bool('Do not truncate output'),
  },
})
