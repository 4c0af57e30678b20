// The Engine API: one process of dockerd for each connection reads requests, finds their routes and answers, until the
// client hangs up (moby api/server). What the daemon refuses becomes a status and a message.

import type { Bytes } from '../base/bytes.ts'
import { noBytes } from '../base/bytes.ts'
import { printHttpDate } from '../base/calendar.ts'
import type { Release } from '../base/release.ts'
import type { Task } from '../base/scheduler.ts'
import { apiProgramName } from '../engine/daemon/connect.ts'
import type { Engine } from '../engine/engine.ts'
import { EngineError, type ErrorKind, Unsupported } from '../engine/error.ts'
import type { Process } from '../kernel/process.ts'
import type { Program } from '../kernel/program.ts'
import { Exchange } from './http/exchange.ts'
import { BadRequest, type Request, readRequest } from './http/message.ts'
import { jsonBytes } from './json.ts'
import { findRoute } from './route.ts'
import { routes } from './routes/index.ts'
import type { ApiTraits } from './traits.ts'

/** The program of a connection: the engine that it speaks for is its process's memory. */
export const createApiProgram = (release: Release, traits: ApiTraits): Program => ({
  name: apiProgramName,
  main: (proc) => serve(proc, release, traits),
})

function* serve(proc: Process, release: Release, traits: ApiTraits): Task<number> {
  const engine = proc.memory as Engine
  let ahead: Bytes = noBytes
  for (;;) {
    const read = yield* nextRequest(proc, ahead)
    if (read === undefined) return 0
    if (read === 'bad') {
      proc.write(1, 'HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
      return 0
    }
    const exchange = new Exchange(proc, read.request, read.rest, commonHead(engine, proc))
    yield* answer(exchange, engine, release, traits)
    yield* proc.flush(1)
    if (exchange.raw || /close/i.test(read.request.headers.get('connection') ?? '')) return 0
    ahead = exchange.ahead
  }
}

function* nextRequest(
  proc: Process,
  ahead: Bytes,
): Task<{ request: Request; rest: Bytes } | 'bad' | undefined> {
  const parts = [ahead]
  let whole = ahead
  for (;;) {
    try {
      const read = whole === '' ? undefined : readRequest(whole)
      if (read) return read
    } catch (cause) {
      if (cause instanceof BadRequest) return 'bad'
      throw cause
    }
    const more = yield* proc.read(0)
    if (more === '') return undefined
    parts.push(more)
    whole = parts.join('') as Bytes
  }
}

const commonHead = (engine: Engine, proc: Process): [string, string][] => [
  ['Api-Version', engine.traits.server.apiVersion],
  ['Date', printHttpDate(proc.moment())],
  ['Docker-Experimental', 'false'],
  ['Ostype', 'linux'],
  ['Server', `Docker/${engine.traits.server.version} (linux)`],
]

function* answer(exchange: Exchange, engine: Engine, release: Release, traits: ApiTraits): Task<void> {
  try {
    refuseVersion(engine, exchange.request)
    const { method, path } = exchange.request
    const found = findRoute(routes, method, path)
    if (found === undefined) return exchange.answer(404, jsonBytes({ message: 'page not found' }))
    yield* found.route.answer({ exchange, engine, release, traits, words: found.words })
    exchange.end()
  } catch (cause) {
    yield* refuse(exchange, cause)
  }
}

/** An answer that has begun cannot take its status back: the error is its last line, as for pulls and builds. */
function* refuse(exchange: Exchange, cause: unknown): Task<void> {
  if (!(cause instanceof EngineError) && !(cause instanceof Unsupported)) throw cause
  if (!exchange.begun) return exchange.answer(statusOf(cause), jsonBytes({ message: cause.message }))
  if (!exchange.raw)
    yield* exchange.send(jsonBytes({ errorDetail: { message: cause.message }, error: cause.message }))
  exchange.end()
}

const statuses: Readonly<Record<ErrorKind, number>> = {
  invalid: 400,
  forbidden: 403,
  notFound: 404,
  conflict: 409,
  notModified: 304,
  unavailable: 503,
  system: 500,
}

const statusOf = (cause: EngineError | Unsupported): number =>
  cause instanceof EngineError ? statuses[cause.kind] : 501

function refuseVersion({ traits: { server } }: Engine, { version }: Request): void {
  if (version === undefined) return
  if (isLess(server.apiVersion, version))
    throw new EngineError(
      'invalid',
      `client version ${version} is too new. Maximum supported API version is ${server.apiVersion}`,
    )
  if (isLess(version, server.minimumApiVersion))
    throw new EngineError(
      'invalid',
      `client version ${version} is too old. Minimum supported API version is ${server.minimumApiVersion}, please upgrade your client to a newer version`,
    )
}

function isLess(left: string, right: string): boolean {
  const [a = 0, b = 0] = left.split('.').map(Number)
  const [c = 0, d = 0] = right.split('.').map(Number)
  return a < c || (a === c && b < d)
}
