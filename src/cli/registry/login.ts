// `docker login` (docker/cli cli/command/registry/login.go)

import { decode } from '../../base/bytes.ts'
import { type Dated, existsIn, inRelease } from '../../base/release.ts'
import type { Task } from '../../base/scheduler.ts'
import { inDaemon } from '../../engine/daemon/work.ts'
import { Unsupported } from '../../engine/error.ts'
import { login as logIn } from '../../engine/image/login.ts'
import { atMost } from '../arity.ts'
import { command } from '../command.ts'
import type { Context } from '../context.ts'
import { StatusError } from '../errors.ts'
import { bool, string } from '../flags/flag.ts'
import { columnsOf } from '../terminal.ts'

/** What Docker Hub is called where credentials are kept. */
export const hub = 'https://index.docker.io/v1/'

export const login = command({
  use: 'login [OPTIONS] [SERVER]',
  short: { '19.03': 'Log in to a Docker registry', '28': 'Authenticate to a registry' },
  long: {
    '19.03': `Log in to a Docker registry.
If no server is specified, the default is defined by the daemon.`,
    '28': `Authenticate to a registry.
Defaults to Docker Hub if no server is specified.`,
  },
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
  *run(context, [server], flags, given) {
    const { engine, proc, release } = context
    const young = existsIn(release, '28')
    if (young && given.has('username') && flags.username === '') throw new StatusError('username is empty')
    if (young && given.has('password') && flags['password-stdin'])
      throw new StatusError('conflicting options: cannot specify both --password and --password-stdin')
    if (young && given.has('password') && flags.password === '') throw new StatusError('password is empty')
    if (flags.password !== '')
      proc.printError('WARNING! Using --password via the CLI is insecure. Use --password-stdin.')
    if (flags.password !== '' && flags['password-stdin'])
      throw new StatusError('--password and --password-stdin are mutually exclusive')
    if (flags['password-stdin'] && flags.username === '')
      throw new StatusError(inRelease(usernameMissing, release) ?? '')
    const password = flags['password-stdin'] ? yield* readAll(context) : flags.password
    if (flags.username === '' || password === '') yield* refusePrompt(context, password)
    yield* inDaemon(engine, logIn(engine, server ?? hub))
  },
})

const usernameMissing: Dated<string> = {
  '19.03': 'Must provide --username with --password-stdin',
  '28': 'the --password-stdin option requires --username to be set',
}

function* readAll({ proc }: Context): Task<string> {
  return decode(yield* proc.readAll(0)).replace(/\r?\n$/, '')
}

/** Credentials are asked for on a terminal alone; old clients ask for the name all the same if they have a password. */
function* refusePrompt({ proc, release }: Context, password: string): Task<void> {
  if (columnsOf(proc) !== undefined) throw new Unsupported('logging in at a prompt')
  if (password === '' || existsIn(release, '28'))
    throw new StatusError('Error: Cannot perform an interactive login from a non TTY device')
  proc.print(
    "Login with your Docker ID to push and pull images from Docker Hub. If you don't have a Docker ID, head over to https://hub.docker.com to create one.",
  )
  proc.print('Username: EOF')
  throw new StatusError('')
}
