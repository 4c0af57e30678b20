// docker search, as the daemon sees it (moby registry/search.go): the question goes to Docker Hub, or to the old
// interface of another registry.

import type { Task } from '../../base/scheduler.ts'
import { type Engine, worded } from '../engine.ts'
import { EngineError, Unsupported } from '../error.ts'
import { askHost } from './registry.ts'

/** Always fails: what a registry that answers would find is not simulated. Throws EngineError, Unsupported. */
export function* search(engine: Engine, term: string, limit: number): Task<never> {
  const wanted = limit <= 0 && !engine.traits.refusesSearchLimits ? 25 : limit
  if (wanted < 1 || wanted > 100)
    throw new EngineError(
      'invalid',
      worded(engine, {
        '19.03': `Limit ${wanted} is outside the range of [1, 100]`,
        '28': `limit ${wanted} is outside the range of [1, 100]`,
      }),
    )
  const slash = term.indexOf('/')
  const first = slash < 0 ? '' : term.slice(0, slash)
  const elsewhere = /[.:]/.test(first) || first === 'localhost'
  if (elsewhere) yield* greetOld(engine, first)
  else {
    const path = `/v1/search?q=${encodeURIComponent(term)}&n=${wanted}`
    const host = 'index.docker.io'
    yield* askHost(engine, { host, port: 443, path, url: `https://${host}${path}` })
  }
  throw new Unsupported('what a registry finds')
}

function* greetOld(engine: Engine, domain: string): Task<void> {
  const [host = '', port = '443'] = domain.split(':')
  const url = `https://${domain}/v1/_ping`
  try {
    yield* askHost(engine, { host, port: Number(port), path: '/v1/_ping', url })
  } catch (cause) {
    if (!(cause instanceof EngineError)) throw cause
    throw new EngineError(
      'unavailable',
      `invalid registry endpoint https://${domain}/v1/: ${cause.message}. If this private registry supports only HTTP or HTTPS with an unknown CA certificate, please add \`--insecure-registry ${domain}\` to the daemon's arguments. In the case of HTTPS, if you have access to the registry's CA certificate, no need for the flag; simply place the CA certificate at /etc/docker/certs.d/${domain}/ca.crt`,
    )
  }
}
