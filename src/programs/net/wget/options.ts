// The line of GNU wget.

import { type Bytes, encode } from '../../../base/bytes.ts'
import { type Duration, seconds } from '../../../base/instant.ts'
import type { Process } from '../../../kernel/process.ts'
import { scanOptions } from '../getopt.ts'

export interface WgetOptions {
  quiet: boolean
  notVerbose: boolean
  spider: boolean
  showServer: boolean
  output: string | undefined
  directory: string | undefined
  timeout: Duration | undefined
  tries: number
  retryRefused: boolean
  agent: string
  user: string | undefined
  post: Bytes | undefined
  family: 4 | 6 | undefined
  readonly headers: string[]
  readonly urls: readonly string[]
}

const usage = "Usage: wget [OPTION]... [URL]...\n\nTry `wget --help' for more options."

/** A number is the status after an error. */
export function readWgetLine(proc: Process): WgetOptions | number {
  const scanned = scanOptions(proc.argv.slice(1), {
    short: 'qvSO:P:T:t:U:n:46hVcNkrpi:b',
    long: {
      quiet: 'q',
      verbose: 'v',
      'no-verbose': 'nv',
      spider: 'spider',
      'server-response': 'S',
      'output-document:': 'O',
      'directory-prefix:': 'P',
      'timeout:': 'T',
      'connect-timeout:': 'T',
      'read-timeout:': 'T',
      'tries:': 't',
      'user-agent:': 'U',
      'header:': 'header',
      'post-data:': 'post',
      'user:': 'user',
      'password:': 'password',
      'http-user:': 'user',
      'http-password:': 'password',
      'inet4-only': '4',
      'inet6-only': '6',
      'no-check-certificate': 'nocheck',
      'retry-connrefused': 'refused',
      'no-proxy': 'noproxy',
      'no-cache': 'nocache',
      'show-progress': 'progress',
      'progress:': 'progress',
      help: 'h',
      version: 'V',
      continue: 'c',
      timestamping: 'N',
      recursive: 'r',
      'input-file:': 'i',
      background: 'b',
    },
  })
  if (scanned.error !== undefined) return proc.fail(`wget: ${scanned.error}\n${usage}`, 2)
  const options = initial(scanned.operands)
  let user = ''
  let password = ''
  for (const { key, argument } of scanned.options) {
    if (key === 'V') {
      proc.print('GNU Wget 1.25.0 built on linux-gnu.')
      return 0
    }
    if ('cNkrpib'.includes(key) && key.length === 1)
      return proc.fail(`wget: docksim does not simulate -${key}`, 2)
    if (key === 'user') user = argument
    else if (key === 'password') password = argument
    else take(options, key, argument)
  }
  if (user !== '') options.user = `${user}:${password}`
  if (scanned.operands.length === 0) return proc.fail(`wget: missing URL\n${usage}`, 1)
  return options
}

const initial = (urls: readonly string[]): WgetOptions => ({
  quiet: false,
  notVerbose: false,
  spider: false,
  showServer: false,
  output: undefined,
  directory: undefined,
  timeout: seconds(900),
  tries: 20,
  retryRefused: false,
  agent: 'Wget/1.25.0',
  user: undefined,
  post: undefined,
  family: undefined,
  headers: [],
  urls,
})

function take(options: WgetOptions, key: string, argument: string): void {
  if (key === 'q') options.quiet = true
  else if (key === 'nv' || (key === 'n' && argument.includes('v'))) options.notVerbose = true
  else if (key === 'spider') options.spider = true
  else if (key === 'S') options.showServer = true
  else if (key === 'O') options.output = argument
  else if (key === 'P') options.directory = argument
  else if (key === 'T') options.timeout = Number(argument) > 0 ? seconds(Number(argument)) : undefined
  else if (key === 't') options.tries = Number(argument) || Number.POSITIVE_INFINITY
  else if (key === 'refused') options.retryRefused = true
  else if (key === 'U') options.agent = argument
  else if (key === 'header') options.headers.push(argument)
  else if (key === 'post') options.post = encode(argument)
  else if (key === '4') options.family = 4
  else if (key === '6') options.family = 6
}
