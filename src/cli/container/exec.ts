// `docker container exec`: its words and flags.

import { atLeast } from '../arity.ts'
import { command } from '../command.ts'
import * as checks from '../flags/checks.ts'
import { bool, list, string } from '../flags/flag.ts'

export const exec = command({
  use: 'exec [OPTIONS] CONTAINER COMMAND [ARG...]',
  short: {
    '19.03': 'Run a command in a running container',
    '28': 'Execute a command in a running container',
  },
  spellings: 'docker container exec, docker exec',
  args: atLeast(2),
  interspersed: false,
  flags: {
    detach: bool('Detached mode: run command in the background', { short: 'd' }),
    'detach-keys': string('Override the key sequence for detaching a container'),
    env: list('Set environment variables', { short: 'e', check: checks.environmentVariable }),
    'env-file': list('Read in a file of environment variables', { since: '20.10' }),
    interactive: bool('Keep STDIN open even if not attached', { short: 'i' }),
    privileged: bool('Give extended privileges to the command'),
    tty: bool('Allocate a pseudo-TTY', { short: 't' }),
    user: string(
      {
        '19.03': 'Username or UID (format: <name|uid>[:<group|gid>])',
        '28': 'Username or UID (format: "<name|uid>[:<group|gid>]")',
      },
      { short: 'u' },
    ),
    workdir: string('Working directory inside the container', { short: 'w' }),
  },
})
