// The lines of both traceroutes. Debian's has a scanner of its own (libsupp/clif.c), with its own words.

import { type Duration, seconds } from '../../../base/instant.ts'
import { type Ip, parseIp } from '../../../base/ip.ts'
import { BadOption, type OptionGrammar, parseOptions } from '../../program.ts'

export interface TraceOptions {
  family: 4 | 6 | undefined
  method: 'udp' | 'icmp'
  numeric: boolean
  first: number
  last: number
  probes: number
  /** Probes that are under way at once. */
  together: number
  patience: Duration
  /** Between two probes. */
  pause: Duration
  device: string | undefined
  source: Ip | undefined
  /** As it was given. */
  sourceText: string | undefined
  port: number
  dontFragment: boolean
  /** Of a packet, with its headers; 0 for the default. */
  length: number
  /** Of the first link; known when the target is. */
  mtu: number
}

export const defaults = (patience: Duration): TraceOptions => ({
  family: undefined,
  method: 'udp',
  numeric: false,
  first: 1,
  last: 30,
  probes: 3,
  together: 16,
  patience,
  pause: 0,
  device: undefined,
  source: undefined,
  sourceText: undefined,
  port: 33434,
  dontFragment: false,
  length: 0,
  mtu: 1500,
})

const debianGrammar: OptionGrammar = {
  short: '46dFf:g:ITi:m:N:np:t:l:w:q:rs:z:eAM:O:UDP:V',
  long: {
    help: 'help',
    version: 'V',
    debug: 'd',
    'dont-fragment': 'F',
    'gateway:': 'g',
    'max-hops:': 'm',
    'first:': 'f',
    'sim-queries:': 'N',
    'queries:': 'q',
    'wait:': 'w',
    'port:': 'p',
    'tos:': 't',
    'flowlabel:': 'l',
    'source:': 's',
    'sendwait:': 'z',
    extensions: 'e',
    'as-path-lookups': 'A',
    'module:': 'M',
    'options:': 'O',
    icmp: 'I',
    tcp: 'T',
    udp: 'U',
    dccp: 'D',
    'protocol:': 'P',
    mtu: '-mtu',
    back: '-back',
    'sport:': '-sport',
    'fwmark:': '-fwmark',
    'interface:': 'i',
  },
}

/** A line that is answered at once. */
export type Refusal = { readonly words: string; readonly status: number }

export interface TraceLine {
  readonly options: TraceOptions
  readonly operands: readonly string[]
  /** `V` or `help`, if it was asked for. */
  readonly asked: string | undefined
}

const unsimulated = new Set([
  'A',
  'T',
  'D',
  'P',
  'g',
  'r',
  'l',
  't',
  'O',
  '-mtu',
  '-back',
  '-sport',
  '-fwmark',
])
const numbers = new Set(['f', 'm', 'q', 'N', 'p', 'z'])

/** Debian's line. */
export function readDebianLine(words: readonly string[]): TraceLine | Refusal {
  const options = defaults(seconds(5))
  let scanned: ReturnType<typeof parseOptions>
  try {
    scanned = parseOptions(['', ...words], debianGrammar)
  } catch (cause) {
    if (!(cause instanceof BadOption)) throw cause
    const wrong = /'(--?)?(.+)'$/.exec(cause.message)?.[2] ?? ''
    const place = words.findIndex((word) => word.startsWith('-') && word.includes(wrong)) + 1
    return refused(
      `Bad option \`${cause.message.includes('--') && wrong.length > 1 ? '--' : '-'}${wrong}' (argc ${place})`,
    )
  }
  for (const [key, argument] of scanned.given) {
    if (key === 'V' || key === 'help') return { options, operands: [], asked: key }
    if (unsimulated.has(key)) return refused(`traceroute: docksim does not simulate -${key}`)
    const place = words.lastIndexOf(argument) + 1
    const bad = `Cannot handle \`-${key}' option with arg \`${argument}' (argc ${place})`
    if (numbers.has(key) && !/^-?\d+(\.\d*)?$/.test(argument)) return refused(bad)
    if (key === 'w' && !/^\d+(\.\d*)?$/.test(argument))
      return refused(
        argument.includes(',') ? 'traceroute: docksim does not simulate -w with HERE or NEAR' : bad,
      )
    const trouble = takeOption(options, key, argument)
    if (trouble !== undefined) return refused(trouble)
  }
  const [, length, ...extra] = scanned.operands
  if (extra[0] !== undefined)
    return refused(`Extra arg \`${extra[0]}' (position 3, argc ${words.indexOf(extra[0]) + 1})`)
  if (length !== undefined && !/^\d+$/.test(length))
    return refused(
      `Cannot handle "packetlen" cmdline arg \`${length}' on position 2 (argc ${words.lastIndexOf(length) + 1})`,
    )
  if (Number(length ?? 0) > 65000) return refused(`too big packetlen ${length} specified`)
  options.length = length === undefined ? 0 : Math.max(28, Number(length))
  if (options.first < 1 || options.first > options.last) return refused('first hop out of range')
  if (options.last > 255) return refused('max hops cannot be more than 255')
  if (options.probes < 1 || options.probes > 10) return refused('no more than 10 probes per hop')
  return { options, operands: scanned.operands, asked: undefined }
}

const refused = (words: string): Refusal => ({ words, status: 2 })

/** BusyBox' options; `error` is what getopt says of a wrong one. */
export function takeBusyboxOption(options: TraceOptions, key: string, argument: string): string | undefined {
  if ('lrvt'.includes(key)) return `traceroute: docksim does not simulate -${key}`
  if ('fmqpwz'.includes(key) && !/^\d+$/.test(argument)) return `traceroute: invalid number '${argument}'`
  if (key === 'z') {
    options.pause = Number(argument) * 1000
    return undefined
  }
  return takeOption(options, key, argument)
}

/** Puts an option that both have into `options`; words if its argument is wrong. */
function takeOption(options: TraceOptions, key: string, argument: string): string | undefined {
  const value = Number(argument)
  switch (key) {
    case '4':
    case '6':
      options.family = key === '4' ? 4 : 6
      return undefined
    case 'n':
      options.numeric = true
      return undefined
    case 'I':
      options.method = 'icmp'
      return undefined
    case 'U':
      options.port = 53
      return undefined
    case 'F':
      options.dontFragment = true
      return undefined
    case 'f':
      options.first = value
      return undefined
    case 'm':
      options.last = value
      return undefined
    case 'q':
      options.probes = value
      return undefined
    case 'p':
      options.port = value & 0xffff
      return undefined
    case 'N':
      options.together = Math.max(1, value)
      return undefined
    default:
      return takeText(options, key, argument)
  }
}

function takeText(options: TraceOptions, key: string, argument: string): string | undefined {
  if (key === 'w') options.patience = seconds(Number.parseFloat(argument))
  else if (key === 'i') options.device = argument
  else if (key === 's') {
    options.source = parseIp(argument)
    options.sourceText = argument
    if (options.source === undefined) return `traceroute: docksim takes only an address for -s`
  } else if (key === 'z') {
    const value = Number(argument)
    if (value < 0) return `bad sendtime \`${argument}' specified`
    options.pause = value > 10 ? Math.round(value * 1000) : seconds(value)
  } else if (key === 'M') {
    if (argument === 'icmp') options.method = 'icmp'
    else if (argument === 'udp') options.port = 53
    else if (argument !== 'default')
      return /^(tcp|tcpconn|udplite|dccp|raw)$/.test(argument)
        ? `traceroute: docksim does not simulate -M ${argument}`
        : `Unknown traceroute module ${argument}`
  }
  return undefined
}
