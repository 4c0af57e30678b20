// What the shells say when something is wrong: who speaks, and at which line.
// Sources: bash error.c (error_prolog), dash error.c (exvwarning2), busybox shell/ash.c (ash_vmsg).

import { CommandAbort } from './control.ts'
import { quoteUnprintable } from './expand/quote.ts'
import type { ShellState } from './state.ts'

/** The line that is being executed, from 1. */
export function currentLine(shell: ShellState): number {
  const { text, firstLine, offset } = shell.position
  let line = firstLine
  for (let at = text.indexOf('\n'); at >= 0 && at < offset; at = text.indexOf('\n', at + 1)) line++
  return line
}

/** The file whose commands are being executed, as messages name it. */
export const currentFile = (shell: ShellState): string => shell.position.file ?? shell.name

/**
 * Prints `message` to standard error after the shell's own name and line. `speaker` is the builtin that complains.
 */
export function complain(shell: ShellState, message: string, speaker?: string): void {
  writeError(shell, `${prologue(shell, speaker)}${message}\n`)
}

/** Prints the message and gives up the command; a script ends. */
export function abort(shell: ShellState, message: string, status = 1, fatal = true): CommandAbort {
  complain(shell, message)
  return new CommandAbort(status, fatal)
}

/** How dash and ash begin to speak of what they do not take. */
export const illegal = (shell: ShellState): string => (shell.dialect.name === 'dash' ? 'Illegal' : 'illegal')

/** In dash and ash an error of a special builtin ends a script: says it, and the command is given up. */
export function refuse(shell: ShellState, message: string, speaker: string, status = 2): CommandAbort {
  complain(shell, message, speaker)
  return new CommandAbort(status, true)
}

export function writeError(shell: ShellState, text: string): void {
  if (shell.proc.files.has(2)) shell.proc.write(2, text)
}

function prologue(shell: ShellState, speaker: string | undefined): string {
  const applet = shell.dialect.name === 'ash' && applets.has(speaker ?? '')
  const said = speaker === undefined || applet ? '' : `${speaker}: `
  switch (shell.dialect.name) {
    case 'bash':
      if (shell.interactive && shell.position.file === undefined) return `${baseName(shell.name)}: ${said}`
      return `${currentFile(shell)}: line ${currentLine(shell)}: ${said}`
    case 'dash':
      return `${currentFile(shell)}: ${currentLine(shell)}: ${said}`
    case 'ash':
      return ashPrologue(shell, said)
  }
}

/** busybox runs these by the code of its applets, which name the shell alone. */
const applets: ReadonlySet<string> = new Set(['[', 'kill', 'printf', 'test'])

/** The line is named only where a file or a builtin speaks, and not at the prompt. */
function ashPrologue(shell: ShellState, said: string): string {
  const named = said !== '' || shell.position.file !== undefined || shell.input.file !== undefined
  const line = named && !(shell.interactive && shell.position.file === undefined)
  return `${currentFile(shell)}: ${said}${line ? `line ${currentLine(shell)}: ` : ''}`
}

export const baseName = (path: string): string => path.slice(path.lastIndexOf('/') + 1)

/** The words for a command that is nowhere in PATH. */
export function commandNotFound(shell: ShellState, name: string): void {
  complain(
    shell,
    shell.dialect.name === 'bash' ? `${quoteUnprintable(name)}: command not found` : `${name}: not found`,
  )
}
