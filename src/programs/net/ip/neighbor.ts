// `ip neigh` of iproute2 (ip/ipneigh.c).

import { type Ip, parseIp, printIp } from '../../../base/ip.ts'
import { parseMac, printMac } from '../../../base/mac.ts'
import type { Process } from '../../../kernel/process.ts'
import {
  findNeighbor,
  listNeighbors,
  type Neighbor,
  removeNeighbor,
  setStaticNeighbor,
  stateOf,
} from '../../../net/neighbor/table.ts'
import { printJson } from './json.ts'
import { mayAdminister } from './refusal.ts'
import { firstMatch, painted, type Settings } from './settings.ts'
import { neighborUsage } from './usage.ts'

const verbs = [
  'add',
  'change',
  'chg',
  'replace',
  'delete',
  'get',
  'show',
  'lst',
  'list',
  'flush',
  'help',
] as const

export function runNeighbor(proc: Process, words: readonly string[], settings: Settings): number {
  const [word = 'show', ...rest] = words
  const verb = firstMatch(word, verbs)
  switch (verb) {
    case 'show':
    case 'lst':
    case 'list':
      return show(proc, rest, settings)
    case 'flush':
      return flush(proc, rest, settings)
    case 'help':
      return proc.fail(neighborUsage, 255)
    case undefined:
      return proc.fail(`Command "${word}" is unknown, try "ip neigh help".`, 255)
    default:
      return change(proc, verb, rest, settings)
  }
}

interface Line {
  to: string | undefined
  dev: string | undefined
  lladdr: string | undefined
  nud: string | undefined
}

function readLine(words: readonly string[]): Line {
  const line: Line = { to: undefined, dev: undefined, lladdr: undefined, nud: undefined }
  const rest = [...words]
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === 'dev') line.dev = rest.shift() ?? ''
    else if (word === 'lladdr') line.lladdr = rest.shift() ?? ''
    else if (word === 'nud') line.nud = rest.shift() ?? ''
    else if (word === 'to') line.to = rest.shift() ?? ''
    else line.to = word
  }
  return line
}

function select(proc: Process, line: Line, settings: Settings, flushing: boolean): Neighbor[] | number {
  if (line.dev !== undefined && !proc.net.linksByName.has(line.dev))
    return proc.fail(`Cannot find device "${line.dev}"`, 1)
  const to = line.to === undefined || line.to === 'all' ? undefined : parseIp(line.to)
  if (line.to !== undefined && line.to !== 'all' && to === undefined)
    return proc.fail(`Error: any valid prefix is expected rather than "${line.to}".`, 1)
  return listNeighbors(proc.net).filter((neighbor) => {
    const state = stateOf(neighbor, proc.now())
    if (line.dev !== undefined && neighbor.link.name !== line.dev) return false
    if (settings.family !== undefined && settings.family !== (typeof neighbor.ip === 'number' ? 4 : 6))
      return false
    if (line.nud !== undefined && line.nud !== 'all') return state.toLowerCase() === line.nud
    return (to === undefined || neighbor.ip === to) && !(flushing && state === 'PERMANENT')
  })
}

function show(proc: Process, words: readonly string[], settings: Settings): number {
  const line = readLine(words)
  const neighbors = select(proc, line, settings, false)
  if (typeof neighbors === 'number') return neighbors
  if (settings.json) {
    const items = neighbors.map((one) => ({
      dst: printIp(one.ip),
      dev: line.dev === undefined ? one.link.name : undefined,
      lladdr: one.mac === undefined || isUnknown(proc, one) ? undefined : printMac(one.mac),
      state: [stateOf(one, proc.now())],
    }))
    proc.print(printJson(items, settings.pretty))
    return 0
  }
  for (const one of neighbors) {
    const words = [paintedIp(settings, one.ip)]
    if (line.dev === undefined) words.push('dev', painted(settings, 'name', one.link.name))
    if (one.mac !== undefined && !isUnknown(proc, one))
      words.push('lladdr', painted(settings, 'mac', printMac(one.mac)))
    if (one.router) words.push('router')
    proc.print(`${words.join(' ')} ${stateOf(one, proc.now())} `)
  }
  return 0
}

const paintedIp = (settings: Settings, ip: Ip): string =>
  painted(settings, typeof ip === 'number' ? 'inet' : 'inet6', printIp(ip))

const isUnknown = (proc: Process, neighbor: Neighbor): boolean =>
  ['INCOMPLETE', 'FAILED'].includes(stateOf(neighbor, proc.now()))

function flush(proc: Process, words: readonly string[], settings: Settings): number {
  if (words.length === 0) return proc.fail('Flush requires arguments.', 1)
  const neighbors = select(proc, readLine(words), settings, true)
  if (typeof neighbors === 'number') return neighbors
  if (neighbors.length === 0) return 0
  if (!mayAdminister(proc, 'Failed to send flush request\n: Operation not permitted\nFlush terminated'))
    return 1
  for (const { link, ip } of neighbors) removeNeighbor(link, ip)
  return 0
}

function change(proc: Process, verb: string, words: readonly string[], settings: Settings): number {
  const line = readLine(words)
  const { to, dev, lladdr } = line
  if (dev === undefined || to === undefined)
    return proc.fail('Device and destination are required arguments.', 255)
  const ip = parseIp(to)
  if (ip === undefined) return proc.fail(`Error: any valid address is expected rather than "${to}".`, 1)
  const link = proc.net.linksByName.get(dev)
  if (!link) return proc.fail(`Cannot find device "${dev}"`, 1)
  const known = findNeighbor(link, ip)
  if (verb === 'get')
    return known ? show(proc, [to, 'dev', dev], settings) : proc.fail('Error: Neighbour entry not found.', 2)
  if (!mayAdminister(proc)) return 2
  if (verb === 'delete')
    return removeNeighbor(link, ip) ? 0 : proc.fail('RTNETLINK answers: No such file or directory', 2)
  if (verb === 'add' && known) return proc.fail('RTNETLINK answers: File exists', 2)
  if ((verb === 'change' || verb === 'chg') && !known)
    return proc.fail('RTNETLINK answers: No such file or directory', 2)
  const mac = lladdr === undefined ? undefined : parseMac(lladdr)
  if (mac === undefined)
    return lladdr === undefined
      ? proc.fail('RTNETLINK answers: Invalid argument', 2)
      : proc.fail(`"${lladdr}" is invalid lladdr.`, 1)
  setStaticNeighbor(link, ip, mac)
  return 0
}
