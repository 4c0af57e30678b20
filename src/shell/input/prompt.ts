// Prompts: the escapes of bash's PS1 (bash(1) PROMPTING) and of busybox's, which are a part of them.

import { datePartsOf, dayNames, digits, monthNames } from '../../base/calendar.ts'
import { nameOfUser } from '../../kernel/users.ts'
import type { ShellState } from '../state.ts'
import { textOf } from '../variables.ts'
import { baseName } from '../words.ts'

/** The text of a prompt, its escapes replaced; `$` expansions are the caller's. */
export const expandPrompt = (shell: ShellState, text: string): string =>
  text.replace(/\\([0-7]{3}|D\{([^}]*)\}|.)/gs, (whole, code: string) => promptEscape(shell, code, whole))

function promptEscape(shell: ShellState, code: string, whole: string): string {
  if (/^[0-7]{3}$/.test(code)) return String.fromCharCode(Number.parseInt(code, 8) & 0xff)
  const { proc } = shell
  switch (code[0]) {
    case 'u':
      return nameOfUser(proc, proc.credentials.uid)
    case 'h':
      return proc.namespaces.uts.hostname.split('.')[0] ?? ''
    case 'H':
      return proc.namespaces.uts.hostname
    case 'w':
      return abbreviated(shell)
    case 'W': {
      const shown = abbreviated(shell)
      return shown === '/' || shown === '~' ? shown : baseName(shown)
    }
    case '$':
      return proc.credentials.uid === 0 ? '#' : '$'
    case 's':
      return baseName(shell.name)
    case 'v':
      return '5.2'
    case 'V':
      return '5.2.15'
    case 'j':
      return String(shell.jobs.length)
    case '!':
    case '#':
      return String(shell.history.length + 1)
    case 'l':
      return baseName(proc.terminal?.name ?? 'tty')
    case '[':
    case ']':
      return ''
    default:
      return plainEscapes[code[0] ?? ''] ?? timeEscape(shell, code[0] ?? '') ?? whole
  }
}

const plainEscapes: Readonly<Record<string, string>> = {
  n: '\n',
  r: '\r',
  a: '\x07',
  e: '\x1b',
  '\\': '\\',
}

function timeEscape(shell: ShellState, letter: string): string | undefined {
  const now = datePartsOf(shell.proc.moment(), shell.proc.machine.calendar.zoneMinutes)
  const hour12 = digits(now.hour % 12 || 12, 2)
  const rest = `${digits(now.minute, 2)}:${digits(now.second, 2)}`
  switch (letter) {
    case 't':
      return `${digits(now.hour, 2)}:${rest}`
    case 'T':
      return `${hour12}:${rest}`
    case 'A':
      return `${digits(now.hour, 2)}:${digits(now.minute, 2)}`
    case '@':
      return `${hour12}:${digits(now.minute, 2)} ${now.hour < 12 ? 'AM' : 'PM'}`
    case 'd':
      return `${dayNames[now.weekday]} ${monthNames[now.month - 1]} ${digits(now.day, 2)}`
    default:
      return undefined
  }
}

/** The working directory, the home directory written `~`. */
function abbreviated(shell: ShellState): string {
  const directory = textOf(shell, 'PWD') ?? shell.proc.directory
  const home = textOf(shell, 'HOME')
  if (!home || home === '/') return directory
  if (directory === home) return '~'
  return directory.startsWith(`${home}/`) ? `~${directory.slice(home.length)}` : directory
}
