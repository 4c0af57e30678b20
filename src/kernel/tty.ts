// Terminals (termios(3), tty_ioctl(4)): what processes read and write, and how wide it is. What keys do is in
// discipline.ts. The master side belongs to whoever holds the terminal: the edge, ssh, or dockerd.

import { type Bytes, encode, noBytes } from '../base/bytes.ts'
import { type Condition, createCondition, type Scheduler, signal } from '../base/scheduler.ts'
import type { FileOperations, OpenFile } from './file.ts'
import type { Machine } from './machine.ts'
import { type Process, signalGroup } from './process.ts'

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
  /** Where the cursor is believed to be (n_tty.c, `column`), and where it was when the line began. */
  column: number
  lineColumn: number
  /** What was written, for the master. */
  output: Bytes
  readonly outputReady: Condition
  /** The process group that gets the keyboard and its signals. */
  foregroundGroup: number
  /** The process that types into it from a terminal of its own: docker attached to a container, ssh. */
  relay: Process | undefined
  /** The process that holds the master side, where one does for a relay on another machine: sshd. */
  master: Process | undefined
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
    column: 0,
    lineColumn: 0,
    output: noBytes,
    outputReady: createCondition(),
    foregroundGroup: 0,
    relay: undefined,
    master: undefined,
    hungUp: false,
  }
}

/** What a process writes: line feeds become carriage return and line feed (ONLCR), unless raw. */
export function writeTerminal(terminal: Terminal, bytes: Bytes): void {
  if (terminal.hungUp) return
  const shown = terminal.raw ? bytes : bytes.replace(/\n/g, '\r\n')
  terminal.output = (terminal.output + shown) as Bytes
  if (!terminal.raw) terminal.column = columnAfter(terminal.column, bytes)
  signal(terminal.scheduler, terminal.outputReady)
}

/** The column behind `bytes`, as n_tty.c (do_output_char) counts it: a byte that continues a character adds none. */
export function columnAfter(column: number, bytes: Bytes): number {
  const lineStart = Math.max(bytes.lastIndexOf('\n'), bytes.lastIndexOf('\r')) + 1
  let after = lineStart > 0 ? 0 : column
  for (const byte of bytes.slice(lineStart)) {
    if (byte === '\b') after = Math.max(0, after - 1)
    else if (byte === '\t') after = (after | 7) + 1
    else if (byte >= ' ' && byte !== '\x7f' && (byte < '\x80' || byte >= '\xc0')) after++
  }
  return after
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
