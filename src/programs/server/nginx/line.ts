// nginx's command line, and the configuration that it names.

import type { Task } from '../../../base/scheduler.ts'
import type { Process } from '../../../kernel/process.ts'
import { interpret, type NginxConfig } from './config.ts'
import { resolveUpstreams } from './proxy-config.ts'
import { ConfigError, type Directive, readConfig } from './syntax.ts'
import type { NginxState } from './variables.ts'

export interface NginxRelease {
  readonly version: string
  /** `built by gcc …`, where the build tells it. */
  readonly builtBy: string | undefined
  /** The error log of the build: what is wrong with a configuration is written there, and told on stderr unless it is that. */
  readonly errorLog: 'stderr' | '/var/log/nginx/error.log'
}

export interface Line {
  config: string
  test: boolean
  quiet: boolean
  directives: Directive[]
  signal: string | undefined
}

export function readLine(proc: Process, release: NginxRelease): Line | number {
  const line: Line = {
    config: '/etc/nginx/nginx.conf',
    test: false,
    quiet: false,
    directives: [],
    signal: undefined,
  }
  const words = proc.argv.slice(1)
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === '-v' || word === '-V') return proc.fail(`nginx version: nginx/${release.version}`, 0)
    if (word === '-t' || word === '-T') line.test = true
    else if (word === '-q') line.quiet = true
    else if (word === '-c') line.config = words.shift() ?? ''
    else if (word === '-s') line.signal = words.shift() ?? ''
    else if (word === '-g') line.directives.push(...readGlobals(words.shift() ?? ''))
    else if (word.startsWith('-')) return proc.fail(`nginx: invalid option: "${word.slice(1)}"`, 1)
    else return proc.fail(`nginx: invalid option: "${word}"`, 1)
  }
  return line
}

const readGlobals = (text: string): Directive[] =>
  text
    .split(';')
    .map((part) => part.trim())
    .filter(Boolean)
    .map((part) => {
      const [name = '', ...words] = part.split(/\s+/)
      return { name, words, block: undefined, file: 'command line', line: 0 }
    })

export interface Whole {
  readonly config: NginxConfig
  readonly upstreams: NginxState['upstreams']
}

/** The configuration with the addresses of its names, or what is wrong with it. */
export function* readAll(proc: Process, line: NginxState['line']): Task<Whole | string> {
  try {
    const directives = readConfig(proc, line.config)
    const config = interpret(directives, line.directives)
    const http = directives.find(({ name }) => name === 'http')?.block ?? []
    return { config, upstreams: yield* resolveUpstreams(proc, http) }
  } catch (cause) {
    if (!(cause instanceof ConfigError)) throw cause
    return cause.message
  }
}
