// `ip route` of iproute2: the listing, the look-up and the changes (ip/iproute.c).

import { bitsOf, type Cidr, contains, sameCidr } from '../../../base/cidr.ts'
import { isErrno } from '../../../base/errno.ts'
import { type Family, familyOf, isIp4, parseIp, printIp } from '../../../base/ip.ts'
import type { Process } from '../../../kernel/process.ts'
import { sourceFor } from '../../../net/ip/source.ts'
import {
  addRoute,
  dropRoute,
  insertRoute,
  listRoutes,
  lookupRoute,
  type Route,
  type RouteSpec,
  removeRoute,
} from '../../../net/route.ts'
import { type Json, printJson } from './json.ts'
import { answerRefusal, mayAdminister } from './refusal.ts'
import { readPrefix, readRoute } from './route-line.ts'
import { type Fixed, routeJson, routeText } from './route-show.ts'
import { firstMatch, type Settings } from './settings.ts'
import { routeUsage } from './usage.ts'

const verbs = [
  'list',
  'show',
  'lst',
  'get',
  'add',
  'change',
  'chg',
  'replace',
  'append',
  'delete',
  'flush',
  'help',
] as const

type Verb = (typeof verbs)[number]

export function runRoute(proc: Process, words: readonly string[], settings: Settings): number {
  const [word = 'show', ...rest] = words
  const verb: Verb | undefined = firstMatch(word, verbs)
  switch (verb) {
    case 'list':
    case 'show':
    case 'lst':
      return show(proc, rest, settings)
    case 'get':
      return get(proc, rest, settings)
    case 'flush':
      return flush(proc, rest, settings)
    case 'help':
      return proc.fail(routeUsage, 255)
    case undefined:
      return proc.fail(`Command "${word}" is unknown, try "ip route help".`, 255)
    default:
      return change(proc, verb, rest, settings)
  }
}

interface Selector {
  readonly spec: Partial<Route>
  readonly exact: Cidr | undefined
  readonly root: Cidr | undefined
  readonly match: Cidr | undefined
  readonly tables: readonly Route['table'][]
  readonly families: readonly Family[]
  readonly fixed: Fixed
}

function readSelector(proc: Process, words: readonly string[], settings: Settings): Selector | number {
  const family = settings.family === 6 ? 6 : 4
  const rest = [...words]
  const spec: { -readonly [key in keyof Route]?: Route[key] } = {}
  let exact: Cidr | undefined
  let root: Cidr | undefined
  let match: Cidr | undefined
  let table: string = 'main'
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === 'table') table = rest.shift() ?? ''
    else if (word === 'cache') return proc.fail('', 0)
    else if (word === 'dev' || word === 'oif' || word === 'iif') {
      const name = rest.shift() ?? ''
      spec.link = proc.net.linksByName.get(name)
      if (!spec.link) return proc.fail(`Cannot find device "${name}"`, 1)
    } else if (word === 'proto' || word === 'protocol')
      spec.protocol = (rest.shift() ?? '') as Route['protocol']
    else if (word === 'scope') spec.scope = (rest.shift() ?? '') as Route['scope']
    else if (word === 'type') spec.type = (rest.shift() ?? '') as Route['type']
    else if (word === 'via') spec.gateway = parseIp(rest.shift() ?? '')
    else if (word === 'src') spec.src = parseIp(rest.shift() ?? '')
    else {
      const kind = word === 'root' || word === 'match' || word === 'exact' || word === 'to' ? word : 'exact'
      const text = kind === word ? (rest.shift() ?? '') : word
      const prefix = readPrefix(text, settings.family === 'link' ? undefined : settings.family)
      if (!prefix)
        return proc.fail(
          `Error: ${settings.family === 6 ? 'inet6' : settings.family === 4 ? 'inet' : 'any valid'} prefix is expected rather than "${text}".`,
          1,
        )
      if (kind === 'root') root = prefix
      else if (kind === 'match') match = prefix
      else exact = prefix
    }
  }
  const families: Family[] =
    table === 'all' && settings.family === undefined ? [4, 6] : [exact ? familyOf(exact.ip) : family]
  const tables: Route['table'][] =
    table === 'all' ? ['main', 'local'] : table === 'local' || table === '255' ? ['local'] : ['main']
  if (!['main', 'local', 'all', '254', '255', 'default', '253'].includes(table))
    return proc.fail(
      `Error: ${settings.family === 6 ? 'ipv6' : 'ipv4'}: FIB table does not exist.\nDump terminated`,
      2,
    )
  const known = table === 'default' || table === '253'
  return {
    spec,
    exact,
    root,
    match,
    tables: known ? [] : tables,
    families,
    fixed: fixedBy(spec, table),
  }
}

/** What all selected routes have alike is not printed. */
const fixedBy = (spec: Partial<Route>, table: string): Selector['fixed'] => ({
  dev: spec.link !== undefined,
  protocol: spec.protocol !== undefined,
  scope: spec.scope !== undefined,
  via: spec.gateway !== undefined,
  table: table !== 'all',
})

function selected(proc: Process, selector: Selector): Route[] {
  const { spec, exact, root, match } = selector
  return selector.families
    .flatMap((family) => selector.tables.flatMap((table) => listRoutes(proc.net, family, table)))
    .filter((route) => {
      for (const [key, value] of Object.entries(spec))
        if (value !== undefined && route[key as keyof Route] !== value) return false
      const { destination } = route
      if (exact && !sameCidr(destination, exact)) return false
      if (root && !(destination.length >= root.length && contains(root, destination.ip))) return false
      return !match || (destination.length <= match.length && contains(destination, match.ip))
    })
}

function show(proc: Process, words: readonly string[], settings: Settings): number {
  const selector = readSelector(proc, words, settings)
  if (typeof selector === 'number') return selector
  const routes = selected(proc, selector)
  if (settings.json) {
    const items: Json[] = routes.map((route) => routeJson(route, selector.fixed))
    proc.print(printJson(items, settings.pretty))
  } else for (const route of routes) proc.print(routeText(route, settings, selector.fixed))
  return 0
}

function flush(proc: Process, words: readonly string[], settings: Settings): number {
  if (words.length === 0) return proc.fail('"ip route flush" requires arguments.', 1)
  if (words[0] === 'cache') return 0
  const selector = readSelector(proc, words, settings)
  if (typeof selector === 'number') return selector
  const routes = selected(proc, selector)
  if (routes.length === 0) return settings.family === 6 ? 0 : 0
  if (!mayAdminister(proc, 'Failed to send flush request: Operation not permitted\nFlush terminated'))
    return 255
  for (const route of routes) dropRoute(proc.net, route)
  return 0
}

function get(proc: Process, words: readonly string[], settings: Settings): number {
  const rest = [...words]
  let target: string | undefined
  let from: string | undefined
  let dev: string | undefined
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === 'to') target = rest.shift()
    else if (word === 'from') from = rest.shift()
    else if (word === 'dev' || word === 'oif') dev = rest.shift()
    else target = word
  }
  if (target === undefined) return proc.fail('need at least a destination address', 1)
  const destination = readPrefix(target, settings.family === 'link' ? undefined : settings.family)
  if (!destination) return proc.fail(`Error: any valid prefix is expected rather than "${target}".`, 1)
  const oif = dev === undefined ? undefined : proc.net.linksByName.get(dev)
  if (dev !== undefined && !oif) return proc.fail(`Cannot find device "${dev}"`, 1)
  const source = from === undefined ? undefined : parseIp(from)
  try {
    const route = lookupRoute(proc.net, destination.ip, { oif, src: source })
    const prefsrc = source === undefined ? sourceFor(proc.net, route, destination.ip) : undefined
    const local = route.type === 'local'
    const found: Route = {
      ...route,
      table: 'main',
      destination: { ip: destination.ip, length: bitsOf(familyOf(destination.ip)) },
      link: local ? proc.net.loopback : route.link,
      src: prefsrc,
      scope: 'global',
      protocol: isIp4(destination.ip) ? 'boot' : route.protocol,
      metric: isIp4(destination.ip) ? 0 : route.metric,
    }
    printGot(proc, found, settings, from, local)
    return 0
  } catch (cause) {
    return answerRefusal(proc, cause)
  }
}

function printGot(
  proc: Process,
  route: Route,
  settings: Settings,
  from: string | undefined,
  local: boolean,
): void {
  const { uid } = proc.credentials
  if (settings.json) {
    const item = routeJson(route) as { readonly [key: string]: Json | undefined }
    proc.print(printJson([{ ...item, uid, cache: local ? ['local'] : [] }], settings.pretty))
    return
  }
  const text = routeText(route, settings)
  const start = printIp(route.destination.ip)
  // IPv6 answers always say for which source (inet6_rtm_getroute).
  const source = from ?? (isIp4(route.destination.ip) ? undefined : '::')
  const shown = source === undefined ? text : text.replace(start, `${start} from ${source}`)
  if (!isIp4(route.destination.ip)) {
    proc.print(shown)
    return
  }
  proc.print(`${shown}uid ${uid} ${settings.oneLine ? '\\' : '\n'}    cache ${local ? '<local> ' : ''}`)
}

function change(proc: Process, verb: Verb, words: readonly string[], settings: Settings): number {
  const spec = readRoute(proc, words, settings.family === 'link' ? undefined : settings.family)
  if (typeof spec === 'number') return spec
  if (spec === 'nothing') return proc.fail(routeUsage, 255)
  if (!mayAdminister(proc)) return 2
  try {
    return apply(proc, verb, spec)
  } catch (cause) {
    if (isErrno(cause, 'ENETUNREACH') && spec.gateway !== undefined)
      return proc.fail('Error: Nexthop has invalid gateway.', 2)
    if (isErrno(cause, 'EINVAL') && spec.src !== undefined)
      return proc.fail('Error: Invalid prefsrc address.', 2)
    if (isErrno(cause, 'ENETDOWN')) return proc.fail('Error: Device for nexthop is not up.', 2)
    return answerRefusal(proc, cause)
  }
}

function apply(proc: Process, verb: Verb, spec: RouteSpec): number {
  const refuses = spec.type === 'blackhole' || spec.type === 'unreachable' || spec.type === 'prohibit'
  if (verb === 'delete') {
    removeRoute(proc.net, spec)
    return 0
  }
  if (!refuses && spec.link === undefined && spec.gateway === undefined)
    return proc.fail('RTNETLINK answers: No such device', 2)
  if (verb === 'add') {
    addRoute(proc.net, spec)
    return 0
  }
  const former = listRoutes(proc.net, familyOf(spec.destination.ip), spec.table ?? 'main').find(
    (route) =>
      sameCidr(route.destination, spec.destination) && route.metric === (spec.metric ?? route.metric),
  )
  if (!former && (verb === 'change' || verb === 'chg'))
    return proc.fail('RTNETLINK answers: No such file or directory', 2)
  if (former && verb !== 'append') dropRoute(proc.net, former)
  try {
    addRoute(proc.net, spec)
  } catch (cause) {
    if (former && verb !== 'append') insertRoute(proc.net, former)
    throw cause
  }
  return 0
}
