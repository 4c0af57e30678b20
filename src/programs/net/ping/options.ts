// The line of iputils' ping: its options, their ranges and the words of its refusals (iputils ping/ping.c, main()).

import type { Process } from '../../../kernel/process.ts'
import { scanOptions } from '../getopt.ts'

export interface PingOptions {
  family: 4 | 6 | undefined
  count: number | undefined
  /** Seconds. */
  interval: number
  /** Seconds to wait after the last packet when nothing has come (-W). */
  linger: number
  /** Seconds after which it ends, whatever has come (-w). */
  deadline: number | undefined
  size: number
  ttl: number | undefined
  from: string | undefined
  mtu: 'do' | 'dont' | 'want' | 'probe' | undefined
  pattern: string | undefined
  quiet: boolean
  numeric: boolean
  /** -H: names even where an address was given. */
  reverse: boolean
  flood: boolean
  adaptive: boolean
  broadcast: boolean
  timestamps: boolean
  /** -O */
  outstanding: boolean
  verbose: boolean
  /** -a */
  audible: boolean
  readonly targets: readonly string[]
}

const short = '4?h6aAbBc:CdDe:fF:hHi:I:l:Lm:M:nN:Op:qQ:rRs:S:t:T:UvVw:W:3'
const countRange = [1, 9223372036854775807n] as const

/** What the words say, or the exit status after an error has been printed. */
export function readPingLine(proc: Process, words: readonly string[], usage: string): PingOptions | number {
  const scanned = scanOptions(words, { short })
  const options = defaults(scanned.operands)
  for (const { key, argument } of scanned.options) {
    const status = take(proc, options, key, argument, usage)
    if (status !== undefined) return status
  }
  if (scanned.error !== undefined) {
    proc.printError(`ping: ${scanned.error}`)
    return printUsage(proc, usage)
  }
  if (scanned.operands.length === 0) return proc.fail('ping: usage error: Destination address required', 2)
  return options
}

const defaults = (targets: readonly string[]): PingOptions => ({
  family: undefined,
  count: undefined,
  interval: 1,
  linger: 10,
  deadline: undefined,
  size: 56,
  ttl: undefined,
  from: undefined,
  mtu: undefined,
  pattern: undefined,
  quiet: false,
  numeric: false,
  reverse: false,
  flood: false,
  adaptive: false,
  broadcast: false,
  timestamps: false,
  outstanding: false,
  verbose: false,
  audible: false,
  targets,
})

function printUsage(proc: Process, usage: string): number {
  proc.printError(usage)
  return 2
}

const switches: Readonly<Record<string, keyof PingOptions>> = {
  q: 'quiet',
  n: 'numeric',
  H: 'reverse',
  f: 'flood',
  A: 'adaptive',
  b: 'broadcast',
  D: 'timestamps',
  O: 'outstanding',
  v: 'verbose',
  a: 'audible',
}

function take(
  proc: Process,
  options: PingOptions,
  key: string,
  argument: string,
  usage: string,
): number | undefined {
  const name = switches[key]
  if (name !== undefined) {
    Object.assign(options, { [name]: true })
    if (key === 'f') options.interval = 0
    return undefined
  }
  switch (key) {
    case '4':
    case '6':
      if (options.family !== undefined && options.family !== Number(key))
        return proc.fail('ping: only one -4 or -6 option may be specified', 2)
      options.family = key === '4' ? 4 : 6
      return undefined
    case 'h':
      return printUsage(proc, usage)
    case 'c':
      return number(proc, argument, countRange, (value) => {
        options.count = value
      })
    case 's':
      return number(
        proc,
        argument,
        [0, 65507],
        (value) => {
          options.size = value
        },
        'invalid -s value',
      )
    case 't':
      return number(proc, argument, [0, 255], (value) => {
        options.ttl = value
      })
    case 'w':
      return number(proc, argument, [0, 2147483647], (value) => {
        options.deadline = value
      })
    default:
      return takeText(proc, options, key, argument)
  }
}

function takeText(proc: Process, options: PingOptions, key: string, argument: string): number | undefined {
  if (key === 'i') options.interval = decimal(proc, argument)
  else if (key === 'W') options.linger = decimal(proc, argument)
  else if (key === 'I') options.from = argument
  else if (key === 'p') options.pattern = argument
  else if (key === 'M') {
    if (!['do', 'dont', 'want', 'probe'].includes(argument))
      return proc.fail(`ping: invalid -M argument: ${argument}`, 2)
    options.mtu = argument as PingOptions['mtu']
  } else if ('RTeFlmNQSrLBCdU3'.includes(key)) {
    if (key === 'R' || key === 'T' || key === 'N')
      return proc.fail(`ping: docksim does not simulate -${key}`, 2)
  }
  return undefined
}

/** strtol_or_err of iputils_common.c. */
function number(
  proc: Process,
  text: string,
  [low, high]: readonly [number, number | bigint],
  set: (value: number) => void,
  words = 'invalid argument',
): number | undefined {
  if (!/^\s*[+-]?(0x[0-9a-f]+|\d+)$/i.test(text)) return proc.fail(`ping: ${words}: '${text}'`, 1)
  const value = Number(text)
  if (value < low || value > high)
    return proc.fail(`ping: ${words}: '${text}': out of range: ${low} <= value <= ${high}`, 1)
  set(value)
  return undefined
}

/** ping_strtod: garbage is warned of, and what stands before it counts. */
function decimal(proc: Process, text: string): number {
  const match = /^\s*\d*\.?\d*/.exec(text)?.[0] ?? ''
  if (match !== text) {
    proc.printError(`ping: option argument contains garbage: ${text.slice(match.length)}`)
    proc.printError('ping: this will become fatal error in the future')
  }
  return Number(match) || 0
}
