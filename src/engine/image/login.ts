// docker login, as the daemon sees it (moby registry/auth.go): it asks the registry. Nobody has an account at the
// registries of this world.

import type { Task } from '../../base/scheduler.ts'
import type { Engine } from '../engine.ts'
import { EngineError } from '../error.ts'
import { askRegistry } from './registry.ts'

/** Always fails. `server` is a host name, with a port if need be, or Docker Hub's address. Throws EngineError. */
export function* login(engine: Engine, server: string): Task<never> {
  const domain = server.replace(/^https?:\/\//, '').replace(/\/.*$/, '')
  const isHub = domain === 'index.docker.io' || domain === 'docker.io'
  const host = isHub ? 'registry-1.docker.io' : domain
  yield* askRegistry(engine, isHub ? 'docker.io' : domain, '/v2/')
  throw new EngineError(
    'forbidden',
    `Get "https://${host}/v2/": unauthorized: incorrect username or password`,
  )
}
