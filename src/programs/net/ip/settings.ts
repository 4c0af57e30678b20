// The options that stand before the object on ip's line, and what differs between the releases of iproute2.

import type { Family } from '../../../base/ip.ts'
import type { Process } from '../../../kernel/process.ts'
import { ipUsage } from './usage.ts'

export interface IpRelease {
  /** As `ip -V` prints it. */
  readonly version: string
  /** Whether `proto kernel_lo` is printed (since 6.3). */
  readonly addressProtocols: boolean
  /** Between `promiscuity 0` and `allmulti`. */
  readonly promiscuityGap: string
  /** What ends the details of a link. */
  readonly groSizes: string
}

export const iproute615: IpRelease = {
  version: 'iproute2-6.15.0, libbpf 1.5.0',
  addressProtocols: true,
  promiscuityGap: ' ',
  groSizes: 'gro_max_size 65536 gso_ipv4_max_size 65536 gro_ipv4_max_size 65536',
}

/** As Debian 12 has it. */
export const iproute61: IpRelease = {
  version: 'iproute2-6.1.0, libbpf 1.1.2',
  addressProtocols: false,
  promiscuityGap: '  ',
  groSizes: 'gro_max_size 65536',
}

export interface Settings {
  readonly release: IpRelease
  family: Family | 'link' | undefined
  oneLine: boolean
  brief: boolean
  json: boolean
  pretty: boolean
  details: boolean
  statistics: number
  color: boolean
}

const options = [
  'family',
  'human-readable',
  'iec',
  'stats',
  'statistics',
  'details',
  'resolve',
  'oneline',
  'timestamp',
  'tshort',
  'Version',
  'force',
  'brief',
  'json',
  'color',
  'help',
  'Numeric',
  'all',
  'pretty',
  'echo',
] as const

/** Reads the options; the rest of the line is left. A number is an exit status: the line is done with. */
export function readSettings(
  proc: Process,
  release: IpRelease,
): { settings: Settings; rest: readonly string[] } | number {
  const settings: Settings = {
    release,
    family: undefined,
    oneLine: false,
    brief: false,
    json: false,
    pretty: false,
    details: false,
    statistics: 0,
    color: false,
  }
  const words = proc.argv.slice(1)
  while (words[0]?.startsWith('-')) {
    const word = (words.shift() ?? '').replace(/^--?/, '')
    if (word === '') break
    const status = take(proc, settings, word, words)
    if (status !== undefined) return status
  }
  return { settings, rest: words }
}

function take(proc: Process, settings: Settings, word: string, rest: string[]): number | undefined {
  if (word === '4') settings.family = 4
  else if (word === '6') settings.family = 6
  else if (word === '0') settings.family = 'link'
  else if (word === 'br') settings.brief = true
  else {
    const option = options.find((name) => name.startsWith(word.replace(/=.*/, '')))
    if (option === undefined) return proc.fail(`Option "-${word}" is unknown, try "ip -help".`, 255)
    return takeNamed(proc, settings, option, rest)
  }
  return undefined
}

function takeNamed(
  proc: Process,
  settings: Settings,
  option: (typeof options)[number],
  rest: string[],
): number | undefined {
  switch (option) {
    case 'family': {
      const family = rest.shift() ?? ''
      if (!['inet', 'inet6', 'link'].includes(family))
        return proc.fail(`Error: argument "${family}" is wrong: invalid protocol family\n`, 255)
      settings.family = family === 'inet' ? 4 : family === 'inet6' ? 6 : 'link'
      return undefined
    }
    case 'stats':
    case 'statistics':
      settings.statistics++
      return undefined
    case 'details':
      settings.details = true
      return undefined
    case 'oneline':
      settings.oneLine = true
      return undefined
    case 'brief':
      settings.brief = true
      return undefined
    case 'json':
      settings.json = true
      return undefined
    case 'pretty':
      settings.pretty = true
      return undefined
    case 'color':
      settings.color = true
      return undefined
    case 'Version':
      proc.print(`ip utility, ${settings.release.version}`)
      return 0
    case 'help':
      return proc.fail(ipUsage, 255)
    case 'echo':
    case 'timestamp':
    case 'tshort':
      return proc.fail(`ip: docksim does not simulate -${option}`, 255)
    default:
      return undefined
  }
}

const codes = { name: 36, mac: 33, inet: 35, inet6: 34, up: 32, down: 31 } as const

/** `text` in the colour that lib/color.c gives to what it is, if colours are on. */
export const painted = (settings: Settings, what: keyof typeof codes, text: string): string =>
  settings.color ? `\x1b[${codes[what]}m${text}\x1b[0m` : text

/** The words of usage's `matches()`: `text` is the beginning of `word`. */
export const matches = (text: string, word: string): boolean => text !== '' && word.startsWith(text)

/** The first of `words` that `text` begins. */
export const firstMatch = <Word extends string>(text: string, words: readonly Word[]): Word | undefined =>
  words.find((word) => matches(text, word))
