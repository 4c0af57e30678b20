// The command line of colima (cmd/root/root.go and cmd/*.go of abiosoft/colima).

import type { Process } from '../../kernel/process.ts'
import { fatal, type Log } from './colima-log.ts'

export interface ColimaLine {
  readonly verb: 'start' | 'stop' | 'restart' | 'delete' | 'status' | 'list' | 'ssh' | 'version' | 'help'
  /** `default`, or the profile's name. */
  readonly profile: string
  readonly force: boolean
  readonly extended: boolean
  readonly cpus: number | undefined
  readonly memory: number | undefined
  readonly disk: number | undefined
  /** What comes behind the flags: a command for `ssh`. */
  readonly words: readonly string[]
}

/** As the machine is called: `colima`, or `colima-NAME` for a profile. */
export const instanceName = (profile: string): string =>
  profile === 'default' ? 'colima' : `colima-${profile}`

/** As messages call it. */
export const displayName = (profile: string): string =>
  profile === 'default' ? 'colima' : `colima [profile=${profile}]`

const verbs: Readonly<Record<string, ColimaLine['verb']>> = {
  start: 'start',
  stop: 'stop',
  restart: 'restart',
  delete: 'delete',
  status: 'status',
  list: 'list',
  ls: 'list',
  ssh: 'ssh',
  exec: 'ssh',
  x: 'ssh',
  version: 'version',
  help: 'help',
}

type Writable = { -readonly [Key in keyof ColimaLine]: ColimaLine[Key] }

/** Reads the words of the process; a number is the exit status of a line that is wrong. */
export function readColimaLine(proc: Process, log: Log): ColimaLine | number {
  const line: Writable = {
    verb: 'help',
    profile: 'default',
    force: false,
    extended: false,
    cpus: undefined,
    memory: undefined,
    disk: undefined,
    words: [],
  }
  const words = [...proc.argv.slice(1)]
  const plain: string[] = []
  let verb: string | undefined
  for (let word = words.shift(); word !== undefined; word = words.shift()) {
    if (word === '--') {
      plain.push(...words.splice(0))
    } else if (word.startsWith('-') && word !== '-') {
      const status = readFlag(log, word, words, line, verb)
      if (status !== undefined) return status
    } else if (verb === undefined) verb = word
    else plain.push(word)
  }
  if (verb === undefined) return line
  const known = verbs[verb]
  if (!known) return unknownVerb(proc, log, verb)
  if (line.verb !== 'help' || !line.words.includes('--help')) line.verb = known
  return withWords(log, line, plain)
}

/** All verbs but `ssh` may be told the profile by its bare name. */
function withWords(log: Log, line: Writable, plain: readonly string[]): ColimaLine | number {
  if (line.verb === 'ssh') line.words = plain
  else if (line.verb === 'list' || line.verb === 'version') {
    if (plain.length > 0) return fatal(log, `unknown command "${plain[0]}" for "colima ${line.verb}"`)
  } else if (plain.length > 1) return fatal(log, `accepts at most 1 arg(s), received ${plain.length}`)
  else if (plain[0] !== undefined) line.profile = profileOf(plain[0])
  return line
}

const profileOf = (name: string): string =>
  name === '' || name === 'colima' || name === 'default' ? 'default' : name.replace(/^colima-/, '')

const withValue =
  /^(?:--(?:profile|cpus?|memory|disk|runtime|arch|dns|mount|vm-type|mount-type|hostname)|-[pcmdranV])$/

function readFlag(
  log: Log,
  word: string,
  words: string[],
  line: Writable,
  verb: string | undefined,
): number | undefined {
  const [, name = word, joined] = /^(--[^=]+)=(.*)$/s.exec(word) ?? []
  if (withValue.test(name)) {
    const value = joined ?? words.shift()
    if (value === undefined) return fatal(log, `flag needs an argument: ${name}`)
    return takeValue(log, name, value, line)
  }
  if (name === '--force' || name === '-f') line.force = true
  else if (name === '--extended' || name === '-e') line.extended = true
  else if (name === '--help' || name === '-h') line.words = ['--help']
  else if (name === '--version') return fatal(log, 'unknown flag: --version')
  else if (
    name === '--kubernetes' ||
    name === '-k' ||
    name === '--edit' ||
    name === '--json' ||
    name === '-j'
  )
    return fatal(log, `docksim does not simulate colima ${verb ?? ''} ${name}`.replace('  ', ' '))
  else if (
    !/^(?:--(?:verbose|very-verbose|activate|ssh-config|layer|data|network-address)|-[vsl])$/.test(name)
  )
    return fatal(
      log,
      name.startsWith('--') ? `unknown flag: ${name}` : `unknown shorthand flag: '${name[1]}' in ${name}`,
    )
  return undefined
}

function takeValue(log: Log, name: string, value: string, line: Writable): number | undefined {
  if (name === '--profile' || name === '-p') line.profile = profileOf(value)
  const number = Number(value)
  const wanted = {
    '--cpu': 'cpus',
    '--cpus': 'cpus',
    '-c': 'cpus',
    '--memory': 'memory',
    '-m': 'memory',
    '--disk': 'disk',
    '-d': 'disk',
  }[name]
  if (wanted !== undefined && !(number > 0))
    return fatal(
      log,
      `invalid argument "${value}" for "${name}" flag: strconv.ParseInt: parsing "${value}": invalid syntax`,
    )
  if (wanted === 'cpus' || wanted === 'memory' || wanted === 'disk') line[wanted] = number
  if ((name === '--runtime' || name === '-r') && value !== 'docker')
    return fatal(log, `docksim does not simulate the runtime ${value}`)
  return undefined
}

function unknownVerb(proc: Process, log: Log, verb: string): number {
  proc.printError(`Error: unknown command "${verb}" for "colima"\nRun 'colima --help' for usage.`)
  return fatal(log, `unknown command "${verb}" for "colima"`)
}
