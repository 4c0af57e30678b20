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
    default: {
      const bare =
        shell.startedBy === 'c' && shell.position.file === undefined ? text.replace(/\n$/, '') : text
      const at = fault.token === undefined ? firstLine + countLines(bare) : line
      return writeError(
        shell,
        `${posixPrologue(shell, at, speaker)}${posixWords(fault, shell.dialect.name === 'dash')}\n`,
      )
    }
  }
}

function posixPrologue(shell: ShellState, line: number, speaker: string | undefined): string {
  const who = shell.position.file ?? shell.name
  const said = speaker === undefined ? '' : `${speaker}: `
  if (shell.dialect.name === 'dash') return `${who}: ${line}: ${said}`
  const named = said !== '' || shell.position.file !== undefined || shell.input.file !== undefined
  return `${who}: ${said}${named && !shell.interactive ? `line ${line}: ` : ''}`
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

const bareTokens: ReadonlySet<string> = new Set(['newline', 'redirection', 'word'])

function posixWords(fault: SyntaxFault, dash: boolean): string {
  const error = dash ? 'Syntax error' : 'syntax error'
  if (fault.words !== undefined) return `${error}: ${fault.words}`
  if (fault.lookingFor === '"' || fault.lookingFor === "'")
    return `${error}: ${dash ? 'Unterminated' : 'unterminated'} quoted string`
  const due = fault.lookingFor === ')' ? ')' : fault.expecting === 'esac' ? ';;' : fault.expecting
  const expecting = due === undefined ? '' : ` (expecting "${due}")`
  if (fault.token === undefined)
    return `${error}: ${dash ? 'end of file unexpected' : 'unexpected end of file'}${expecting}`
  const shown = bareTokens.has(fault.token) ? fault.token : `"${fault.token}"`
  return dash ? `${error}: ${shown} unexpected` : `${error}: unexpected ${shown}`
}
