// Which sockets ss shows: `state …` and expressions such as `( sport = :80 or dst 10.0.0.0/8 )` (ss(8), ssfilter.y).

import { bitsOf, type Cidr, contains, parseCidr } from '../../../base/cidr.ts'
import { familyOf, parseIp } from '../../../base/ip.ts'
import type { SocketRow } from '../socket-list.ts'

export type State = SocketRow['state']

export const allStates: readonly State[] = [
  'ESTAB',
  'SYN-SENT',
  'SYN-RECV',
  'FIN-WAIT-1',
  'FIN-WAIT-2',
  'TIME-WAIT',
  'UNCONN',
  'CLOSE-WAIT',
  'LAST-ACK',
  'LISTEN',
  'CLOSING',
]

const allBut = (...left: State[]): State[] => allStates.filter((state) => !left.includes(state))

/** SS_CONN of misc/ss.c: what ss shows without -a and -l. */
export const connectedStates: readonly State[] = allBut('LISTEN', 'UNCONN', 'TIME-WAIT', 'SYN-RECV')

const stateWords: Readonly<Record<string, readonly State[]>> = {
  all: allStates,
  established: ['ESTAB'],
  connected: allBut('UNCONN', 'LISTEN'),
  synchronized: allBut('UNCONN', 'LISTEN', 'SYN-SENT'),
  bucket: ['SYN-RECV', 'TIME-WAIT'],
  big: allBut('SYN-RECV', 'TIME-WAIT'),
  'syn-sent': ['SYN-SENT'],
  'syn-recv': ['SYN-RECV'],
  'fin-wait-1': ['FIN-WAIT-1'],
  'fin-wait-2': ['FIN-WAIT-2'],
  'time-wait': ['TIME-WAIT'],
  closed: ['UNCONN'],
  unconnected: ['UNCONN'],
  'close-wait': ['CLOSE-WAIT'],
  'last-ack': ['LAST-ACK'],
  listening: ['LISTEN'],
  closing: ['CLOSING'],
}

/** Whether a row is shown. */
export type Expression = (row: SocketRow) => boolean

export interface Filter {
  readonly states: readonly State[] | undefined
  readonly expression: Expression | undefined
}

/** The filter is wrong: `words` is what ss prints, `usage` whether its usage follows. */
export class WrongFilter extends Error {
  readonly status: number
  readonly usage: boolean

  constructor(words: string, status: number, usage = false) {
    super(words)
    this.status = status
    this.usage = usage
  }
}

/** Reads the words behind the options. Throws WrongFilter. */
export function readFilter(words: readonly string[]): Filter {
  const rest = [...words]
  let states: readonly State[] | undefined
  while (rest[0] === 'state' || rest[0] === 'exclude') {
    const excluded = rest.shift() === 'exclude'
    const word = rest.shift() ?? ''
    const named = stateWords[word]
    if (!named) throw new WrongFilter(`ss: wrong state name: ${word}`, 255)
    if (excluded) states = (states ?? allStates).filter((state) => !named.includes(state))
    else states = [...(states ?? []), ...named]
  }
  const tokens = rest.join(' ').match(/[()!]|&&?|\|\|?|[<>]=?|==?|[^\s()!&|<>=]+/g) ?? []
  if (tokens.length === 0) return { states, expression: undefined }
  const reader: Reader = { tokens: [...joined(tokens)] }
  const expression = readOr(reader)
  if (reader.tokens.length > 0) throw syntaxError()
  return { states, expression }
}

interface Reader {
  readonly tokens: string[]
}

/** `!` and `=` written together are one sign. */
function joined(tokens: readonly string[]): string[] {
  const result: string[] = []
  for (const token of tokens) {
    if (token === '=' && result.at(-1) === '!') result.splice(-1, 1, '!=')
    else result.push(token)
  }
  return result
}

const syntaxError = (): WrongFilter =>
  new WrongFilter('ss: bison bellows (while parsing filter): "syntax error!" Sorry.', 255, true)

function readOr(reader: Reader): Expression {
  let left = readAnd(reader)
  while (['or', '|', '||'].includes(reader.tokens[0] ?? '')) {
    reader.tokens.shift()
    const [one, other] = [left, readAnd(reader)]
    left = (row) => one(row) || other(row)
  }
  return left
}

function readAnd(reader: Reader): Expression {
  let left = readNot(reader)
  for (;;) {
    const [next] = reader.tokens
    if (next === undefined || next === ')' || ['or', '|', '||'].includes(next)) return left
    if (['and', '&', '&&'].includes(next)) reader.tokens.shift()
    const [one, other] = [left, readNot(reader)]
    left = (row) => one(row) && other(row)
  }
}

function readNot(reader: Reader): Expression {
  const word = reader.tokens.shift()
  if (word === 'not' || word === '!') {
    const inner = readNot(reader)
    return (row) => !inner(row)
  }
  if (word === '(') {
    const inner = readOr(reader)
    if (reader.tokens.shift() !== ')') throw syntaxError()
    return inner
  }
  if (word === 'sport' || word === 'dport') return readPort(reader, word)
  if (word === 'src' || word === 'dst') return readHost(reader, word)
  if (word === undefined) throw syntaxError()
  return hostIs(word, 'dst')
}

const comparisons: Readonly<Record<string, (port: number, wanted: number) => boolean>> = {
  '=': (port, wanted) => port === wanted,
  '!=': (port, wanted) => port !== wanted,
  '>': (port, wanted) => port > wanted,
  '>=': (port, wanted) => port >= wanted,
  '<': (port, wanted) => port < wanted,
  '<=': (port, wanted) => port <= wanted,
}

const signs: Readonly<Record<string, string>> = {
  '==': '=',
  eq: '=',
  ne: '!=',
  neq: '!=',
  gt: '>',
  ge: '>=',
  geq: '>=',
  lt: '<',
  le: '<=',
  leq: '<=',
}

function readPort(reader: Reader, side: 'sport' | 'dport'): Expression {
  const [next = ''] = reader.tokens
  const sign = signs[next] ?? next
  const compare = comparisons[sign]
  if (compare) reader.tokens.shift()
  const word = reader.tokens.shift()
  if (word === undefined) throw syntaxError()
  const text = word.replace(/^.*:/, '')
  if (!/^\d+$/.test(text)) throw notAPort(text)
  const wanted = Number(text)
  const holds = compare ?? ((port: number) => port === wanted)
  return (row) => holds((side === 'sport' ? row.local : row.remote).port, wanted)
}

function readHost(reader: Reader, side: 'src' | 'dst'): Expression {
  const [next = ''] = reader.tokens
  const sign = signs[next] ?? next
  if (sign === '=' || sign === '!=') reader.tokens.shift()
  const word = reader.tokens.shift()
  if (word === undefined) throw syntaxError()
  const is = hostIs(word, side)
  return sign === '!=' ? (row) => !is(row) : is
}

/** `10.0.0.0/8`, `10.0.0.1:80`, `[::1]:80`, `:80`. */
function hostIs(word: string, side: 'src' | 'dst'): Expression {
  const match = /^(?:\[(.*)\]|([^:]*)|(.*))(?::(\d+|\*|[a-z]\S*))?$/.exec(word)
  const host = match?.[1] ?? match?.[2] ?? match?.[3] ?? ''
  const port = match?.[4] === undefined || match[4] === '*' ? undefined : match[4]
  if (port !== undefined && !/^\d+$/.test(port)) throw notAPort(port)
  const cidr = host === '' || host === '*' ? undefined : readNetwork(host)
  return (row) => {
    const end = side === 'src' ? row.local : row.remote
    if (port !== undefined && end.port !== Number(port)) return false
    return !cidr || (familyOf(end.ip) === familyOf(cidr.ip) && contains(cidr, end.ip))
  }
}

const notAPort = (text: string): WrongFilter =>
  new WrongFilter(`Error: "${text}" does not look like a port.\nCannot parse dst/src address.`, 1)

function readNetwork(text: string): Cidr {
  const ip = parseIp(text)
  const cidr = ip === undefined ? parseCidr(text) : { ip, length: bitsOf(familyOf(ip)) }
  if (!cidr)
    throw new WrongFilter(
      `Error: an inet prefix is expected rather than "${text}".\nCannot parse dst/src address.`,
      1,
    )
  return cidr
}
