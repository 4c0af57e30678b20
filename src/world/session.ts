// Sessions: how users get into a world. A script session feeds bash its lines and keeps output and errors apart; a
// terminal session is a keyboard and a screen with a login shell behind.

import { type Bytes, encode } from '../base/bytes.ts'
import { type Connection, connectClient } from '../engine/daemon/connect.ts'
import { openNull } from '../kernel/device.ts'
import { findExecutable } from '../kernel/exec.ts'
import type { OpenFile } from '../kernel/file.ts'
import { asRoot } from '../kernel/fs/filesystem.ts'
import { createSink, type Sink, takeFrom } from '../kernel/open.ts'
import { createPipe } from '../kernel/pipe.ts'
import { type Process, signalGroup, spawn } from '../kernel/process.ts'
import { createTerminal, openTerminal, type Terminal, takeOutput } from '../kernel/tty.ts'
import { allCapabilities, credentialsOf } from '../kernel/users.ts'
import { shellOf } from '../shell/state.ts'
import type { Host } from './host.ts'

/** What a stream has printed so far, as far as it was taken: its length and a hash, whatever the pieces. */
export interface Printed {
  length: number
  hash: number
}

export interface ScriptSession {
  readonly kind: 'script'
  /** The number by which inputs name it. */
  readonly id: number
  readonly printed: { readonly out: Printed; readonly err: Printed }
  readonly host: Host
  readonly shell: Process
  /** Where the next lines go. */
  readonly feed: OpenFile
  readonly output: Sink
  readonly errors: Sink
  /** In which order they were written to since they were last taken from. */
  readonly order: Sink[]
  /** `$0`, and the name in messages: `lab.sh: line 3: …`. */
  readonly name: string
}

export interface TerminalSession {
  readonly kind: 'terminal'
  /** The number by which inputs name it. */
  readonly id: number
  readonly printed: Printed
  readonly host: Host
  readonly shell: Process
  readonly terminal: Terminal
}

/** A client of the Engine API. */
export interface ConnectionSession {
  readonly kind: 'connection'
  /** The number by which inputs name it. */
  readonly id: number
  readonly printed: Printed
  readonly host: Host
  readonly connection: Connection
  readonly answers: Sink
}

export type Session = ScriptSession | TerminalSession | ConnectionSession

/** The descriptor from which bash reads the lines that are fed. */
const feedDescriptor = 63

const nothingPrinted = (): Printed => ({ length: 0, hash: 0x811c9dc5 | 0 })

/** Adds `bytes` to what was printed (FNV-1a). */
export function notePrinted(printed: Printed, bytes: Bytes): void {
  let { hash } = printed
  for (let index = 0; index < bytes.length; index++)
    hash = Math.imul(hash ^ bytes.charCodeAt(index), 0x01000193)
  printed.hash = hash
  printed.length += bytes.length
}

/** Opens bash for a script called `name` (`bash` for lines without a file); its standard input is empty. */
export function createScriptSession(
  host: Host,
  id: number,
  name: string,
  words: readonly string[],
): ScriptSession {
  const { reader, writer } = createPipe(host.machine.fabric.scheduler)
  writer.references++
  const order: Sink[] = []
  const output = createSink(order)
  const errors = createSink(order)
  const shell = logIn(host, ['bash', `/dev/fd/${feedDescriptor}`, ...words], {
    files: new Map<number, OpenFile>([
      [0, openNull()],
      [1, output],
      [2, errors],
      [feedDescriptor, reader],
    ]),
    terminal: undefined,
  })
  const printed = { out: nothingPrinted(), err: nothingPrinted() }
  return { kind: 'script', id, printed, host, shell, feed: writer, output, errors, order, name }
}

/** Lets the shell speak of its script by the user's name for it, once it has started. */
export function nameScript({ shell, name }: ScriptSession): void {
  const state = shellOf(shell)
  if (!state) return
  const file = name === 'bash' ? undefined : name
  state.name = name
  state.position.file = file
  state.input.file = file
}

/** Opens a terminal with a login shell. */
export function createTerminalSession(
  host: Host,
  id: number,
  rows: number,
  columns: number,
): TerminalSession {
  const { machine } = host
  const terminal = createTerminal(machine, `pts/${machine.nextTerminal++}`, rows, columns)
  const file = openTerminal(terminal)
  const files = new Map<number, OpenFile>([0, 1, 2].map((descriptor) => [descriptor, file]))
  const shell = logIn(host, ['-bash'], { files, terminal })
  terminal.foregroundGroup = shell.group
  return { kind: 'terminal', id, printed: nothingPrinted(), host, shell, terminal }
}

/** Connects a client to the engine of `host`. Throws an Error where there is none. */
export function createConnectionSession(host: Host, id: number): ConnectionSession {
  if (!host.engine) throw new Error(`the machine ${host.machine.name} has no Docker`)
  const answers = createSink()
  const connection = connectClient(host.engine, answers)
  return { kind: 'connection', id, printed: nothingPrinted(), host, connection, answers }
}

/** Takes what the daemon answered since the last time. */
export function takeAnswers({ answers, printed }: ConnectionSession): Bytes {
  const bytes = takeFrom(answers)
  notePrinted(printed, bytes)
  return bytes
}

/** Starts a shell of the host's user, or of another one, in his home. */
export function logIn(
  host: Host,
  argv: readonly string[],
  io: { readonly files: ReadonlyMap<number, OpenFile>; readonly terminal: Terminal | undefined },
  name = host.user.name,
): Process {
  const { machine } = host
  const { files } = machine.namespaces
  const credentials = credentialsOf(files, name, allCapabilities)
  const directory = name === host.user.name ? host.directory : credentials.home
  const environment = new Map<string, string>([
    ['HOME', credentials.home],
    ['USER', name],
    ['LOGNAME', name],
    ['SHELL', '/bin/bash'],
    ['PATH', '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'],
    ['LANG', 'C.UTF-8'],
    ['PWD', directory],
    ...(io.terminal ? ([['TERM', 'xterm-256color']] as const) : []),
    ...Object.entries(host.environment),
  ])
  const found = findExecutable({ ...asRoot(files), machine }, ['/bin/bash', ...argv.slice(1)])
  return spawn(machine, undefined, {
    program: found.program,
    argv,
    executable: found.executable,
    environment,
    credentials,
    directory,
    group: 'new',
    ...io,
  })
}

/** Gives a script session more lines. */
export function feed(session: ScriptSession, text: string): void {
  session.feed.operations.write(session.feed, encode(text))
}

/** No more lines will come. */
export function endFeed(session: ScriptSession): void {
  session.feed.operations.close(session.feed)
}

/** Whether the shell of a script waits for more lines, or has ended. */
export const isScriptIdle = ({ shell }: ScriptSession): boolean => {
  if (shell.state === 'zombie') return true
  const state = shellOf(shell)
  return state?.atPrompt === true && state.input.buffer === '' && !shell.ready && shell.parked
}

/** ^C for what a script runs in the foreground; a shell that runs nothing else is interrupted itself. */
export function interruptScript({ shell }: ScriptSession): void {
  signalGroup(shell.machine, shell.group, 'INT')
}

/** What was written to standard output or to standard error at once. */
export interface Piece {
  readonly stream: 'out' | 'err'
  readonly bytes: Bytes
}

/** Takes what a script printed since the last time, in the order in which it was printed. */
export function takePieces({ output, errors, order, printed }: ScriptSession): Piece[] {
  const pieces: Piece[] = []
  const taken = { out: 0, err: 0 }
  for (let index = 0; index < order.length; ) {
    const stream = order[index] === output ? 'out' : 'err'
    const { parts } = stream === 'out' ? output : errors
    const first = taken[stream]
    const sink = order[index]
    for (; index < order.length && order[index] === sink; index++) taken[stream]++
    const bytes = parts.slice(first, taken[stream]).join('') as Bytes
    notePrinted(printed[stream], bytes)
    pieces.push({ stream, bytes })
  }
  order.length = output.parts.length = errors.parts.length = 0
  return pieces
}

/** Takes as much of what was printed as `other`, the session of which this is a fold, has given out already. */
export function catchUp(session: Session, other: Session): void {
  if (session.kind === 'terminal') {
    if (other.kind !== 'terminal') return
    session.terminal.output = takeShown(session).slice(other.printed.length) as Bytes
    Object.assign(session.printed, other.printed)
  } else if (session.kind === 'connection') {
    if (other.kind !== 'connection') return
    const rest = takeAnswers(session).slice(other.printed.length) as Bytes
    if (rest !== '') session.answers.operations.write(session.answers, rest)
    Object.assign(session.printed, other.printed)
  } else if (other.kind === 'script') {
    const { out, err } = other.printed
    const given = { out: out.length, err: err.length }
    for (const { stream, bytes } of takePieces(session)) {
      const rest = bytes.slice(given[stream]) as Bytes
      given[stream] = Math.max(0, given[stream] - bytes.length)
      const sink = stream === 'out' ? session.output : session.errors
      if (rest !== '') sink.operations.write(sink, rest)
    }
    Object.assign(session.printed.out, out)
    Object.assign(session.printed.err, err)
  }
}

/** Takes what a terminal received since the last time. */
export function takeShown({ terminal, printed }: TerminalSession): Bytes {
  const shown = takeOutput(terminal)
  notePrinted(printed, shown)
  return shown
}

/** `$?` of the shell: of its last command, or its own once it has ended. */
export function statusOf(shell: Process): number {
  return shell.state === 'zombie' ? shell.status : (shellOf(shell)?.lastStatus ?? 0)
}
