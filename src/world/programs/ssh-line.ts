// The command line of ssh(1).

import type { Process } from '../../kernel/process.ts'
import { terminalOf } from '../../kernel/tty.ts'

export interface SshLine {
  readonly host: string
  readonly user: string | undefined
  readonly port: number
  /** `usual`: without a command; `whenever`: also with one, if standard input is a terminal. */
  readonly terminal: 'usual' | 'whenever' | 'always' | 'never'
  readonly quiet: boolean
  /** Seconds to wait for the connection. */
  readonly timeout: number | undefined
  readonly command: string | undefined
}

const usage = `usage: ssh [-46AaCfGgKkMNnqsTtVvXxYy] [-B bind_interface]
           [-b bind_address] [-c cipher_spec] [-D [bind_address:]port]
           [-E log_file] [-e escape_char] [-F configfile] [-I pkcs11]
           [-i identity_file] [-J [user@]host[:port]] [-L address]
           [-l login_name] [-m mac_spec] [-O ctl_cmd] [-o option] [-p port]
           [-Q query_option] [-R address] [-S ctl_path] [-W host:port]
           [-w local_tun[:remote_tun]] destination [command [argument ...]]`

/** Options with a value; those of `refused` ask for what is not simulated. */
const valued = 'BbcDEeFIiJLlmOopQRSWw'
const refused = 'DGJLMNORSWwfNs'
/** Options that change nothing here: ciphers, compression, agents, X11, key files. */
const kept = '46AaCgKkvXxYyBbceEFImin'

type Writable = { -readonly [Key in keyof SshLine]: SshLine[Key] }

/** Reads the words of the process; a number is the exit status of a line that is wrong. */
export function readSshLine(proc: Process): SshLine | number {
  const line: Writable = {
    host: '',
    user: undefined,
    port: 22,
    terminal: 'usual',
    quiet: false,
    timeout: undefined,
    command: undefined,
  }
  const words = proc.argv.slice(1)
  let destination: string | undefined
  while (words.length > 0) {
    const word = words.shift() ?? ''
    if (word === '--' || !word.startsWith('-') || word === '-') {
      if (destination !== undefined) {
        words.unshift(word)
        break
      }
      destination = word === '--' ? words.shift() : word
      continue
    }
    const status = readOptions(proc, word.slice(1), words, line)
    if (status !== undefined) return status
  }
  if (destination === undefined) return proc.fail(usage, 255)
  takeDestination(destination, line)
  if (words[0] === '--') words.shift()
  if (words.length > 0) line.command = words.join(' ')
  return line
}

/** `[user@]host`, or `ssh://[user@]host[:port]`. */
function takeDestination(destination: string, line: Writable): void {
  const isUri = destination.startsWith('ssh://')
  const rest = isUri ? destination.slice(6) : destination
  const at = rest.lastIndexOf('@')
  if (at >= 0) line.user = rest.slice(0, at)
  line.host = rest.slice(at + 1)
  const port = isUri ? /:(\d+)$/.exec(line.host) : undefined
  if (!port) return
  line.host = line.host.slice(0, port.index)
  line.port = Number(port[1])
}

function readOptions(proc: Process, letters: string, words: string[], line: Writable): number | undefined {
  for (let at = 0; at < letters.length; at++) {
    const letter = letters[at] ?? ''
    if (letter === 'V') return proc.fail('OpenSSH_9.2p1 Debian-2+deb12u6, OpenSSL 3.0.19 27 Jan 2026', 0)
    if (refused.includes(letter)) return proc.fail(`docksim does not simulate ssh -${letter}`, 255)
    if (letter === 't') line.terminal = 'always'
    else if (letter === 'T') line.terminal = 'never'
    else if (letter === 'q') line.quiet = true
    else if (!valued.includes(letter) && !kept.includes(letter))
      return proc.fail(`unknown option -- ${letter}\n${usage}`, 255)
    if (!valued.includes(letter)) continue
    const value = letters.slice(at + 1) || words.shift()
    if (value === undefined) return proc.fail(`option requires an argument -- ${letter}\n${usage}`, 255)
    return takeValue(proc, letter, value, line)
  }
  return undefined
}

function takeValue(proc: Process, letter: string, value: string, line: Writable): number | undefined {
  if (letter === 'l') line.user = value
  else if (letter === 'p') {
    line.port = Number(value)
    if (!/^\d+$/.test(value) || line.port < 1 || line.port > 65_535)
      return proc.fail(`Bad port '${value}'`, 255)
  } else if (letter === 'o') {
    const [name = '', setting = ''] = value.split(/\s*=\s*|\s+/)
    const key = name.toLowerCase()
    if (key === 'connecttimeout') line.timeout = Number(setting)
    else if (key === 'loglevel') line.quiet = /^(?:quiet|fatal|error)$/i.test(setting)
    else if (key === 'user') line.user = setting
    else if (key === 'port') line.port = Number(setting)
    else if (key === 'requesttty') line.terminal = setting === 'no' ? 'never' : 'always'
  }
  return undefined
}

/** Whether the session is to have a terminal: without a command, or when asked for. */
export const isInput = (proc: Process, { terminal, command }: SshLine): boolean =>
  terminalOf(proc.files.get(0)) !== undefined &&
  (terminal === 'always' || terminal === 'whenever' || (terminal === 'usual' && command === undefined))
