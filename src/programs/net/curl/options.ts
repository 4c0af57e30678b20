// curl's line, read as src/tool_getparam.c does: letters may be bundled, long names shortened, `--no-` switches off.

import { type Bytes, decode, encode, noBytes } from '../../../base/bytes.ts'
import { isErrno } from '../../../base/errno.ts'
import type { Task } from '../../../base/scheduler.ts'
import { readFile } from '../../../kernel/fs/read.ts'
import type { Process } from '../../../kernel/process.ts'
import { type CurlOption, curlOptions } from './names.ts'
import { type CurlSettings, initialSettings } from './settings.ts'

const hint = "curl: try 'curl --help' or 'curl --manual' for more information"

export type CurlRequest = CurlSettings | 'help' | 'categories' | 'version' | number

/** What the words ask for; a number is the status after an error has been told. */
export function* readCurlLine(proc: Process, words: readonly string[]): Task<CurlRequest> {
  const settings = initialSettings()
  const rest = [...words]
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (!word.startsWith('-') || word === '-') {
      settings.urls.push(word)
      continue
    }
    if (word === '--') {
      settings.urls.push(...rest)
      break
    }
    const asked = word.startsWith('--')
      ? yield* takeLong(proc, settings, word, rest)
      : yield* takeShort(proc, settings, word, rest)
    if (asked !== undefined) return asked
  }
  return settings
}

function badOption(proc: Process, text: string): number {
  proc.printError(`curl: ${text}`)
  return proc.fail(hint, 2)
}

function* takeShort(
  proc: Process,
  settings: CurlSettings,
  word: string,
  rest: string[],
): Task<CurlRequest | undefined> {
  for (let index = 1; index < word.length; index++) {
    const letter = word.charAt(index)
    const option = curlOptions.find((one) => one.letter === letter)
    if (!option) return badOption(proc, `option ${word}: is unknown`)
    if (!option.takes) {
      const asked = yield* apply(proc, settings, option, true, '', `-${letter}`, rest)
      if (asked !== undefined) return asked
      continue
    }
    const attached = word.slice(index + 1)
    const argument = attached !== '' ? attached : rest.shift()
    if (argument === undefined) return badOption(proc, `option -${letter}: requires parameter`)
    return yield* apply(proc, settings, option, true, argument, `-${letter}`, rest)
  }
  return undefined
}

function* takeLong(
  proc: Process,
  settings: CurlSettings,
  word: string,
  rest: string[],
): Task<CurlRequest | undefined> {
  const name = word.slice(2)
  const option = findLong(name) ?? (name.startsWith('no-') ? findLong(name.slice(3)) : undefined)
  if (!option) return badOption(proc, `option ${word}: is unknown`)
  const on = findLong(name) !== undefined
  if (!option.takes) return yield* apply(proc, settings, option, on, '', word, rest)
  const argument = rest.shift()
  if (argument === undefined) return badOption(proc, `option ${word}: requires parameter`)
  return yield* apply(proc, settings, option, on, argument, word, rest)
}

function findLong(name: string): CurlOption | undefined {
  const exact = curlOptions.find((one) => one.name === name)
  if (exact) return exact
  const near = curlOptions.filter((one) => one.name.startsWith(name))
  return near.length === 1 ? near[0] : undefined
}

const switches: Readonly<Record<string, keyof CurlSettings>> = {
  silent: 'silent',
  'show-error': 'showError',
  head: 'head',
  'show-headers': 'showHeaders',
  include: 'showHeaders',
  verbose: 'verbose',
  location: 'follow',
  get: 'get',
  compressed: 'compressed',
  'http1.0': 'http10',
  'retry-connrefused': 'retryConnRefused',
  'retry-all-errors': 'retryAllErrors',
  'progress-bar': 'bar',
  'progress-meter': 'meter',
  'create-dirs': 'createDirectories',
}

const texts: Readonly<Record<string, keyof CurlSettings>> = {
  request: 'method',
  'write-out': 'writeOut',
  user: 'user',
  'user-agent': 'agent',
  referer: 'referer',
  cookie: 'cookie',
  range: 'range',
  interface: 'device',
  proxy: 'proxy',
  noproxy: 'noProxy',
  'upload-file': 'upload',
  'dump-header': 'dumpHeader',
  'output-dir': 'outputDirectory',
}

const numbers: Readonly<Record<string, keyof CurlSettings>> = {
  'max-time': 'maxTime',
  'connect-timeout': 'connectTimeout',
  retry: 'retries',
  'retry-delay': 'retryDelay',
  'max-redirs': 'maxRedirects',
}

function* apply(
  proc: Process,
  settings: CurlSettings,
  { name, acts }: CurlOption,
  on: boolean,
  argument: string,
  written: string,
  rest: string[],
): Task<CurlRequest | undefined> {
  if (!acts) return badOption(proc, `option ${written}: docksim does not simulate it`)
  const key = switches[name] ?? texts[name] ?? numbers[name]
  if (key !== undefined && name in switches) Object.assign(settings, { [key]: on })
  else if (key !== undefined && name in texts) Object.assign(settings, { [key]: argument })
  else if (key !== undefined) {
    if (!/^\d+(\.\d*)?$/.test(argument))
      return badOption(proc, `option ${written}: expected a proper numerical parameter`)
    Object.assign(settings, { [key]: Number(argument) })
  } else return yield* applyOther(proc, settings, name, argument, rest)
  return undefined
}

function* applyOther(
  proc: Process,
  settings: CurlSettings,
  name: string,
  argument: string,
  rest: string[],
): Task<CurlRequest | undefined> {
  switch (name) {
    case 'help':
      return rest[0] === 'category' ? 'categories' : 'help'
    case 'version':
      return 'version'
    case 'fail':
      settings.fail = 'early'
      return undefined
    case 'fail-with-body':
      settings.fail = 'with-body'
      return undefined
    case 'no-progress-meter':
      settings.meter = false
      return undefined
    case 'output':
      settings.outputs.push(argument)
      return undefined
    case 'remote-name':
      settings.outputs.push(undefined)
      return undefined
    case 'header':
      settings.headers.push(argument)
      return undefined
    case 'ipv4':
    case 'ipv6':
      settings.family = name === 'ipv4' ? 4 : 6
      return undefined
    case 'url':
      settings.urls.push(argument)
      return undefined
    case 'resolve':
      return addResolve(settings, argument)
    default:
      return name === 'json' || name.startsWith('data')
        ? yield* addData(proc, settings, name, argument)
        : undefined
  }
}

function addResolve(settings: CurlSettings, argument: string): undefined {
  const [, host = '', port = '', addresses = ''] = /^\+?([^:]*):(\d+):(.*)$/.exec(argument) ?? []
  settings.resolve.set(`${host.toLowerCase()}:${port}`, addresses)
  settings.resolveLines.push(`Added ${host}:${port}:${addresses} to DNS cache`)
  return undefined
}

function* addData(
  proc: Process,
  settings: CurlSettings,
  name: string,
  argument: string,
): Task<number | undefined> {
  let bytes: Bytes = encode(argument)
  if (argument.startsWith('@') && name !== 'data-raw') {
    const path = argument.slice(1)
    try {
      bytes = path === '-' ? yield* proc.readAll(0) : readFile(proc, path)
    } catch (cause) {
      if (!isErrno(cause)) throw cause
      return badOption(proc, `option -d: error encountered when reading a file`)
    }
    if (name === 'data' || name === 'data-ascii') bytes = bytes.replace(/[\r\n\0]/g, '') as Bytes
  } else if (name === 'data-urlencode') bytes = encode(urlEncoded(argument))
  if (name === 'json') settings.json = true
  const joint = settings.data === undefined || name === 'json' ? '' : '&'
  settings.data = ((settings.data ?? noBytes) + joint + bytes) as Bytes
  return undefined
}

function urlEncoded(argument: string): string {
  const equals = argument.indexOf('=')
  if (equals < 0) return encodeURIComponent(argument)
  const value = encodeURIComponent(decode(encode(argument.slice(equals + 1))))
  return equals === 0 ? value : `${argument.slice(0, equals)}=${value}`
}
