// The line discipline of a terminal (termios(3), drivers/tty/n_tty.c): what keys do between a keyboard and the
// processes that read it. In canonical mode a line may be edited until Enter; raw, every key is input at once.

import { type Bytes, noBytes } from '../base/bytes.ts'
import { signal } from '../base/scheduler.ts'
import { signalGroup } from './process.ts'
import type { Signal } from './signal.ts'
import { columnAfter, type Terminal, writeTerminal } from './tty.ts'

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
  if (key === '\x17') return eraseWord(terminal)
  if (key === '\x12') return reprint(terminal)
  if (terminal.line === '') terminal.lineColumn = terminal.column
  terminal.line = (terminal.line + key) as Bytes
  echo(terminal, echoed(key))
}

/** How keys show: control characters as `^X` (ECHOCTL). */
const echoed = (keys: Bytes): Bytes =>
  keys.replace(/[\x00-\x08\x0b-\x1f]/g, (key) => `^${String.fromCharCode(key.charCodeAt(0) ^ 0x40)}`) as Bytes

/** A key that signals throws away what was typed and not yet read (no NOFLSH). */
function typeSignal(terminal: Terminal, key: Bytes, name: Signal): void {
  echo(terminal, echoed(key))
  terminal.line = noBytes
  terminal.input = noBytes
  terminal.endOfInput = false
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

const lastCharacter = (line: Bytes): string =>
  /(?:[\x00-\x7f]|[\xc0-\xff][\x80-\xbf]*)$/.exec(line)?.[0] ?? line.slice(-1)

function eraseCharacter(terminal: Terminal): void {
  if (terminal.line === '') return
  const erased = lastCharacter(terminal.line) as Bytes
  terminal.line = terminal.line.slice(0, -erased.length) as Bytes
  if (erased === '\t') return eraseTab(terminal)
  echo(terminal, '\b \b'.repeat(erased < ' ' ? 2 : 1) as Bytes)
}

function eraseTab(terminal: Terminal): void {
  const before = columnAfter(terminal.lineColumn, echoed(terminal.line))
  echo(terminal, '\b'.repeat(columnAfter(before, '\t' as Bytes) - before) as Bytes)
}

function eraseLine(terminal: Terminal): void {
  while (terminal.line !== '') eraseCharacter(terminal)
}

/** VWERASE: what is no letter, digit or underscore, then the word before it. */
function eraseWord(terminal: Terminal): void {
  while (/\W$/.test(terminal.line)) eraseCharacter(terminal)
  while (/\w$/.test(terminal.line)) eraseCharacter(terminal)
}

function reprint(terminal: Terminal): void {
  echo(terminal, `^R\n${echoed(terminal.line)}` as Bytes)
  terminal.lineColumn = 0
}

function echo(terminal: Terminal, bytes: Bytes): void {
  if (terminal.echo) writeTerminal(terminal, bytes)
}
