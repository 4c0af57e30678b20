// nginx: its line, its start (configuration, sockets, workers), its end. What it answers stands in `site.ts`.

import { encode } from '../../../base/bytes.ts'
import { errnoNumber, isErrno, strerror } from '../../../base/errno.ts'
import { milliseconds, seconds } from '../../../base/instant.ts'
import { isIp4, printIp } from '../../../base/ip.ts'
import type { Task } from '../../../base/scheduler.ts'
import { writeFile } from '../../../kernel/fs/write.ts'
import { hardware } from '../../../kernel/hardware.ts'
import { type Process, signalProcess } from '../../../kernel/process.ts'
import type { Program } from '../../../kernel/program.ts'
import { isInterruption } from '../../../kernel/signal.ts'
import { usersOf } from '../../../kernel/users.ts'
import { nginxDate } from '../http/dates.ts'
import { listen, newServerState, serve, stopListening } from '../http/engine.ts'
import { openLog } from '../logs.ts'
import type { Address, Server } from './config.ts'
import { type Line, type NginxRelease, readAll, readLine } from './line.ts'
import { nginxSite } from './proxy.ts'
import type { NginxState } from './variables.ts'

const nginxProgram = (name: string, release: NginxRelease): Program => ({
  name,
  parks: true,
  *main(proc) {
    if (proc.memory !== undefined) return yield* run(proc, proc.memory as NginxState)
    return yield* begin(proc, release)
  },
})

/** As the recorded engine's image has it. */
export const nginx = nginxProgram('nginx', {
  version: '1.26.3',
  builtBy: undefined,
  errorLog: 'stderr',
})
/** As the official image of 1.27 has it. */
export const nginx127 = nginxProgram('nginx-1.27', {
  version: '1.27.5',
  builtBy: 'gcc 12.2.0 (Debian 12.2.0-14) ',
  errorLog: '/var/log/nginx/error.log',
})

/** A worker: it waits until its master tells it to end. */
export const nginxWorker: Program = {
  name: 'nginx.worker',
  parks: true,
  *main(proc) {
    for (const signal of ['TERM', 'QUIT', 'INT'] as const) proc.catches.add(signal)
    try {
      for (;;) yield {}
    } catch (cause) {
      if (isInterruption(cause)) return 0
      throw cause
    }
  },
}

function* begin(proc: Process, release: NginxRelease): Task<number> {
  const line = readLine(proc, release)
  if (typeof line === 'number') return line
  if (line.signal !== undefined) return signalMaster(proc, line.signal)
  const read = yield* readAll(proc, line)
  if (typeof read === 'string') return refuseConfig(proc, line, release, read)
  const { config, upstreams } = read
  if (line.test) {
    if (line.quiet) return 0
    proc.printError(`nginx: the configuration file ${line.config} syntax is ok`)
    return proc.fail(`nginx: configuration file ${line.config} test is successful`, 0)
  }
  const errorLog = openLog(proc, config.errorLog.path)
  const state: NginxState = {
    ...newServerState(seconds(config.keepAlive)),
    config,
    version: release.version,
    accessLog: config.accessLog === undefined ? undefined : openLog(proc, config.accessLog),
    errorLog,
    workerPid: 0,
    upstreams,
    relays: [],
    arrivals: [],
    names: new Map(),
    line,
    signaller: undefined,
  }
  if (!(yield* bindAll(proc, state))) return 1
  announce(proc, state, release)
  startWorkers(proc, state)
  proc.memory = state
  return yield* run(proc, state)
}

function refuseConfig(proc: Process, line: Line, release: NginxRelease, words: string): number {
  const pid = proc.innerPid()
  proc.printError(`${nginxDate(proc)} [emerg] ${pid}#${pid}: ${words}`)
  if (release.errorLog !== 'stderr') proc.printError(`nginx: [emerg] ${words}`)
  return line.test ? proc.fail(`nginx: configuration file ${line.config} test failed`, 1) : 1
}

/** `nginx -s quit`: tells the master of the same process table. */
function signalMaster(proc: Process, name: string): number {
  const pid = proc.innerPid()
  proc.printError(`${nginxDate(proc)} [notice] ${pid}#${pid}: signal process started`)
  const signal = ({ stop: 'TERM', quit: 'QUIT', reload: 'HUP', reopen: 'USR1' } as const)[name]
  if (signal === undefined) return proc.fail(`nginx: invalid option: "-s ${name}"`, 1)
  for (const other of proc.machine.processes.values()) {
    if (other.namespaces.pids !== proc.namespaces.pids || !other.argv[0]?.startsWith('nginx: master'))
      continue
    if (other.memory !== undefined) (other.memory as NginxState).signaller = pid
    signalProcess(other, signal)
    return 0
  }
  const words = 'invalid PID number "" in "/run/nginx.pid"'
  proc.printError(`${nginxDate(proc)} [error] ${pid}#${pid}: ${words}`)
  return proc.fail(`nginx: [error] ${words}`, 1)
}

const levels = ['debug', 'info', 'notice', 'warn', 'error', 'crit', 'alert', 'emerg']

function log(proc: Process, state: NginxState, level: string, words: string, pid = proc.innerPid()): void {
  if (levels.indexOf(level) < levels.indexOf(state.config.errorLog.level)) return
  proc.write(state.errorLog, `${nginxDate(proc)} [${level}] ${pid}#${pid}: ${words}\n`)
}

/** Five tries, half a second apart (ngx_open_listening_sockets). */
function* bindAll(proc: Process, state: NginxState): Task<boolean> {
  const wanted = new Map<string, Address>()
  for (const { addresses } of state.config.servers)
    for (const address of addresses) wanted.set(placeOf(address), address)
  for (let attempt = 0; attempt < 5; attempt++) {
    for (const [place, address] of [...wanted]) {
      try {
        listen(proc, state, address.ip, address.port)
        wanted.delete(place)
      } catch (cause) {
        if (!isErrno(cause)) throw cause
        const words = `bind() to ${place} failed (${errnoNumber(cause.code)}: ${strerror(cause.code)})`
        emergency(proc, state, words)
        if (cause.code !== 'EADDRINUSE') return false
      }
    }
    if (wanted.size === 0) return true
    log(proc, state, 'notice', 'try again to bind() after 500ms')
    yield* proc.sleep(milliseconds(500))
  }
  emergency(proc, state, 'still could not bind()')
  return false
}

function emergency(proc: Process, state: NginxState, words: string): void {
  log(proc, state, 'emerg', words)
  proc.printError(`nginx: [emerg] ${words}`)
}

const placeOf = ({ ip, port }: Address): string => `${isIp4(ip) ? printIp(ip) : `[${printIp(ip)}]`}:${port}`

function announce(proc: Process, state: NginxState, release: NginxRelease): void {
  log(proc, state, 'notice', 'using the "epoll" event method')
  log(proc, state, 'notice', `nginx/${release.version}`)
  if (release.builtBy !== undefined) log(proc, state, 'notice', `built by ${release.builtBy}`)
  log(proc, state, 'notice', `OS: Linux ${proc.machine.kernel.release}`)
  log(proc, state, 'notice', 'getrlimit(RLIMIT_NOFILE): 1048576:1048576')
  log(proc, state, 'notice', 'start worker processes')
  try {
    writeFile(proc, state.config.pid, encode(`${proc.innerPid()}\n`))
  } catch (cause) {
    if (!isErrno(cause)) throw cause
  }
}

function startWorkers(proc: Process, state: NginxState): void {
  const { config } = state
  if (!proc.argv[0]?.startsWith('nginx: master')) proc.argv = [`nginx: master process ${proc.argv.join(' ')}`]
  state.workerPid = 0
  const user = usersOf(proc).find(({ name }) => name === (config.user ?? 'nobody'))
  const credentials = user
    ? { uid: user.uid, gid: user.gid, groups: [user.gid], capabilities: new Set<never>() }
    : proc.credentials
  for (let count = config.workers === 'auto' ? hardware.cpus : config.workers; count > 0; count--) {
    const worker = proc.spawn({
      program: nginxWorker,
      argv: ['nginx: worker process'],
      executable: proc.executable,
      credentials,
      files: new Map(),
    })
    state.workerPid ||= worker.innerPid()
    log(proc, state, 'notice', `start worker process ${worker.innerPid()}`)
  }
}

function* run(proc: Process, state: NginxState): Task<number> {
  for (const signal of ['TERM', 'QUIT', 'INT', 'HUP'] as const) proc.catches.add(signal)
  for (;;) {
    try {
      return yield* serve(proc, state, nginxSite)
    } catch (cause) {
      if (!isInterruption(cause)) throw cause
      if (cause.signal === 'HUP') yield* reconfigure(proc, state)
      else return yield* finish(proc, state, cause.signal)
    }
  }
}

/** With a configuration that is wrong it goes on with the old one (ngx_init_cycle). */
function* reconfigure(proc: Process, state: NginxState): Task<void> {
  const from = state.signaller === undefined ? '' : ` from ${state.signaller}`
  state.signaller = undefined
  log(proc, state, 'notice', `signal 1 (SIGHUP) received${from}, reconfiguring`)
  log(proc, state, 'notice', 'reconfiguring')
  const read = yield* readAll(proc, state.line)
  if (typeof read === 'string') return log(proc, state, 'emerg', read)
  const old = [...proc.children]
  const places = (servers: readonly Server[]) => servers.flatMap(({ addresses }) => addresses.map(placeOf))
  const before = places(state.config.servers)
  const same = places(read.config.servers).every((place) => before.includes(place))
  state.config = read.config
  state.upstreams = read.upstreams
  if (!same) {
    stopListening(proc, state)
    if (!(yield* bindAll(proc, state))) return
  }
  log(proc, state, 'notice', 'using the "epoll" event method')
  log(proc, state, 'notice', 'start worker processes')
  startWorkers(proc, state)
  yield* endWorkers(proc, state, old, 'QUIT')
}

const signalLines: Readonly<Record<string, string>> = {
  TERM: 'signal 15 (SIGTERM) received, exiting',
  INT: 'signal 2 (SIGINT) received, exiting',
  QUIT: 'signal 3 (SIGQUIT) received, shutting down',
}

function* finish(proc: Process, state: NginxState, signal: string): Task<number> {
  log(proc, state, 'notice', signalLines[signal] ?? '')
  stopListening(proc, state)
  yield* endWorkers(proc, state, [...proc.children], signal)
  log(proc, state, 'notice', 'exit')
  return 0
}

function* endWorkers(
  proc: Process,
  state: NginxState,
  workers: readonly Process[],
  signal: string,
): Task<void> {
  for (const worker of workers) {
    const pid = worker.innerPid()
    if (signal === 'QUIT') log(proc, state, 'notice', 'gracefully shutting down', pid)
    log(proc, state, 'notice', 'exiting', pid)
    log(proc, state, 'notice', 'exit', pid)
    signalProcess(worker, 'QUIT')
  }
  for (const worker of workers) {
    const pid = worker.innerPid()
    yield* proc.waitFor(worker)
    if (worker === workers[0]) log(proc, state, 'notice', `signal 17 (SIGCHLD) received from ${pid}`)
    log(proc, state, 'notice', `worker process ${pid} exited with code 0`)
  }
}
