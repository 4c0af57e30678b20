// `ip route` of busybox (networking/libiproute/iproute.c): two blanks before `src` and `metric`, no protocol.

import { bitsOf, type Cidr, contains, networkIp, sameCidr } from '../../../base/cidr.ts'
import { isErrno } from '../../../base/errno.ts'
import { familyOf, isIp4, parseIp, printIp } from '../../../base/ip.ts'
import type { Process } from '../../../kernel/process.ts'
import { sourceFor } from '../../../net/ip/source.ts'
import {
  addRoute,
  dropRoute,
  isLinkDown,
  listRoutes,
  lookupRoute,
  type Route,
  type RouteSpec,
  removeRoute,
} from '../../../net/route.ts'
import { type BusyboxSettings, noDevice } from './busybox-words.ts'
import { readPrefix } from './route-line.ts'
import { destinationOf } from './route-show.ts'

/** Errors of the kernel are thrown on. */
export function busyboxRoute(proc: Process, words: readonly string[], settings: BusyboxSettings): number {
  const [verb = 'list', ...rest] = words
  const verbs = [
    'add',
    'append',
    'change',
    'chg',
    'delete',
    'del',
    'get',
    'list',
    'show',
    'prepend',
    'replace',
    'test',
    'flush',
  ]
  const name = verbs.find((one) => one.startsWith(verb))
  switch (name) {
    case 'list':
    case 'show':
      return show(proc, rest, settings)
    case 'get':
      return get(proc, rest)
    case 'flush':
      return flush(proc, rest, settings)
    case undefined:
      return proc.fail(`ip: invalid argument '${verb}' to 'ip'`)
    default:
      return change(proc, name, rest, settings)
  }
}

interface Words {
  destination: Cidr | undefined
  rest: Map<string, string>
  type: Route['type'] | undefined
}

const valued = [
  'dev',
  'oif',
  'via',
  'src',
  'metric',
  'table',
  'proto',
  'scope',
  'from',
  'root',
  'match',
  'exact',
  'mtu',
]
const types: readonly string[] = ['unicast', 'local', 'broadcast', 'blackhole', 'unreachable', 'prohibit']

function readWords(line: readonly string[], settings: BusyboxSettings): Words {
  const words: Words = { destination: undefined, rest: new Map(), type: undefined }
  const rest = [...line]
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (valued.includes(word)) words.rest.set(word === 'oif' ? 'dev' : word, rest.shift() ?? '')
    else if (types.includes(word)) words.type = word as Route['type']
    else if (word !== 'to') words.destination = readPrefix(word, settings.family === 6 ? 6 : undefined)
  }
  return words
}

function show(proc: Process, line: readonly string[], settings: BusyboxSettings): number {
  const words = readWords(line, settings)
  const device = words.rest.get('dev')
  if (device !== undefined && !proc.net.linksByName.has(device)) return noDevice(proc, device)
  for (const route of selected(proc, words, settings)) proc.print(textOf(route, device !== undefined))
  return 0
}

function selected(proc: Process, words: Words, { family }: BusyboxSettings): Route[] {
  const table = words.rest.get('table') === 'local' || words.rest.get('table') === '255' ? 'local' : 'main'
  const device = words.rest.get('dev')
  const { destination } = words
  return listRoutes(proc.net, family === 6 ? 6 : 4, table).filter(
    (route) =>
      (device === undefined || route.link?.name === device) &&
      (!destination || sameCidr(route.destination, destination)),
  )
}

function textOf(route: Route, deviceKnown = false): string {
  const words: string[] = []
  if (route.type !== 'unicast') words.push(route.type)
  words.push(destinationOf(route))
  if (route.gateway !== undefined) words.push(`via ${printIp(route.gateway)}`)
  if (route.link && !deviceKnown) words.push(`dev ${route.link.name}`)
  if (isIp4(route.destination.ip) && route.scope !== 'global') words.push(`scope ${route.scope}`)
  let text = `${words.join(' ')} `
  if (route.src !== undefined) text += ` src ${printIp(route.src)} `
  if (route.metric !== 0) text += ` metric ${route.metric} `
  return isLinkDown(route) ? `${text}linkdown ` : text
}

function get(proc: Process, line: readonly string[]): number {
  const words = readWords(line, { family: undefined, oneLine: false })
  const { destination } = words
  if (!destination) return proc.fail('ip: need at least destination address')
  const route = lookupRoute(proc.net, destination.ip)
  const src = sourceFor(proc.net, route, destination.ip)
  const local = route.type === 'local'
  const found: Route = {
    ...route,
    destination: { ip: destination.ip, length: bitsOf(familyOf(destination.ip)) },
    link: local ? proc.net.loopback : route.link,
    scope: 'global',
    metric: 0,
    src,
  }
  proc.print(textOf(found))
  return 0
}

function flush(proc: Process, line: readonly string[], settings: BusyboxSettings): number {
  if (line.length === 0) return proc.fail('ip: "ip route flush" requires arguments')
  if (!proc.may('NET_ADMIN')) return proc.fail('ip: RTNETLINK answers: Operation not permitted', 2)
  const words = readWords(line, settings)
  const root = words.rest.get('root')
  const prefix = root === undefined ? undefined : readPrefix(root, undefined)
  for (const route of selected(proc, words, settings))
    if (!prefix || contains(prefix, route.destination.ip)) dropRoute(proc.net, route)
  return 0
}

function change(proc: Process, verb: string, line: readonly string[], settings: BusyboxSettings): number {
  const words = readWords(line, settings)
  const device = words.rest.get('dev')
  const link = device === undefined ? undefined : proc.net.linksByName.get(device)
  if (device !== undefined && !link) return noDevice(proc, device)
  const gateway = parseIp(words.rest.get('via') ?? '')
  const refusing = words.type !== undefined && words.type !== 'unicast'
  const { destination } = words
  if (!destination || (!link && gateway === undefined && !refusing && !verb.startsWith('del')))
    return proc.fail('ip: RTNETLINK answers: No such device', 2)
  if (networkIp(destination) !== destination.ip)
    return proc.fail('ip: RTNETLINK answers: Invalid argument', 2)
  if (!proc.may('NET_ADMIN')) return proc.fail('ip: RTNETLINK answers: Operation not permitted', 2)
  const metric = words.rest.get('metric')
  const src = parseIp(words.rest.get('src') ?? '')
  const spec: RouteSpec = {
    destination:
      gateway !== undefined && familyOf(gateway) === 6 && destination.length === 0
        ? { ip: 0n, length: 0 }
        : destination,
    ...(link ? { link } : {}),
    ...(gateway === undefined ? {} : { gateway }),
    ...(metric === undefined ? {} : { metric: Number(metric) }),
    ...(src === undefined ? {} : { src }),
    ...(words.type === undefined ? {} : { type: words.type }),
  }
  if (verb.startsWith('del')) {
    removeRoute(proc.net, spec)
    return 0
  }
  if (verb === 'replace' || verb === 'change' || verb === 'chg') return replace(proc, verb, spec)
  addRoute(proc.net, spec)
  return 0
}

function replace(proc: Process, verb: string, spec: RouteSpec): number {
  const former = listRoutes(proc.net, familyOf(spec.destination.ip)).find((route) =>
    sameCidr(route.destination, spec.destination),
  )
  if (!former && verb !== 'replace') return proc.fail('ip: RTNETLINK answers: No such file or directory', 2)
  if (former) dropRoute(proc.net, former)
  try {
    addRoute(proc.net, spec)
  } catch (cause) {
    if (former && isErrno(cause)) addRoute(proc.net, former)
    throw cause
  }
  return 0
}
