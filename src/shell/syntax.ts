// What the shells say about a syntax error.
// Sources: bash parse.y (report_syntax_error), dash parser.c (synexpect, synerror), busybox shell/ash.c (raise_error_unexpected_syntax).

import type { SyntaxFault } from './parse.ts'
import type { ShellState } from './state.ts'
import { baseName, writeError } from './words.ts'

/** Prints the message for a fault in `text`, whose first line is that of the shell's position. */
export function sayFault(shell: ShellState, text: string, fault: SyntaxFault, speaker?: string): void {
  const { firstLine } = shell.position
  const line = firstLine + countLines(text.slice(0, fault.offset))
  const last = firstLine + countLines(text)
  switch (shell.dialect.name) {
    case 'bash':
      return writeError(shell, bashWords(shell, text, fault, line, last, speaker))
    case 'dash':
      return writeError(
        shell,
        `${shell.position.file ?? shell.name}: ${fault.token === undefined ? last : line}: ${posixWords(fault, true)}\n`,
      )
    case 'ash': {
      const at = shell.interactive ? '' : `line ${fault.token === undefined ? last : line}: `
      return writeError(shell, `${shell.position.file ?? shell.name}: ${at}${posixWords(fault, false)}\n`)
    }
  }
}

const countLines = (text: string): number => text.split('\n').length - 1

function bashWords(
  shell: ShellState,
  text: string,
  fault: SyntaxFault,
  line: number,
  last: number,
  speaker: string | undefined,
): string {
  const atPrompt = shell.interactive && shell.position.file === undefined && speaker === undefined
  const who = atPrompt ? baseName(shell.name) : (shell.position.file ?? shell.name)
  const said = speaker === undefined ? '' : `${speaker}: `
  const prologue = (number: number): string => (atPrompt ? `${who}: ` : `${who}: ${said}line ${number}: `)
  if (fault.token !== undefined) {
    const words = `${prologue(line)}syntax error near unexpected token \`${fault.token}'\n`
    const shown = text.split('\n')[countLines(text.slice(0, fault.offset))] ?? ''
    return atPrompt ? words : `${words}${prologue(line)}\`${shown}'\n`
  }
  if (fault.lookingFor === undefined) return `${prologue(last)}syntax error: unexpected end of file\n`
  const at = fault.lookingFor === ')' ? last : line
  return `${prologue(at)}unexpected EOF while looking for matching \`${fault.lookingFor}'\n`
}

function posixWords(fault: SyntaxFault, dash: boolean): string {
  const capital = dash ? 'Syntax error' : 'syntax error'
  if (fault.lookingFor === '"' || fault.lookingFor === "'")
    return dash ? 'Syntax error: Unterminated quoted string' : 'syntax error: unterminated quoted string'
  if (fault.token === undefined)
    return dash ? `${capital}: end of file unexpected` : `${capital}: unexpected end of file`
  const shown = fault.token === 'newline' ? 'newline' : `"${fault.token}"`
  return dash ? `${capital}: ${shown} unexpected` : `${capital}: unexpected ${shown}`
}
