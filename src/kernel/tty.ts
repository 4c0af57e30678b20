// Terminals (termios(3), tty_ioctl(4)): the line discipline between a keyboard and the processes that read it.
// The master side belongs to whoever holds the terminal: the edge, ssh, or dockerd.

import { type Bytes, encode, noBytes } from '../base/bytes.ts'
import { type Condition, createCondition, type Scheduler, signal } from '../base/scheduler.ts'
import type { FileOperations, OpenFile } from './file.ts'
import type { Machine } from './machine.ts'
import { type Process, signalGroup } from './process.ts'
import type { Signal } from './signal.ts'

export interface Terminal {
  readonly scheduler: Scheduler
  /** The machine whose processes read and write it. */
  readonly machine: Machine
  /** `pts/0` */
  readonly name: string
  rows: number
  columns: number
  /** Raw: no echo, no line editing, no signals (cfmakeraw). */
  raw: boolean
  echo: boolean
  /** The line being typed, not yet given to a reader. */
  line: Bytes
  /** Complete input, for readers. */
  input: Bytes
  /** ^D on an empty line was typed: the next read ends. */
  endOfInput: boolean
  readonly readable: Condition
  /** What was written, for the master. */
  output: Bytes
  readonly outputReady: Condition
  /** The process group that gets the keyboard and its signals. */
  foregroundGroup: number
  /** The process that types into it from a terminal of its own: docker attached to a container, ssh. */
  relay: Process | undefined
  /** Both ends are closed when the master hangs up. */
  hungUp: boolean
}

export function createTerminal(machine: Machine, name: string, rows = 24, columns = 80): Terminal {
  return {
    scheduler: machine.fabric.scheduler,
    machine,
    name,
    rows,
    columns,
    raw: false,
    echo: true,
    line: noBytes,
    input: noBytes,
    endOfInput: false,
    readable: createCondition(),
    output: noBytes,
    outputReady: createCondition(),
    foregroundGroup: 0,
    relay: undefined,
    hungUp: false,
  }
}

/** Keys arrive from the master side: a keyboard, or another terminal's reader. */
export function typeKeys(terminal: Terminal, keys: Bytes): void {
  if (terminal.raw) {
    terminal.input = (terminal.input + keys) as Bytes
    signal(terminal.scheduler, terminal.readable)
    return
  }
  for (const key of keys) typeKey(terminal, key as Bytes)
}

const signalKeys: Readonly<Record<string, Signal>> = { '\x03': 'INT', '\x1c': 'QUIT', '\x1a': 'TSTP' }

function typeKey(terminal: Terminal, key: Bytes): void {
  const interrupting = signalKeys[key]
  if (interrupting) return typeSignal(terminal, key, interrupting)
  if (key === '\r' || key === '\n') return typeEnter(terminal)
  if (key === '\x04') return typeEndOfInput(terminal)
  if (key === '\x7f' || key === '\b') return eraseCharacter(terminal)
  if (key === '\x15') return eraseLine(terminal)
  terminal.line = (terminal.line + key) as Bytes
  echo(terminal, key < ' ' && key !== '\t' ? caret(key) : key)
}

const caret = (key: Bytes): Bytes => `^${String.fromCharCode(key.charCodeAt(0) ^ 0x40)}` as Bytes

function typeSignal(terminal: Terminal, key: Bytes, name: Signal): void {
  echo(terminal, caret(key))
  terminal.line = noBytes
  signalGroup(terminal.machine, terminal.foregroundGroup, name)
}

function typeEnter(terminal: Terminal): void {
  echo(terminal, '\n' as Bytes)
  terminal.input = `${terminal.input}${terminal.line}\n` as Bytes
  terminal.line = noBytes
  signal(terminal.scheduler, terminal.readable)
}

function typeEndOfInput(terminal: Terminal): void {
  if (terminal.line === '') terminal.endOfInput = true
  terminal.input = (terminal.input + terminal.line) as Bytes
  terminal.line = noBytes
  signal(terminal.scheduler, terminal.readable)
}

function eraseCharacter(terminal: Terminal): void {
  if (terminal.line === '') return
  const erased =
    /(?:[\x00-\x7f]|[\xc0-\xff][\x80-\xbf]*)$/.exec(terminal.line)?.[0] ?? terminal.line.slice(-1)
  terminal.line = terminal.line.slice(0, -erased.length) as Bytes
  echo(terminal, '\b \b' as Bytes)
}

function eraseLine(terminal: Terminal): void {
  echo(terminal, '\b \b'.repeat(terminal.line.length) as Bytes)
  terminal.line = noBytes
}

function echo(terminal: Terminal, bytes: Bytes): void {
  if (terminal.echo) writeTerminal(terminal, bytes)
}

/** What a process writes: line feeds become carriage return and line feed (ONLCR), unless raw. */
export function writeTerminal(terminal: Terminal, bytes: Bytes): void {
  if (terminal.hungUp) return
  const shown = terminal.raw ? bytes : bytes.replace(/\n/g, '\r\n')
  terminal.output = (terminal.output + shown) as Bytes
  signal(terminal.scheduler, terminal.outputReady)
}

/** Takes what was written since the last time, for the master. */
export function takeOutput(terminal: Terminal): Bytes {
  const taken = terminal.output
  terminal.output = noBytes
  return taken
}

/** The master goes away: readers get the end of input. */
export function hangUp(terminal: Terminal): void {
  terminal.hungUp = true
  signal(terminal.scheduler, terminal.readable)
  signal(terminal.scheduler, terminal.outputReady)
  signalGroup(terminal.machine, terminal.foregroundGroup, 'HUP')
}

interface TerminalFile extends OpenFile {
  readonly terminal: Terminal
}

/** The slave side as an open file. */
export const openTerminal = (terminal: Terminal): OpenFile & { readonly terminal: Terminal } => ({
  operations: terminalOperations,
  references: 0,
  terminal,
})

/** The terminal behind an open file, if it is one. */
export const terminalOf = (file: OpenFile | undefined): Terminal | undefined =>
  file?.operations === terminalOperations ? (file as TerminalFile).terminal : undefined

const terminalOperations = Object.freeze<FileOperations>({
  kind: 'terminal',
  read(file, max) {
    const { terminal } = file as TerminalFile
    if (terminal.input === '') return readEnd(terminal)
    const newline = terminal.raw ? -1 : terminal.input.indexOf('\n')
    const length = Math.min(max, newline < 0 ? terminal.input.length : newline + 1)
    const taken = terminal.input.slice(0, length) as Bytes
    terminal.input = terminal.input.slice(length) as Bytes
    return taken
  },
  readable: (file) => (file as TerminalFile).terminal.readable,
  write(file, bytes) {
    writeTerminal((file as TerminalFile).terminal, bytes)
  },
  congested: () => undefined,
  close() {},
})

function readEnd(terminal: Terminal): Bytes | undefined {
  if (terminal.hungUp) return noBytes
  if (!terminal.endOfInput) return undefined
  terminal.endOfInput = false
  return noBytes
}

/** Writes text to a terminal as a process would. */
export const printTo = (terminal: Terminal, text: string): void => writeTerminal(terminal, encode(text))
