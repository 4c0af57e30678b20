// `docker container run`: its words and flags.

import { atLeast } from '../arity.ts'
import { command } from '../command.ts'
import { bool, string } from '../flags/flag.ts'
import { containerFlags } from './flags.ts'

export const run = command({
  use: 'run [OPTIONS] IMAGE [COMMAND] [ARG...]',
  short: {
    '19.03': 'Run a command in a new container',
    '28': 'Create and run a new container from an image',
  },
  spellings: 'docker container run, docker run',
  args: atLeast(1),
  interspersed: false,
  failure: 125,
  flags: {
    ...containerFlags,
    detach: bool('Run container in background and print container ID', { short: 'd' }),
    'detach-keys': string('Override the key sequence for detaching a container'),
    pull: string(
      {
        '19.03': 'Pull image before running ("always"|"missing"|"never")',
        '28': 'Pull image before running ("always", "missing", "never")',
      },
      { since: '20.10', otherwise: 'missing' },
    ),
    'sig-proxy': bool('Proxy received signals to the process', { otherwise: true }),
  },
})
