// `python3 -m http.server` (Lib/http/server.py of 3.13): its line, its start and its end. What it answers stands in
// `directory.ts`.

import { errnoNumber, isErrno, strerror } from '../../../base/errno.ts'
import { anyIp4, type Ip, printIp } from '../../../base/ip.ts'
import type { Task } from '../../../base/scheduler.ts'
import { joinPath } from '../../../kernel/fs/lookup.ts'
import type { Process } from '../../../kernel/process.ts'
import { isInterruption } from '../../../kernel/signal.ts'
import { resolveHost } from '../../net/names.ts'
import { listen, newServerState, serve } from '../http/engine.ts'
import { directorySite, type PythonState } from './directory.ts'
import { bindFrames, lookupFrames, traceback } from './traceback.ts'

const usage = 'usage: server.py [-h] [--cgi] [-b ADDRESS] [-d DIRECTORY] [-p VERSION] [port]'
const help = `${usage}

positional arguments:
  port                  bind to this port (default: 8000)

options:
  -h, --help            show this help message and exit
  --cgi                 run as CGI server
  -b, --bind ADDRESS    bind to this address (default: all interfaces)
  -d, --directory DIRECTORY
                        serve this directory (default: current directory)
  -p, --protocol VERSION
                        conform to this HTTP version (default: HTTP/1.0)`

interface Line {
  port: number
  bind: string | undefined
  directory: string
  protocol: string
}

/** Goes on from the process' memory, or starts with the words after `-m http.server`. */
export function* httpServer(proc: Process, words: readonly string[], version: string): Task<number> {
  if (proc.memory !== undefined) return yield* run(proc, proc.memory as PythonState)
  const line = readLine(proc, words)
  if (typeof line === 'number') return line
  const ip = yield* addressOf(proc, line)
  if (ip === undefined)
    return traceback(proc, lookupFrames, 'socket.gaierror: [Errno -2] Name or service not known')
  const state: PythonState = {
    ...newServerState(),
    directory: joinPath(proc.directory, line.directory),
    version,
    protocol: line.protocol,
    held: '',
  }
  try {
    listen(proc, state, ip, line.port, { backlog: 5 })
  } catch (cause) {
    if (!isErrno(cause)) throw cause
    return traceback(
      proc,
      bindFrames,
      `${nameOfError(cause.code)}: [Errno ${errnoNumber(cause.code)}] ${strerror(cause.code)}`,
    )
  }
  const shown = printIp(ip)
  const host = shown.includes(':') ? `[${shown}]` : shown
  say(proc, state, `Serving HTTP on ${shown} port ${line.port} (http://${host}:${line.port}/) ...\n`)
  proc.memory = state
  return yield* run(proc, state)
}

const nameOfError = (code: string): string => (code === 'EACCES' ? 'PermissionError' : 'OSError')

function* addressOf(proc: Process, { bind }: Line): Task<Ip | undefined> {
  if (bind === undefined) return anyIp4
  const found = yield* resolveHost(proc, bind)
  return 'ips' in found ? found.ips[0] : undefined
}

const keys: Readonly<
  Record<string, { readonly field: 'bind' | 'directory' | 'protocol'; readonly title: string }>
> = {
  '-b': { field: 'bind', title: '-b/--bind' },
  '--bind': { field: 'bind', title: '-b/--bind' },
  '-d': { field: 'directory', title: '-d/--directory' },
  '--directory': { field: 'directory', title: '-d/--directory' },
  '-p': { field: 'protocol', title: '-p/--protocol' },
  '--protocol': { field: 'protocol', title: '-p/--protocol' },
}

/** As argparse reads it. */
function readLine(proc: Process, words: readonly string[]): Line | number {
  const line: Line = { port: 8000, bind: undefined, directory: '.', protocol: 'HTTP/1.0' }
  const wrong = (told: string): number => proc.fail(`${usage}\nserver.py: error: ${told}`, 2)
  const unknown: string[] = []
  let port: string | undefined
  const rest = [...words]
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === '-h' || word === '--help') {
      proc.print(help)
      return 0
    }
    if (word === '--cgi') return proc.fail('server.py: docksim does not simulate --cgi', 2)
    const [, name = word, attached] = /^(--\w+)=(.*)$/.exec(word) ?? /^(-[bdp])(.+)$/.exec(word) ?? []
    const key = keys[name]
    if (key) {
      const value = attached ?? (rest[0]?.startsWith('-') ? undefined : rest.shift())
      if (value === undefined) return wrong(`argument ${key.title}: expected one argument`)
      line[key.field] = value
    } else if (word.startsWith('-') || port !== undefined) unknown.push(word)
    else port = word
  }
  if (port !== undefined && !/^\d+$/.test(port)) return wrong(`argument port: invalid int value: '${port}'`)
  if (unknown.length > 0) return wrong(`unrecognized arguments: ${unknown.join(' ')}`)
  // getaddrinfo(3) keeps the lower 16 bits.
  if (port !== undefined) line.port = Number(port) & 0xffff
  return line
}

function say(proc: Process, state: PythonState, text: string): void {
  const direct = proc.env('PYTHONUNBUFFERED') !== '' || proc.files.get(1)?.operations.kind === 'terminal'
  if (direct) proc.write(1, text)
  else state.held += text
}

function* run(proc: Process, state: PythonState): Task<number> {
  proc.catches.add('INT')
  try {
    return yield* serve(proc, state, directorySite)
  } catch (cause) {
    if (!isInterruption(cause, 'INT')) throw cause
    say(proc, state, '\nKeyboard interrupt received, exiting.\n')
    proc.write(1, state.held)
    return 0
  }
}
