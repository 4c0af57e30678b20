// Sessions: how users get into a world. A script session feeds bash its lines and keeps output and errors apart; a
// terminal session is a keyboard and a screen with a login shell behind.

import { type Bytes, encode } from '../base/bytes.ts'
import { openNull } from '../kernel/device.ts'
import { findExecutable } from '../kernel/exec.ts'
import type { OpenFile } from '../kernel/file.ts'
import { asRoot } from '../kernel/fs/filesystem.ts'
import type { Machine } from '../kernel/machine.ts'
import { createSink, type Sink } from '../kernel/open.ts'
import { createPipe } from '../kernel/pipe.ts'
import { type Process, signalGroup, spawn } from '../kernel/process.ts'
import { socketOf } from '../kernel/socket.ts'
import { createTerminal, openTerminal, type Terminal, takeOutput } from '../kernel/tty.ts'
import { allCapabilities, credentialsOf } from '../kernel/users.ts'
import type { Connection } from '../net/socket/tcp/connection.ts'
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

export type Session = ScriptSession | TerminalSession

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

/** The terminal into which keys typed at `session` finally go: that of a container, of another machine, or its own. */
export function innermostTerminal({ terminal }: TerminalSession, machines: readonly Machine[]): Terminal {
  let inner = terminal
  for (let found = relayedFrom(inner, machines); found; found = relayedFrom(inner, machines)) inner = found
  return inner
}

/** Whether what was typed or printed is still on its way between the user's terminal and the innermost one. */
export function isUnderway({ terminal }: TerminalSession, machines: readonly Machine[]): boolean {
  for (let at = relayedFrom(terminal, machines); at; at = relayedFrom(at, machines))
    if (at.master && at.relay && (hasUnacknowledged(at.master) || hasUnacknowledged(at.relay))) return true
  return false
}

function hasUnacknowledged({ files }: Process): boolean {
  for (const file of files.values()) {
    const socket = socketOf(file)
    if (socket && 'sendBuffer' in socket && (socket as Connection).sendBuffer !== '') return true
  }
  return false
}

function relayedFrom(outer: Terminal, machines: readonly Machine[]): Terminal | undefined {
  for (const machine of machines)
    for (const { terminal } of machine.processes.values()) {
      const relay = terminal?.relay
      if (terminal && relay && relay.state !== 'zombie' && relay.terminal === outer) return terminal
    }
  return undefined
}

/** The interactive shells on a terminal, the outermost first. */
export function shellsOn(terminal: Terminal): Process[] {
  return [...terminal.machine.processes.values()].filter(
    (process) =>
      process.terminal === terminal && process.state !== 'zombie' && shellOf(process)?.interactive === true,
  )
}

/** The shell that shows its prompt on the terminal; undefined while a command runs. */
export const promptingShell = (terminal: Terminal): Process | undefined =>
  shellsOn(terminal).find(
    (shell) => shell.group === terminal.foregroundGroup && shellOf(shell)?.atPrompt === true && !shell.ready,
  )

/** Whether a program in the foreground waits for keys. */
export const awaitsKeys = (terminal: Terminal): boolean =>
  terminal.input === '' && (terminal.readable.sleepers?.size ?? 0) > 0
