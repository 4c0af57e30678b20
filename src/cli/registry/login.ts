// `docker login`: its words and flags.

import { atMost } from '../arity.ts'
import { command } from '../command.ts'
import { bool, refused, string } from '../flags/flag.ts'

export const login = command({
  use: 'login [OPTIONS] [SERVER]',
  short: { '19.03': 'Log in to a Docker registry', '28': 'Authenticate to a registry' },
  long: {
    '19.03': `Log in to a Docker registry.
If no server is specified, the default is defined by the daemon.`,
    '28': `Authenticate to a registry.
Defaults to Docker Hub if no server is specified.`,
  },
  class: refused(),
  args: atMost(1),
  flags: {
    password: string(
      {
        '19.03': 'Password',
        '28': 'Password or Personal Access Token (PAT)',
        '29': 'Password or Personal Access Token (PAT), or "-" to read from stdin',
      },
      { short: 'p' },
    ),
    'password-stdin': bool({
      '19.03': 'Take the password from stdin',
      '28': 'Take the Password or Personal Access Token (PAT) from stdin',
    }),
    username: string('Username', { short: 'u' }),
  },
})
