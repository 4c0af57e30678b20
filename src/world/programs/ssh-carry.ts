// ssh's loop: what is typed here goes there, what is printed there comes here, until the shell there has ended.

import { type Bytes, noBytes } from '../../base/bytes.ts'
import { isErrno } from '../../base/errno.ts'
import type { Condition, Task } from '../../base/scheduler.ts'
import type { Process } from '../../kernel/process.ts'
import { isInterruption } from '../../kernel/signal.ts'
import type { Terminal } from '../../kernel/tty.ts'
import { readTcp } from '../../net/socket/tcp/stream.ts'
import type { Stream } from '../../programs/net/stream.ts'
import type { SshLine } from './ssh-line.ts'
import { type Message, type SessionRequest, send, sendText, takeMessages, textOf } from './ssh-wire.ts'

export interface Session {
  readonly line: SshLine
  readonly user: string
  /** The user's terminal, if the shell there is to have one. */
  readonly terminal: Terminal | undefined
}

interface State {
  received: Bytes
  accepted: boolean
  inputOpen: boolean
  /** What was typed last, as far as it may begin an escape: a line feed, or `~` after one. */
  typed: 'start' | 'tilde' | 'text'
  size: string
}

/** Carries bytes to and fro; the status of the shell there, 255 if the connection ended before it. */
export function* carry(proc: Process, stream: Stream, session: Session): Task<number> {
  const { terminal, line, user } = session
  const request: SessionRequest = {
    user,
    terminal: terminal && { rows: terminal.rows, columns: terminal.columns },
    command: line.command,
    machine: proc.machine.name,
    pid: proc.pid,
  }
  const wasRaw = terminal?.raw ?? false
  if (terminal) {
    terminal.raw = true
    proc.catches.add('WINCH')
  }
  let status: number | 'lost' | 'left' = 'lost'
  try {
    yield* sendText(proc, stream, 'session', JSON.stringify(request))
    status = yield* exchange(proc, stream, session)
  } catch (cause) {
    if (!isErrno(cause)) throw cause
  } finally {
    if (terminal) terminal.raw = wasRaw
  }
  proc.closeFile(stream.descriptor)
  if (status === 'lost' && !line.quiet) proc.printError(`Connection to ${line.host} closed by remote host.`)
  if (terminal && !line.quiet) proc.printError(`Connection to ${line.host} closed.`)
  return typeof status === 'number' ? status : 255
}

function* exchange(proc: Process, stream: Stream, session: Session): Task<number | 'lost' | 'left'> {
  const { terminal, line } = session
  const state: State = {
    received: noBytes,
    accepted: false,
    inputOpen: true,
    typed: 'start',
    size: sizeOf(terminal),
  }
  for (;;) {
    const messages = takeIn(stream, state)
    if (!messages) return 'lost'
    for (const message of messages) {
      const status = hear(proc, session, state, message)
      if (status !== undefined) return status
    }
    const size = sizeOf(terminal)
    if (size !== state.size) {
      state.size = size
      yield* sendText(proc, stream, 'size', size)
    }
    const keys = state.accepted && state.inputOpen ? readInput(proc) : undefined
    if (keys === '') {
      state.inputOpen = false
      yield* sendText(proc, stream, 'end', '')
    } else if (keys !== undefined) {
      const passed = terminal ? withoutEscapes(state, keys) : keys
      if (passed === undefined) return 'left'
      yield* send(proc, stream, 'data', passed)
      continue
    }
    if (messages.length > 0) continue
    try {
      yield {
        on: [stream.connection.readable, ...(state.accepted && state.inputOpen ? inputConditions(proc) : [])],
      }
    } catch (cause) {
      if (!isInterruption(cause, 'WINCH') || line.terminal === 'never') throw cause
    }
  }
}

function takeIn({ connection }: Stream, state: State): Message[] | undefined {
  const bytes = readTcp(connection, 65_536)
  if (bytes === '') return undefined
  const { messages, rest } = takeMessages((state.received + (bytes ?? '')) as Bytes)
  state.received = rest
  return messages
}

/** What a message of the server does here; a status ends the session. */
function hear(proc: Process, { line, user }: Session, state: State, message: Message): number | undefined {
  const { kind, bytes } = message
  if (kind === 'data') proc.writeBytes(1, bytes)
  else if (kind === 'error') proc.writeBytes(2, bytes)
  else if (kind === 'accepted') state.accepted = true
  else if (kind === 'exit') return Number(textOf(message))
  else if (kind === 'denied') {
    proc.printError(`${user}@${line.host}: Permission denied (${textOf(message)}).`)
    return 255
  }
  return undefined
}

const sizeOf = (terminal: Terminal | undefined): string =>
  terminal ? `${terminal.rows} ${terminal.columns}` : ''

function readInput(proc: Process): Bytes | undefined {
  const file = proc.files.get(0)
  return file ? file.operations.read(file, 32_768) : noBytes
}

function inputConditions(proc: Process): Condition[] {
  const file = proc.files.get(0)
  const condition = file?.operations.readable(file)
  return condition ? [condition] : []
}

/** `~.` at the beginning of a line leaves; `~~` is one `~`. undefined to leave. */
function withoutEscapes(state: State, keys: Bytes): Bytes | undefined {
  let passed = ''
  for (const key of keys) {
    if (state.typed === 'tilde') {
      if (key === '.') return undefined
      passed += key === '~' ? '~' : `~${key}`
      state.typed = key === '\r' || key === '\n' ? 'start' : 'text'
    } else if (state.typed === 'start' && key === '~') state.typed = 'tilde'
    else {
      passed += key
      state.typed = key === '\r' || key === '\n' ? 'start' : 'text'
    }
  }
  return passed as Bytes
}
