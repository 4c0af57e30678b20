// The words of a route on ip's line: `[TYPE] PREFIX via … dev … proto … metric …`.

import { bitsOf, type Cidr, networkIp, parseCidr } from '../../../base/cidr.ts'
import { type Family, familyOf, type Ip, parseIp } from '../../../base/ip.ts'
import type { Process } from '../../../kernel/process.ts'
import type { Link } from '../../../net/link/link.ts'
import type { Route, RouteSpec, RouteType } from '../../../net/route.ts'

const types: readonly RouteType[] = [
  'unicast',
  'local',
  'broadcast',
  'multicast',
  'blackhole',
  'unreachable',
  'prohibit',
]

/** A prefix as ip reads it: `default`, an address, or one with its length. */
export function readPrefix(text: string, family: Family | undefined): Cidr | undefined {
  if (text === 'default' || text === 'any' || text === 'all')
    return family === 6 ? { ip: 0n, length: 0 } : { ip: 0, length: 0 }
  const ip = parseIp(text)
  const cidr = parseCidr(text) ?? (ip === undefined ? undefined : { ip, length: bitsOf(familyOf(ip)) })
  return cidr && family !== undefined && familyOf(cidr.ip) !== family ? undefined : cidr
}

interface Words {
  type: RouteType | undefined
  destination: Cidr | undefined
  gateway: Ip | undefined
  link: Link | undefined
  src: Ip | undefined
  scope: Route['scope'] | undefined
  protocol: Route['protocol'] | undefined
  metric: number | undefined
  table: Route['table'] | undefined
  onlink: boolean
}

/** The route that the line describes; 'nothing' without a prefix; a number is the status after an error. */
export function readRoute(
  proc: Process,
  line: readonly string[],
  family: Family | undefined,
): RouteSpec | 'nothing' | number {
  const words: Words = {
    type: undefined,
    destination: undefined,
    gateway: undefined,
    link: undefined,
    src: undefined,
    scope: undefined,
    protocol: undefined,
    metric: undefined,
    table: undefined,
    onlink: false,
  }
  const rest = [...line]
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const status = take(proc, words, word, rest, family)
    if (status !== undefined) return status
  }
  let { destination } = words
  if (!destination) return 'nothing'
  // `default via fd00::1` is a route of IPv6.
  if (destination.length === 0 && words.gateway !== undefined && familyOf(words.gateway) === 6)
    destination = { ip: 0n, length: 0 }
  if (networkIp(destination) !== destination.ip)
    return proc.fail('Error: Invalid prefix for given prefix length.', 2)
  return specOf(words, destination)
}

const specOf = (words: Words, destination: Cidr): RouteSpec => ({
  destination,
  ...(words.type === undefined ? {} : { type: words.type }),
  ...(words.gateway === undefined ? {} : { gateway: words.gateway }),
  ...(words.link === undefined ? {} : { link: words.link }),
  ...(words.src === undefined ? {} : { src: words.src }),
  ...(words.scope === undefined ? {} : { scope: words.scope }),
  ...(words.protocol === undefined ? {} : { protocol: words.protocol }),
  ...(words.metric === undefined ? {} : { metric: words.metric }),
  ...(words.table === undefined ? {} : { table: words.table }),
  ...(words.onlink ? { onlink: true } : {}),
})

function take(
  proc: Process,
  words: Words,
  word: string,
  rest: string[],
  family: Family | undefined,
): number | undefined {
  switch (word) {
    case 'via': {
      if (rest[0] === 'inet' || rest[0] === 'inet6') rest.shift()
      const text = rest.shift() ?? ''
      words.gateway = parseIp(text)
      const expected = family === 6 ? 'inet6' : 'inet'
      return words.gateway === undefined
        ? proc.fail(`Error: ${expected} address is expected rather than "${text}".`, 1)
        : undefined
    }
    case 'dev':
    case 'oif': {
      const name = rest.shift() ?? ''
      words.link = proc.net.linksByName.get(name)
      return words.link ? undefined : proc.fail(`Cannot find device "${name}"`, 1)
    }
    case 'src': {
      const text = rest.shift() ?? ''
      words.src = parseIp(text)
      return words.src === undefined
        ? proc.fail(`Error: inet address is expected rather than "${text}".`, 1)
        : undefined
    }
    case 'onlink':
      words.onlink = true
      return undefined
    case 'to':
      return takeDestination(proc, words, rest.shift() ?? '', family)
    default:
      return takeValue(proc, words, word, rest, family)
  }
}

function takeValue(
  proc: Process,
  words: Words,
  word: string,
  rest: string[],
  family: Family | undefined,
): number | undefined {
  switch (word) {
    case 'metric':
    case 'priority':
    case 'preference': {
      const text = rest.shift() ?? ''
      if (!/^\d+$/.test(text))
        return proc.fail(`Error: argument "${text}" is wrong: "metric" value is invalid\n`, 255)
      words.metric = Number(text)
      return undefined
    }
    case 'proto':
    case 'protocol':
      words.protocol = (rest.shift() ?? 'boot') as Route['protocol']
      return undefined
    case 'scope':
      words.scope = (rest.shift() ?? 'global') as Route['scope']
      return undefined
    case 'table': {
      const table = rest.shift() ?? ''
      if (table === 'main' || table === '254') words.table = 'main'
      else if (table === 'local' || table === '255') words.table = 'local'
      else return proc.fail(`ip: docksim does not simulate routing table "${table}"`, 255)
      return undefined
    }
    case 'mtu':
    case 'advmss':
    case 'nexthop':
    case 'tos':
      return proc.fail(`ip: docksim does not simulate "${word}" of a route`, 255)
    default:
      if (types.includes(word as RouteType) && !words.destination) {
        words.type = word as RouteType
        return undefined
      }
      return takeDestination(proc, words, word, family)
  }
}

function takeDestination(
  proc: Process,
  words: Words,
  text: string,
  family: Family | undefined,
): number | undefined {
  if (words.destination) return proc.fail(`Error: either "to" is duplicate, or "${text}" is a garbage.`, 255)
  words.destination = readPrefix(text, family)
  const kind = family === undefined ? 'any valid' : family === 6 ? 'inet6' : 'inet'
  return words.destination
    ? undefined
    : proc.fail(`Error: ${kind} prefix is expected rather than "${text}".`, 1)
}
