// The flags that stand before the command: which daemon, how much is logged, which configuration. Reads them from
// the line and says what is wrong with them; who talks to the daemon asks for it.
// Source: docker/cli cli/flags/options.go, cli/command/cli.go (resolveDockerEndpoint); words as recorded.

import { type Dated, inRelease } from '../base/release.ts'
import { Unsupported } from '../engine/error.ts'
import { hostOf, localSocket } from './context/current.ts'
import type { Context } from './context.ts'
import { StatusError } from './errors.ts'
import { bool, list, refused, string } from './flags/flag.ts'
import type { Line } from './scanner.ts'

const tls = refused('TLS between docker and the daemon')

export const globalFlags = {
  config: string('Location of client config files', { shown: '"$HOME/.docker"' }),
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
  /** Where the client's files are; '' is the usual place. */
  readonly config: string
}

export const noGlobals: Globals = Object.freeze({
  version: false,
  debug: false,
  contextName: '',
  hosts: Object.freeze([]),
  tls: false,
  config: '',
})

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
    config: texts('config').at(-1) ?? '',
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
/** @throws StatusError where the line contradicts itself, Unsupported for what is not simulated */
export function checkEndpoint(context: Context): void {
  const { globals, release } = context
  const { contextName, hosts, tls: wantsTls } = globals
  if (contextName !== '' && hosts.length > 0) throw new StatusError(inRelease(hostAndContext, release) ?? '')
  if (hosts.length > 1) throw new StatusError(inRelease(severalHosts, release) ?? '')
  if (wantsTls) throw new Unsupported(tls.thing)
  hostOf(context)
}

/** @throws StatusError where nobody listens, Unsupported for daemons on other machines */
export function reachDaemon(context: Context): void {
  const host = hostOf(context)
  if (host === localSocket) return
  if (!host.startsWith('unix://') && !isRefused(context, host))
    throw new Unsupported('daemons on other machines')
  throw new StatusError(`Cannot connect to the Docker daemon at ${host}. Is the docker daemon running?`)
}

/** No port of this very machine takes a connection for docker. */
function isRefused({ proc }: Context, host: string): boolean {
  const [, port] = /^tcp:\/\/(?:127\.\d+\.\d+\.\d+|localhost|\[::1\]):(\d+)$/.exec(host) ?? []
  return port !== undefined && !proc.namespaces.net.sockets.listeners?.has(Number(port))
}
