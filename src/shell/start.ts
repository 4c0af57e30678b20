// Starting a shell: its state, its variables, the files it reads first.

import { isErrno, strerror } from '../base/errno.ts'
import { exists, locate } from '../kernel/fs/lookup.ts'
import { readTextIfAny } from '../kernel/fs/read.ts'
import { openFile } from '../kernel/open.ts'
import type { Process } from '../kernel/process.ts'
import { terminalOf } from '../kernel/tty.ts'
import { userById } from '../kernel/users.ts'
import type { Dialect } from './dialect.ts'
import type { Invocation } from './invocation.ts'
import type { ScriptInput, ShellState } from './state.ts'
import { assign, declare, setAttribute, textOf } from './variables.ts'
import { baseName } from './words.ts'

/** A new shell. Throws Errno if its script cannot be opened. */
export function createShell(proc: Process, dialect: Dialect, invocation: Invocation): ShellState {
  const input = inputOf(proc, dialect, invocation)
  const shell: ShellState = {
    proc,
    dialect,
    name: invocation.name,
    positional: [...invocation.positional],
    globals: new Map(),
    scopes: [],
    functions: new Map(),
    functionMarks: new Map(),
    aliases: new Map(),
    options: new Set(dialect.name === 'bash' ? ['braceexpand', 'hashall'] : []),
    shopts: new Set(initialShopts),
    traps: new Map(),
    pendingTraps: [],
    jobs: [],
    frames: [],
    position: { text: '', firstLine: 1, offset: 0, file: input.file },
    lastStatus: 0,
    pipeStatus: [0],
    lastBackground: undefined,
    endedChildren: new Map(),
    lastArgument: proc.env('_') || (proc.argv[0] ?? ''),
    ...counters,
    randomSeed: undefined,
    randomStream: undefined,
    input,
    atPrompt: false,
    prompted: false,
    interactive: invocation.interactive,
    jobControl: false,
    login: invocation.login,
    startedBy: invocation.command !== undefined ? 'c' : invocation.fromInput ? 's' : '',
    history: [],
    historyDropped: 0,
    remembered: false,
    directoryStack: [],
    hash: new Map(),
    substitutionStatus: undefined,
    substitutionFiles: [],
    strays: [],
    inErrTrap: false,
    inDebugTrap: false,
    command: '',
    disabled: new Set(),
    limits: new Map(),
    interrupted: false,
    privateFiles: new Set(input.descriptor > 0 ? [input.descriptor] : []),
    warnedOfJobs: false,
  }
  applyInvocation(shell, invocation)
  initialVariables(shell)
  if (shell.interactive) becomeInteractive(shell)
  return shell
}

const counters = {
  loopDepth: 0,
  functionDepth: 0,
  testedDepth: 0,
  subshellDepth: 0,
  nesting: 0,
  fuel: 0,
  evalDepth: 1,
  getoptsOffset: 0,
  secondsOffset: 0,
}

function applyInvocation(shell: ShellState, invocation: Invocation): void {
  if (shell.dialect.name === 'bash' && invocation.command !== undefined)
    declare(shell, 'BASH_EXECUTION_STRING', 'global').text = invocation.command
  for (const [name, on] of invocation.options) if (on) shell.options.add(name)
  for (const [name, on] of invocation.options) if (!on) shell.options.delete(name)
  for (const [name, on] of invocation.shopts) if (on) shell.shopts.add(name)
}

const initialShopts = [
  'checkwinsize',
  'cmdhist',
  'complete_fullquote',
  'extquote',
  'force_fignore',
  'globasciiranges',
  'globskipdots',
  'hostcomplete',
  'interactive_comments',
  'patsub_replacement',
  'progcomp',
  'promptvars',
  'sourcepath',
]

/** busybox counts the lines of `-c` from 0. */
const firstLineOf = (dialect: Dialect, invocation: Invocation): number =>
  dialect.name === 'ash' && invocation.command !== undefined ? 0 : 1

function inputOf(proc: Process, dialect: Dialect, invocation: Invocation): ScriptInput {
  const { command, file } = invocation
  const common = { ended: false, partial: '', line: firstLineOf(dialect, invocation) }
  if (command !== undefined)
    return {
      kind: 'text',
      descriptor: -1,
      buffer: command.endsWith('\n') ? command : `${command}\n`,
      file: undefined,
      ...common,
    }
  if (file === undefined) return { kind: 'descriptor', descriptor: 0, buffer: '', file: undefined, ...common }
  const opened = openFile(proc, scriptPath(proc, file), 'r')
  return { kind: 'descriptor', descriptor: proc.attach(opened, 255), buffer: '', file, ...common }
}

/** A script without a slash that is not in the directory is looked for in PATH. */
function scriptPath(proc: Process, file: string): string {
  if (file.includes('/') || exists(proc, file)) return file
  for (const directory of proc.env('PATH').split(':'))
    if (exists(proc, `${directory}/${file}`)) return `${directory}/${file}`
  return file
}

function initialVariables(shell: ShellState): void {
  const { proc } = shell
  for (const [name, value] of proc.environment) {
    if (shell.dialect.name === 'bash') importFunction(shell, name, value)
    if (!/^[A-Za-z_]\w*$/.test(name)) continue
    const variable = declare(shell, name, 'global')
    variable.text = value
    variable.attributes.add('exported')
  }
  setDefault(shell, 'IFS', ' \t\n')
  declare(shell, 'IFS', 'global').text = ' \t\n'
  setDefault(shell, 'OPTIND', '1')
  declare(shell, 'OPTIND', 'global').text = '1'
  if (shell.interactive || shell.dialect.name !== 'bash') setDefault(shell, 'PS2', '> ')
  setDefault(shell, 'PS4', '+ ')
  declare(shell, 'PWD', 'global').text = initialDirectory(shell)
  if (shell.dialect.name !== 'bash') return posixVariables(shell)
  setDefault(shell, 'PATH', '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin')
  setAttribute(shell, 'PWD', declare(shell, 'PWD', 'global'), 'exported')
  const level = Number(textOf(shell, 'SHLVL') ?? 0) || 0
  assign(shell, 'SHLVL', String(shell.startedBy === 'c' && level > 0 ? level + 1 : level + 1))
  setAttribute(shell, 'SHLVL', declare(shell, 'SHLVL', 'global'), 'exported')
  setDefault(shell, 'SHELL', userById(proc, proc.credentials.uid)?.shell || '/bin/sh')
  setDefault(shell, 'HOSTNAME', proc.namespaces.uts.hostname)
  setDefault(shell, 'TERM', 'dumb')
  for (const [name, value] of Object.entries(bashConstants)) setDefault(shell, name, value)
  for (const [name, value] of [
    ['UID', String(proc.credentials.uid)],
    ['EUID', String(proc.credentials.uid)],
    ['PPID', String(parentPid(proc))],
  ] as const) {
    const variable = declare(shell, name, 'global')
    variable.text = value
    variable.attributes = new Set(['integer', 'readonly'])
  }
  const versions = declare(shell, 'BASH_VERSINFO', 'global')
  versions.kind = 'indexed'
  versions.elements = new Map(
    ['5', '2', '15', '1', 'release', 'x86_64-pc-linux-gnu'].map((part, index) => [index, part]),
  )
  versions.attributes.add('readonly')
}

const bashConstants = {
  BASH: '/bin/bash',
  BASH_VERSION: '5.2.15(1)-release',
  HOSTTYPE: 'x86_64',
  MACHTYPE: 'x86_64-pc-linux-gnu',
  OSTYPE: 'linux-gnu',
  OPTERR: '1',
}

const parentPid = (proc: Process): number => {
  const { parent } = proc
  return parent && parent.namespaces.pids === proc.namespaces.pids ? parent.innerPid() : 0
}

function posixVariables(shell: ShellState): void {
  setDefault(shell, 'PPID', String(parentPid(shell.proc)))
  setDefault(shell, 'PATH', '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin')
  if (shell.dialect.name === 'ash') {
    setDefault(shell, 'HOSTNAME', shell.proc.namespaces.uts.hostname)
    if (shell.globals.get('PWD')) setAttribute(shell, 'PWD', declare(shell, 'PWD', 'global'), 'exported')
  }
}

/** A function that the parent has exported (bash variables.c, initialize_shell_variables). */
function importFunction(shell: ShellState, name: string, value: string): void {
  const called = /^BASH_FUNC_(.+)%%$/.exec(name)?.[1]
  if (called === undefined || !value.startsWith('() {')) return
  shell.functions.set(called, {
    name: called,
    source: `${called} ${value}`,
    firstLine: 0,
    file: 'environment',
  })
  shell.functionMarks.set(called, new Set(['exported']))
}

function setDefault(shell: ShellState, name: string, value: string): void {
  const variable = declare(shell, name, 'global')
  variable.text ??= value
}

/** PWD of the environment if it is the directory, else the path without symbolic links. */
function initialDirectory(shell: ShellState): string {
  const { proc } = shell
  const given = proc.env('PWD')
  try {
    if (given.startsWith('/') && locate(proc, given).path === locate(proc, proc.directory).path) return given
  } catch (cause) {
    if (!isErrno(cause)) throw cause
  }
  return proc.directory
}

function becomeInteractive(shell: ShellState): void {
  const { proc } = shell
  if (shell.dialect.name === 'bash') {
    shell.options.add('histexpand')
    shell.options.add('history')
  }
  shell.shopts.add('expand_aliases')
  proc.catches.add('INT')
  for (const signal of ['TERM', 'QUIT', 'TSTP', 'TTIN', 'TTOU'] as const) proc.ignores.add(signal)
  setDefault(shell, 'PS1', shell.dialect.defaultPrompt)
  const terminal = terminalOf(proc.files.get(0))
  if (!terminal) return
  shell.jobControl = true
  shell.options.add('monitor')
  proc.group = proc.pid
  proc.terminal = terminal
  terminal.foregroundGroup = proc.group
}

/** The files that such a shell reads before its first command (bash(1) INVOCATION; ash reads $ENV). */
export function startupFiles(shell: ShellState, invocation: Invocation): string[] {
  const home = textOf(shell, 'HOME') ?? '/'
  const files: string[] = []
  if (shell.login && !invocation.noProfile) {
    files.push('/etc/profile')
    const own = shell.dialect.name === 'bash' ? ['.bash_profile', '.bash_login', '.profile'] : ['.profile']
    const found = own.map((name) => `${home}/${name}`).find((path) => exists(shell.proc, path))
    if (found) files.push(found)
  }
  if (!shell.interactive || invocation.noRc) return files
  const posix = shell.dialect.name !== 'bash' || baseName(shell.proc.argv[0] ?? '').replace('-', '') === 'sh'
  if (!posix && !shell.login) files.push('/etc/bash.bashrc', `${home}/.bashrc`)
  const env = textOf(shell, 'ENV')
  if (posix && env) files.push(env)
  return files.filter((path) => exists(shell.proc, path))
}

export const readStartupFile = (shell: ShellState, path: string): string => readTextIfAny(shell.proc, path)

/** Why a script could not be opened, and the status (bash shell.c open_shell_script). */
export function cannotOpen(dialect: Dialect, self: string, file: string, cause: unknown): [string, number] {
  if (!isErrno(cause)) throw cause
  const status = cause.code === 'ENOENT' ? 127 : 126
  if (dialect.name === 'bash') return [`${baseName(self)}: ${file}: ${strerror(cause.code)}`, status]
  if (dialect.name === 'dash') return [`${self}: 0: cannot open ${file}: No such file`, 2]
  return [`${self}: can't open '${file}': ${strerror(cause.code)}`, 2]
}
