// The flags that stand before the command: which daemon, how much is logged, which configuration. Reads them from
// the line and says what is wrong with them; who talks to the daemon asks for it.
// Source: docker/cli cli/flags/options.go, cli/command/cli.go (resolveDockerEndpoint); words as recorded.

import { type Dated, inRelease, type Release } from '../base/release.ts'
import { Unsupported } from '../engine/error.ts'
import { StatusError } from './errors.ts'
import { bool, list, refused, string } from './flags/flag.ts'
import type { Line } from './scanner.ts'

const tls = refused('TLS between docker and the daemon')

export const globalFlags = {
  config: string('Location of client config files', { shown: '"$HOME/.docker"', class: 'kept' }),
  context: string(
    'Name of the context to use to connect to the daemon (overrides DOCKER_HOST env var and default context ' +
      'set with "docker context use")',
    { short: 'c' },
  ),
  debug: bool('Enable debug mode', { short: 'D', class: 'kept' }),
  host: list(
    { '19.03': 'Daemon socket(s) to connect to', '28': 'Daemon socket to connect to' },
    { short: 'H', word: { '29': 'string' } },
  ),
  'log-level': string(
    {
      '19.03': 'Set the logging level ("debug"|"info"|"warn"|"error"|"fatal")',
      '28': 'Set the logging level ("debug", "info", "warn", "error", "fatal")',
    },
    { short: 'l', otherwise: 'info' },
  ),
  tls: bool('Use TLS; implied by --tlsverify', { class: tls }),
  tlscacert: string('Trust certs signed only by this CA', { shown: '"$HOME/.docker/ca.pem"', class: tls }),
  tlscert: string('Path to TLS certificate file', { shown: '"$HOME/.docker/cert.pem"', class: tls }),
  tlskey: string('Path to TLS key file', { shown: '"$HOME/.docker/key.pem"', class: tls }),
  tlsverify: bool('Use TLS and verify the remote', { class: tls }),
  version: bool('Print version information and quit', { short: 'v' }),
}

export interface Globals {
  readonly version: boolean
  readonly debug: boolean
  readonly contextName: string
  readonly hosts: readonly string[]
  readonly tls: boolean
}

const logLevels = ['panic', 'fatal', 'error', 'warn', 'warning', 'info', 'debug', 'trace']

/** The globals of a line. @throws StatusError for an unknown log level */
export function globalsOf(line: Line): Globals {
  const texts = (key: keyof typeof globalFlags): string[] =>
    line.given.filter((flag) => flag.key === key).map(({ text }) => text)
  const isOn = (key: keyof typeof globalFlags): boolean =>
    globalFlags.tls.kind.add(false, texts(key).at(-1) ?? 'false', '28')
  const level = texts('log-level').at(-1) ?? 'info'
  if (!logLevels.includes(level.toLowerCase()))
    throw new StatusError(`Unable to parse logging level: ${level}`)
  return {
    version: isOn('version'),
    debug: isOn('debug'),
    contextName: texts('context').at(-1) ?? '',
    hosts: texts('host'),
    tls: isOn('tls') || isOn('tlsverify'),
  }
}

const hostAndContext: Dated<string> = {
  '19.03': 'Conflicting options: either specify --host or --context, not both',
  '28': 'conflicting options: cannot specify both --host and --context',
}
const severalHosts: Dated<string> = {
  '19.03': 'unable to resolve docker endpoint: Please specify only one -H',
  '28': 'Failed to initialize: unable to resolve docker endpoint: Specify only one -H',
}
const noContext: Dated<string> = {
  '19.03': 'unable to resolve docker endpoint: context "NAME" does not exist',
  '28': '',
}

/** @throws StatusError where the line contradicts itself, Unsupported for what is not simulated */
export function checkEndpoint({ contextName, hosts, tls: wantsTls }: Globals, release: Release): void {
  if (contextName !== '' && hosts.length > 0) throw new StatusError(inRelease(hostAndContext, release) ?? '')
  if (hosts.length > 1) throw new StatusError(inRelease(severalHosts, release) ?? '')
  if (wantsTls) throw new Unsupported(tls.thing)
  if (contextName === '' || contextName === 'default') return
  const words = inRelease(noContext, release) ?? ''
  if (words === '') throw new Unsupported('contexts other than default')
  throw new StatusError(words.replace('NAME', () => contextName))
}

const localSocket = 'unix:///var/run/docker.sock'

/** @throws StatusError where nobody listens, Unsupported for daemons on other machines */
export function reachDaemon({ hosts }: Globals): void {
  const host = hosts[0] ?? localSocket
  if (host === localSocket) return
  if (!host.startsWith('unix://')) throw new Unsupported('daemons on other machines')
  throw new StatusError(`Cannot connect to the Docker daemon at ${host}. Is the docker daemon running?`)
}
