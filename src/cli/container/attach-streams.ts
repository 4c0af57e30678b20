// A client attached to what runs in a container: its output comes here, what is typed or piped here goes there, and so
// do signals. One loop for run, start, attach and exec (docker/cli cli/command/container/hijack.go, signals.go, tty.go).

import type { Bytes } from '../../base/bytes.ts'
import { type Dated, inRelease } from '../../base/release.ts'
import type { Condition, Task } from '../../base/scheduler.ts'
import {
  type Attachment,
  closeAttachment,
  endInput,
  type Peer,
  sendInput,
} from '../../engine/container/attach.ts'
import { takeChunks } from '../../engine/container/stream.ts'
import { type Process, signalGroup } from '../../kernel/process.ts'
import { isInterruption, type Signal } from '../../kernel/signal.ts'
import { disownSocket, ownSocket } from '../../kernel/socket.ts'
import { type Terminal, terminalOf } from '../../kernel/tty.ts'
import type { Context } from '../context.ts'
import { StatusError } from '../errors.ts'
import { createKeyWatch, watchKeys } from './detach-keys.ts'

export interface AttachOptions {
  /** Standard input goes there. */
  readonly input: boolean
  /** Which output comes here. */
  readonly output: readonly (1 | 2)[]
  /** What runs there has a terminal. */
  readonly tty: boolean
  /** As `--detach-keys` gives them; '' for the default. */
  readonly detachKeys: string
  /** Sends a signal that the client got on; without it signals end the client. */
  readonly forward?: ((signal: Signal) => Task<void>) | undefined
}

/** Signals that are sent on: all that a process may get from outside (cli/command/container/signals.go). */
const forwarded: readonly Signal[] = ['HUP', 'INT', 'QUIT', 'TERM', 'USR1', 'USR2', 'ALRM', 'TSTP']

/** Makes the attachment the client's: it is closed when he ends, however he ends. */
export const holdAttachment = (proc: Process, attachment: Attachment): number =>
  ownSocket(proc, attachment, closeAttachment)

/** Carries bytes to and fro until what runs there has ended, or the user has typed the keys to detach. */
export function* attachStreams(
  proc: Process,
  attachment: Attachment,
  options: AttachOptions,
): Task<'ended' | 'detached'> {
  const terminal = options.input ? terminalOf(proc.files.get(0)) : undefined
  const wasRaw = terminal?.raw ?? false
  const caught = new Set<Signal>(options.forward ? forwarded : [])
  if (terminal && options.tty) {
    terminal.raw = true
    caught.add('WINCH')
  }
  for (const signal of caught) proc.catches.add(signal)
  try {
    return yield* carry(proc, attachment, options, terminal)
  } finally {
    for (const signal of caught) proc.catches.delete(signal)
    if (terminal) terminal.raw = wasRaw
    disownSocket(proc, attachment)
  }
}

function* carry(
  proc: Process,
  { engine, peer, stream, endsInput }: Attachment,
  options: AttachOptions,
  terminal: Terminal | undefined,
): Task<'ended' | 'detached'> {
  const keys = terminal && options.tty ? createKeyWatch(options.detachKeys) : undefined
  let reads = options.input
  for (;;) {
    if (options.tty) followSize(proc, terminal, peer)
    const full = congestion(proc)
    if (!full)
      for (const { to, bytes } of takeChunks(engine.machine, stream))
        if (options.output.includes(to)) proc.writeBytes(to, bytes)
    if (stream.closed && stream.chunks.length === 0) return 'ended'
    const input = reads ? takeInput(proc, peer) : undefined
    if (input === '') {
      reads = false
      if (endsInput) endInput(peer)
    } else if (input !== undefined) {
      const { passed, detached } = keys ? watchKeys(keys, input) : { passed: input, detached: false }
      sendInput(peer, passed)
      if (detached) return 'detached'
      continue
    }
    try {
      yield { on: [full ?? stream.ready, ...(reads ? inputConditions(proc, peer) : [])] }
    } catch (cause) {
      if (!isInterruption(cause)) throw cause
      if (options.forward && cause.signal !== 'WINCH') yield* options.forward(cause.signal)
    }
  }
}

/** What to wait for while whoever reads the client's output is far behind. */
function congestion(proc: Process): Condition | undefined {
  const output = proc.files.get(1)
  return output?.operations.congested(output)
}

/** Bytes for the peer; '' at the end, undefined if there are none yet or it has not read the last ones. */
function takeInput(proc: Process, peer: Peer): Bytes | undefined {
  const file = proc.files.get(0)
  if (!file || peer.stdin?.writer.operations.congested(peer.stdin.writer)) return undefined
  return file.operations.read(file, 32_768)
}

function inputConditions(proc: Process, peer: Peer): Condition[] {
  const file = proc.files.get(0)
  const full = peer.stdin?.writer.operations.congested(peer.stdin.writer)
  const condition = full ?? file?.operations.readable(file)
  return condition ? [condition] : []
}

/** The terminal there is as large as the one here; its processes are told when it changes. */
function followSize(proc: Process, own: Terminal | undefined, { terminal }: Peer): void {
  if (!terminal) return
  terminal.relay = proc
  if (!own || (terminal.rows === own.rows && terminal.columns === own.columns)) return
  terminal.rows = own.rows
  terminal.columns = own.columns
  signalGroup(terminal.machine, terminal.foregroundGroup, 'WINCH')
}

/** A terminal there takes its input from one here. @throws StatusError */
export function checkTerminal({ proc, release }: Context, input: boolean, tty: boolean): void {
  if (input && tty && !terminalOf(proc.files.get(0)))
    throw new StatusError(inRelease(noTerminal, release) ?? '')
}

const noTerminal: Dated<string> = {
  '19.03': 'the input device is not a TTY',
  '29': 'cannot attach stdin to a TTY-enabled container because stdin is not a terminal',
}

export const outputsOf = (stdout: boolean, stderr: boolean): (1 | 2)[] => [
  ...(stdout ? ([1] as const) : []),
  ...(stderr ? ([2] as const) : []),
]
