// docker exec, as the daemon sees it (moby daemon/exec.go): one more process in a running container.

import { Errno } from '../../base/errno.ts'
import { drawHex } from '../../base/random.ts'
import { inRelease } from '../../base/release.ts'
import { signal } from '../../base/scheduler.ts'
import { openNull } from '../../kernel/device.ts'
import type { Looker } from '../../kernel/exec.ts'
import { type OpenFile, release } from '../../kernel/file.ts'
import { lookup } from '../../kernel/fs/lookup.ts'
import { createPipe, type Pipe } from '../../kernel/pipe.ts'
import type { Process } from '../../kernel/process.ts'
import { createTerminal, openTerminal, type Terminal } from '../../kernel/tty.ts'
import type { NamedCredentials } from '../../kernel/users.ts'
import { type Engine, randomOf, schedulerOf } from '../engine.ts'
import { EngineError } from '../error.ts'
import { logEvent } from '../event/log.ts'
import type { Container } from './container.ts'
import { eventAttributes } from './create.ts'
import { environmentOf, refuseDeadLinks, setLine } from './environment.ts'
import { type Probe, probeEnded } from './health.ts'
import { requireRunning } from './pause.ts'
import { execFailure, findForExec } from './runc.ts'
import { closeStream, openOutput, type Stream } from './stream.ts'
import { credentialsFor } from './user.ts'

export interface ExecOptions {
  readonly argv: readonly string[]
  readonly env: readonly string[]
  readonly user: string
  readonly workingDir: string
  readonly tty: boolean
  readonly openStdin: boolean
  readonly privileged: boolean
}

export interface Exec {
  /** 64 hex digits. */
  readonly id: string
  readonly container: Container
  readonly process: Process
  terminal: Terminal | undefined
  stdin: { readonly pipe: Pipe; readonly writer: OpenFile } | undefined
  /** Who is attached now. */
  readonly streams: Set<Stream>
  /** The health check that it is. */
  readonly probe: Probe | undefined
}

/** A command that a container may be told to run, and what became of it. */
export interface ExecRequest {
  /** 64 hex digits. */
  readonly id: string
  readonly container: Container
  readonly options: ExecOptions
  started: Exec | undefined
  /** The exit status of one that could not be started. */
  failed: number | undefined
}

/**
 * Runs a command in a container; what it prints goes to `streams`.
 * Throws EngineError; where the command cannot be started its `status` is the exit status to report.
 */
export const exec = (
  engine: Engine,
  container: Container,
  options: ExecOptions,
  streams: Set<Stream>,
  probe?: Probe,
): Exec => startExec(engine, requestExec(engine, container, options), streams, probe)

/** Notes the wish to run a command in a container that runs, for whoever names its id later. Throws EngineError. */
export function createExec(engine: Engine, container: Container, options: ExecOptions): ExecRequest {
  const request = requestExec(engine, container, options)
  container.execRequests.set(request.id, request)
  return request
}

function requestExec(engine: Engine, container: Container, options: ExecOptions): ExecRequest {
  if (container.state.status === 'paused')
    throw new EngineError(
      'conflict',
      `Container ${container.name} is paused, unpause the container before exec`,
    )
  requireRunning(engine, container)
  refuseDeadLinks(container)
  const id = drawHex(randomOf(engine), 'exec-id', 64)
  const request: ExecRequest = { id, container, options, started: undefined, failed: undefined }
  logExec(engine, container, 'exec_create', id, options.argv)
  return request
}

/** The request of an id. Throws EngineError. */
export function requireExec(engine: Engine, id: string): ExecRequest {
  for (const { execRequests } of engine.containers.values()) {
    const found = execRequests.get(id)
    if (found) return found
  }
  throw new EngineError('notFound', `No such exec instance: ${id}`)
}

/** Runs what was asked for. Throws EngineError. */
export function startExec(engine: Engine, request: ExecRequest, streams: Set<Stream>, probe?: Probe): Exec {
  const { id, container, options } = request
  const { machine } = engine
  const { namespaces, init } = container
  if (!namespaces || !init) throw new EngineError('conflict', `Container ${container.id} is not running`)
  const credentials = credentialsOfExec(engine, container, options)
  const directory = options.workingDir || container.config.workingDir || '/'
  const environment = environmentOf(engine, container, credentials)
  environment.delete('TERM')
  if (options.tty) environment.set('TERM', 'xterm')
  for (const line of options.env) setLine(environment, line)
  const looker: Looker = { fs: namespaces.files, credentials, directory, umask: 0o022, machine }
  requireDirectory(engine, looker, options.workingDir)
  logExec(engine, container, 'exec_start', id, options.argv)
  const found = findForExec(engine, looker, options.argv, environment.get('PATH'))
  const io = openFiles(engine, options, streams)
  const process = (container.shim ?? init).spawn({
    ...found,
    environment,
    directory,
    credentials,
    namespaces,
    files: io.files,
    terminal: io.terminal,
    group: 'new',
  })
  if (io.terminal) io.terminal.foregroundGroup = process.group
  const { terminal, stdin } = io
  const started: Exec = { id, container, process, terminal, stdin, streams, probe }
  request.started = started
  container.execs.set(id, started)
  signal(schedulerOf(engine), container.changed)
  return started
}

/** What the daemon does when the command of an exec has ended. */
export function execEnded(engine: Engine, exec: Exec): void {
  const { container } = exec
  container.execs.delete(exec.id)
  if (exec.stdin) release(exec.stdin.writer)
  exec.stdin = undefined
  for (const stream of exec.streams) closeStream(engine.machine, stream)
  exec.streams.clear()
  logEvent(engine, 'container', 'exec_die', container.id, {
    ...eventAttributes(container),
    execID: exec.id,
    exitCode: String(exec.process.status),
  })
  if (exec.probe) probeEnded(exec.probe, exec.process.status)
}

/** Old releases found out about the user only when they started the command. */
function credentialsOfExec(engine: Engine, container: Container, options: ExecOptions): NamedCredentials {
  const privileged = options.privileged || container.host.privileged
  try {
    return credentialsFor(container, options.user || container.config.user, privileged)
  } catch (cause) {
    const status = inRelease({ '19.03': 126, '28': 0 }, engine.release)
    if (cause instanceof EngineError && status) throw new EngineError(cause.kind, cause.message, status)
    throw cause
  }
}

function logExec(
  engine: Engine,
  container: Container,
  action: string,
  id: string,
  argv: readonly string[],
): void {
  const attributes = { ...eventAttributes(container), execID: id }
  const [path = '', ...args] = argv
  logEvent(engine, 'container', `${action}: ${path} ${args.join(' ')}`, container.id, attributes)
}

function requireDirectory(engine: Engine, looker: Looker, directory: string): void {
  if (directory === '') return
  try {
    lookup(looker, directory)
  } catch (cause) {
    if (!(cause instanceof Errno)) throw cause
    throw execFailure(
      engine,
      `chdir to cwd ("${directory}") set in config.json failed: no such file or directory`,
      127,
    )
  }
}

function openFiles(engine: Engine, options: ExecOptions, streams: Set<Stream>) {
  if (options.tty) {
    const terminal = createTerminal(engine.machine, `pts/${engine.machine.nextTerminal++}`)
    const file = openTerminal(terminal)
    return { files: new Map<number, OpenFile>([0, 1, 2].map((n) => [n, file])), terminal, stdin: undefined }
  }
  const target = { machine: engine.machine, log: undefined, streams }
  const files = new Map<number, OpenFile>([
    [1, openOutput(target, 1)],
    [2, openOutput(target, 2)],
  ])
  if (!options.openStdin) {
    files.set(0, openNull())
    return { files, terminal: undefined, stdin: undefined }
  }
  const { reader, writer, pipe } = createPipe(schedulerOf(engine))
  writer.references++
  files.set(0, reader)
  return { files, terminal: undefined, stdin: { pipe, writer } }
}
