// Real questions that docksim does not answer: those about a swarm, which the daemon of a node without one refuses
// itself, and those that nobody has built yet. Anything else is a page that no daemon has.

import { EngineError, Unsupported } from '../../engine/error.ts'
import { type Route, route } from '../route.ts'

const swarmNouns = ['swarm', 'services', 'nodes', 'tasks', 'secrets', 'configs']

/** Seen on a real engine that is in no swarm. */
const noManager =
  'This node is not a swarm manager. Use "docker swarm init" or "docker swarm join" to connect this node to swarm and try again.'

const unbuilt = [
  'POST /auth',
  'POST /build',
  'POST /build/prune',
  'POST /commit',
  'POST /session',
  'GET /containers/{name}/archive',
  'PUT /containers/{name}/archive',
  'GET /containers/{name}/export',
  'GET /containers/{name}/stats',
  'GET /containers/{name}/attach/ws',
  'GET /distribution/{name...}/json',
  'GET /images/get',
  'GET /images/{name...}/get',
  'POST /images/load',
  'POST /images/{name...}/push',
  'GET /images/search',
  'GET /system/df',
]

export const unsimulatedRoutes: readonly Route[] = [
  ...swarmNouns.map((noun) =>
    route(`GET /${noun}`, function* () {
      throw new EngineError('unavailable', noManager)
    }),
  ),
  ...unbuilt.map((declaration) =>
    route(declaration, function* () {
      throw new Unsupported(`docksim does not answer ${declaration}`)
    }),
  ),
]
