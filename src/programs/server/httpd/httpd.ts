// Apache httpd in the foreground: its start, its notices, its end. What it answers stands in `site.ts`.

import { errnoNumber, isErrno, strerror } from '../../../base/errno.ts'
import { seconds } from '../../../base/instant.ts'
import { anyIp6, printIp } from '../../../base/ip.ts'
import type { Task } from '../../../base/scheduler.ts'
import { type Process, signalProcess } from '../../../kernel/process.ts'
import type { Program } from '../../../kernel/program.ts'
import { resolve } from '../../../kernel/resolve/resolve.ts'
import { isInterruption } from '../../../kernel/signal.ts'
import { usersOf } from '../../../kernel/users.ts'
import { apacheDate } from '../http/dates.ts'
import { listen, newServerState, serve, stopListening } from '../http/engine.ts'
import { openLog } from '../logs.ts'
import { absolute, type HttpdConfig, readHttpdConfig } from './config.ts'
import { type HttpdState, httpdSite } from './site.ts'

export interface HttpdRelease {
  /** `Apache/2.4.71 (Debian)` */
  readonly server: string
  readonly built: string
  /** The name it calls itself by. */
  readonly self: string
  readonly docType: string
}

const httpdProgram = (name: string, release: HttpdRelease): Program => ({
  name,
  parks: true,
  *main(proc) {
    if (proc.memory !== undefined) return yield* run(proc, proc.memory as HttpdState)
    return yield* begin(proc, release)
  },
})

/** Debian's build, as the recorded engine's image has it. */
export const apache2 = httpdProgram('apache2', {
  server: 'Apache/2.4.71 (Debian)',
  built: '2026-11-11T12:54:19',
  self: 'apache2',
  docType: '<!DOCTYPE HTML PUBLIC "-//W3C//DTD HTML 4.01//EN" "http://www.w3.org/TR/html4/strict.dtd">',
})

/** The official image's build of 2.4.65. */
export const httpd = httpdProgram('httpd', {
  server: 'Apache/2.4.65 (Unix)',
  built: 'Oct 21 2025 00:00:00',
  self: 'httpd',
  docType: '<!DOCTYPE HTML PUBLIC "-//IETF//DTD HTML 2.0//EN">',
})

/** A child: it waits until its parent tells it to end. */
export const httpdChild: Program = {
  name: 'httpd.child',
  parks: true,
  *main(proc) {
    for (const signal of ['TERM', 'WINCH'] as const) proc.catches.add(signal)
    try {
      for (;;) yield {}
    } catch (cause) {
      if (isInterruption(cause)) return 0
      throw cause
    }
  },
}

function* begin(proc: Process, release: HttpdRelease): Task<number> {
  const words = proc.argv.slice(1)
  const argumentOf = (letter: string): string | undefined => {
    const place = words.indexOf(`-${letter}`)
    return place < 0 ? undefined : words[place + 1]
  }
  if (words.includes('-v')) {
    proc.print(`Server version: ${release.server}`)
    proc.print(`Server built:   ${release.built}`)
    return 0
  }
  const root = argumentOf('d') ?? '/usr/local/apache2'
  const path = absolute(argumentOf('f') ?? 'conf/httpd.conf', root)
  let config: HttpdConfig
  try {
    config = readHttpdConfig(proc, path, root)
  } catch (cause) {
    if (!isErrno(cause)) throw cause
    return proc.fail(`${release.self}: Could not open configuration file ${path}: ${strerror(cause.code)}`)
  }
  const testing = words.includes('-t')
  if (config.serverName === undefined) yield* complain(proc, release, testing ? 1 : 2)
  if (testing) return proc.fail('Syntax OK', 0)
  const state: HttpdState = {
    ...newServerState(seconds(5)),
    config,
    server: release.server,
    docType: release.docType,
    accessLog: config.customLog === undefined ? undefined : openLog(proc, absolute(config.customLog, root)),
    errorLog: openLog(proc, absolute(config.errorLog, root)),
  }
  if (!bind(proc, state)) return 1
  announce(proc, state)
  proc.memory = state
  return yield* run(proc, state)
}

/** Told at each of the two passes over the configuration. */
function* complain(proc: Process, release: HttpdRelease, times: number): Task<void> {
  const own = yield* resolve(proc, proc.namespaces.uts.hostname)
  const address = own.ok ? printIp(own.addresses[0]) : '127.0.1.1'
  for (let count = 0; count < times; count++)
    proc.printError(
      `AH00558: ${release.self}: Could not reliably determine the server's fully qualified domain name, using ${address}. Set the 'ServerName' directive globally to suppress this message`,
    )
}

function bind(proc: Process, state: HttpdState): boolean {
  for (const { ip, port, text, both } of state.config.listens) {
    try {
      // `Listen 80` opens `[::]:80` for both families.
      if (both) listen(proc, state, anyIp6, port, { v6only: false })
      else listen(proc, state, ip, port)
    } catch (cause) {
      if (!isErrno(cause)) throw cause
      proc.printError(
        `(${errnoNumber(cause.code)})${strerror(cause.code)}: AH00072: make_sock: could not bind to address ${text}`,
      )
      proc.printError('no listening sockets available, shutting down')
      proc.printError('AH00015: Unable to open logs')
      return false
    }
  }
  return true
}

function notice(proc: Process, state: HttpdState, module: string, words: string): void {
  const pid = proc.innerPid()
  proc.write(state.errorLog, `[${apacheDate(proc)}] [${module}:notice] [pid ${pid}:tid ${pid}] ${words}\n`)
}

function announce(proc: Process, state: HttpdState): void {
  const line = proc.argv.join(' ').replace('-DFOREGROUND', '-D FOREGROUND')
  notice(proc, state, 'mpm_event', `AH00489: ${state.server} configured -- resuming normal operations`)
  notice(proc, state, 'core', `AH00094: Command line: '${line}'`)
  const user = usersOf(proc).find(({ name }) => name === state.config.user)
  const credentials = user
    ? { uid: user.uid, gid: user.gid, groups: [user.gid], capabilities: new Set<never>() }
    : proc.credentials
  for (let count = 0; count < 3; count++)
    proc.spawn({
      program: httpdChild,
      argv: proc.argv,
      executable: proc.executable,
      credentials,
      files: new Map(),
    })
}

function* run(proc: Process, state: HttpdState): Task<number> {
  for (const signal of ['TERM', 'WINCH', 'INT'] as const) proc.catches.add(signal)
  let graceful = false
  try {
    return yield* serve(proc, state, httpdSite)
  } catch (cause) {
    if (!isInterruption(cause)) throw cause
    graceful = cause.signal === 'WINCH'
    if (graceful) notice(proc, state, 'mpm_event', 'AH00492: caught SIGWINCH, shutting down gracefully')
    else notice(proc, state, 'mpm_event', 'AH00491: caught SIGTERM, shutting down')
  }
  stopListening(proc, state)
  // A graceful stop looks at its children once a second (httpd server/mpm/event/event.c, event_run).
  if (graceful) yield* proc.sleep(seconds(1))
  for (const child of [...proc.children]) {
    signalProcess(child, 'TERM')
    yield* proc.waitFor(child)
  }
  return 0
}
