// Registries as the daemon reaches them: over the simulated network, by the names of their hosts (moby registry/).

import { decode } from '../../base/bytes.ts'
import type { Task } from '../../base/scheduler.ts'
import { closeTcp } from '../../net/socket/tcp/stream.ts'
import type { Engine } from '../engine.ts'
import { EngineError } from '../error.ts'
import { ask, dial, lookUp } from './dial.ts'

export interface RegistryAnswer {
  /** Status line and headers. */
  readonly head: string
  readonly body: string
}

/** Whether a registry may be spoken to without TLS: those of this very machine. */
const isInsecure = (host: string): boolean => host === 'localhost' || /^127\./.test(host)

/** Where the registry of a domain (`docker.io`, `localhost:5000`) is. */
function registryOf(domain: string): {
  readonly host: string
  readonly port: number
  readonly origin: string
} {
  const [host = '', port] = (domain === 'docker.io' ? 'registry-1.docker.io' : domain).split(':')
  const scheme = isInsecure(host) ? 'http' : 'https'
  const usual = scheme === 'http' ? 80 : 443
  return {
    host,
    port: Number(port ?? usual),
    origin: `${scheme}://${host}${port === undefined ? '' : `:${port}`}`,
  }
}

/** One question to the registry of `domain`. Throws EngineError where it cannot be reached. */
export function* askRegistry(engine: Engine, domain: string, path: string): Task<RegistryAnswer> {
  const { host, port, origin } = registryOf(domain)
  return yield* askHost(engine, { host, port, path, url: `${origin}/v2/` })
}

export interface Question {
  readonly host: string
  readonly port: number
  readonly path: string
  /** What the words of a failure name. */
  readonly url: string
}

/** One question to a host of the world. Throws EngineError where it cannot be reached. */
export function* askHost(engine: Engine, { host, port, path, url }: Question): Task<RegistryAnswer> {
  const fail = unreachable(url)
  const ip = yield* lookUp(engine, host, fail)
  const connection = yield* dial(engine, ip, port, fail)
  try {
    const answer = yield* ask(engine, connection, `GET ${path} HTTP/1.1\r\nHost: ${host}\r\n\r\n`)
    const [head = '', body = ''] = decode(answer).split('\r\n\r\n')
    return { head, body }
  } finally {
    closeTcp(connection)
  }
}

const unreachable =
  (url: string) =>
  (reason: string): EngineError =>
    new EngineError('unavailable', `Get "${url}": ${reason}`)
