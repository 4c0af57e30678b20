// Routes: which question is answered by what. `{name}` in a path stands for one part of it; `{name...}`, which must come
// before a fixed end or last, for several (names of images hold slashes).

import type { Release } from '../base/release.ts'
import type { Task } from '../base/scheduler.ts'
import { type Container, requireContainer } from '../engine/container/container.ts'
import type { Engine } from '../engine/engine.ts'
import { EngineError } from '../engine/error.ts'
import type { Exchange } from './http/exchange.ts'
import { jsonBytes } from './json.ts'
import type { ApiTraits } from './traits.ts'

/** A question that came in: what it is about, and where the answer goes. */
export interface Call {
  readonly exchange: Exchange
  readonly engine: Engine
  readonly release: Release
  readonly traits: ApiTraits
  /** What stood for the names in the route's path. */
  readonly words: ReadonlyMap<string, string>
}

export interface Route {
  readonly method: string
  readonly pattern: RegExp
  readonly names: readonly string[]
  /** Throws EngineError for what the daemon refuses. */
  readonly answer: (call: Call) => Task<void>
}

/** Declares a route, such as `GET /containers/{name}/json`. */
export function route(declaration: string, answer: (call: Call) => Task<void>): Route {
  const [method = '', path = ''] = declaration.split(' ')
  const names: string[] = []
  const source = path.replace(/\{(\w+)(\.\.\.)?\}/g, (_, name: string, several?: string) => {
    names.push(name)
    return several ? '(.+)' : '([^/]+)'
  })
  return { method, pattern: new RegExp(`^${source}$`), names, answer }
}

/** Declares a route whose answer is a record. */
export const jsonRoute = (declaration: string, view: (call: Call) => unknown, status = 200): Route =>
  route(declaration, function* (call) {
    call.exchange.answer(status, jsonBytes(view(call)))
  })

/** Declares a route that answers that it is done. */
export const doneRoute = (declaration: string, act: (call: Call) => Task<void>): Route =>
  route(declaration, function* (call) {
    yield* act(call)
    call.exchange.answer(204)
  })

/** The first route that fits. */
export function findRoute(
  routes: readonly Route[],
  method: string,
  path: string,
): { readonly route: Route; readonly words: ReadonlyMap<string, string> } | undefined {
  for (const one of routes) {
    if (one.method !== method && !(method === 'HEAD' && one.method === 'GET')) continue
    const found = one.pattern.exec(path)
    if (!found) continue
    return { route: one, words: new Map(one.names.map((name, index) => [name, found[index + 1] ?? ''])) }
  }
  return undefined
}

export const word = ({ words }: Call, name: string): string => words.get(name) ?? ''

/** The container that a path names. Throws EngineError where there is none. */
export const containerOf = (call: Call): Container => requireContainer(call.engine, word(call, 'name'))

/** A value of the query; '' if there is none. */
export const asked = ({ exchange }: Call, name: string): string => exchange.request.query.get(name)?.[0] ?? ''

/** httputils.BoolValue */
export const isAsked = (call: Call, name: string): boolean =>
  !['', '0', 'no', 'false', 'none'].includes(asked(call, name).toLowerCase().trim())

/** A whole number of the query; undefined if there is none. Throws EngineError for what is no number. */
export function askedNumber(call: Call, name: string): number | undefined {
  const text = asked(call, name)
  if (text === '') return undefined
  if (!/^[+-]?\d+$/.test(text))
    throw new EngineError('invalid', `strconv.Atoi: parsing "${text}": invalid syntax`)
  return Number(text)
}
