// The state of one shell: everything it needs to go on from its next command. Plain records; what happens to them
// stands in the files around. A sub-shell begins with a copy.

import type { Stream } from '../base/random.ts'
import type { Process } from '../kernel/process.ts'
import type { Signal } from '../kernel/signal.ts'
import type { Dialect } from './dialect.ts'

export type Attribute =
  | 'exported'
  | 'readonly'
  | 'integer'
  | 'lower'
  | 'upper'
  | 'capital'
  | 'reference'
  | 'trace'

export interface Variable {
  kind: 'scalar' | 'indexed' | 'associative'
  /** A scalar's value; undefined if it is declared but unset. */
  text: string | undefined
  /** An array's elements by index or key. */
  elements: Map<number | string, string> | undefined
  attributes: Set<Attribute>
}

export type Scope = Map<string, Variable>

export interface FunctionDefinition {
  readonly name: string
  /** `f() { …; }` as it was written; parsed again when it is first called, so that the state is text. */
  readonly source: string
  readonly firstLine: number
  /** The file it was read from. */
  readonly file: string | undefined
}

/** What is being executed: a text, the line of its file at which it begins, and the offset reached in it. */
export interface Position {
  text: string
  firstLine: number
  offset: number
  file: string | undefined
}

/** A call of a function, or a sourced file. */
export interface Frame {
  readonly name: string
  readonly file: string
  readonly calledAtLine: number
}

export interface JobProcess {
  readonly process: Process
  /** As the shell's PID namespace counts. */
  readonly pid: number
  /** Known once it has ended and been reaped. */
  status: number | undefined
  signal: Signal | undefined
}

export interface Job {
  readonly number: number
  readonly group: number
  readonly processes: JobProcess[]
  readonly command: string
  /** What the user was told last. */
  reported: JobState
  /** Its own process group? */
  readonly controlled: boolean
}

export type JobState = 'Running' | 'Stopped' | 'Done'

/** A soft and a hard limit; Infinity for none. */
export interface Limit {
  readonly soft: number
  readonly hard: number
}

/** Where commands are read from. */
export interface ScriptInput {
  readonly kind: 'text' | 'descriptor'
  readonly descriptor: number
  /** Read but not yet used: text if `kind` is text, undecoded bytes else. */
  buffer: string
  ended: boolean
  /** The lines of a command that is not complete yet. */
  partial: string
  /** The number of the next line. */
  line: number
  file: string | undefined
}

export interface ShellState {
  proc: Process
  readonly dialect: Dialect
  /** `$0` */
  name: string
  positional: string[]
  readonly globals: Scope
  scopes: Scope[]
  readonly functions: Map<string, FunctionDefinition>
  /** `export -f`, `readonly -f`, `declare -ft`. */
  readonly functionMarks: Map<string, ReadonlySet<Attribute>>
  readonly aliases: Map<string, string>
  /** Options of `set -o`, by their long names. */
  readonly options: Set<string>
  /** Options of `shopt`. */
  readonly shopts: Set<string>
  /** Commands by `EXIT`, `ERR`, `DEBUG`, `RETURN` or a signal's name. */
  readonly traps: Map<string, string>
  pendingTraps: Signal[]
  jobs: Job[]
  frames: Frame[]
  position: Position
  lastStatus: number
  pipeStatus: number[]
  /** `$!`, and the ends of background processes that `wait` may ask for. */
  lastBackground: number | undefined
  endedChildren: Map<number, number>
  lastArgument: string
  loopDepth: number
  functionDepth: number
  /** Above zero where a failing command is being tested (`if`, `&&`, `!`): `set -e` and ERR look away. */
  testedDepth: number
  subshellDepth: number
  /** Commands within commands that are being executed. */
  nesting: number
  randomSeed: number | undefined
  randomStream: Stream | undefined
  secondsOffset: number
  input: ScriptInput
  /** True while it waits for its next command; then it may start again from this record. */
  atPrompt: boolean
  /** The prompt for the next line is on the terminal already. */
  prompted: boolean
  interactive: boolean
  /** Job control: each pipeline in a process group of its own. */
  jobControl: boolean
  readonly login: boolean
  /** What `$-` shows for the way it was started: `c` or `s`. */
  readonly startedBy: '' | 'c' | 's'
  history: string[]
  /** How many of its lines have been dropped from the front. */
  historyDropped: number
  /** The command being executed is the last line of the history. */
  remembered: boolean
  directoryStack: string[]
  /** Remembered paths of commands, with how often they were used. */
  readonly hash: Map<string, { path: string; hits: number }>
  /** How far `getopts` has read into a cluster such as `-ab`. */
  getoptsOffset: number
  /** Commands executed since the last time the shell let time pass. */
  fuel: number
  /** The status of the last command substitution of the command being expanded. */
  substitutionStatus: number | undefined
  /** Descriptors of process substitutions, open until the command is done. */
  substitutionFiles: number[]
  /** Children that nobody waits for. */
  strays: Process[]
  inErrTrap: boolean
  inDebugTrap: boolean
  /** `$BASH_COMMAND`: the command that is being executed, as it is shown. */
  command: string
  /** Builtins that `enable -n` has taken away. */
  readonly disabled: Set<string>
  /** What `ulimit` has set, by letter; undefined: unlimited. */
  readonly limits: Map<string, Limit>
  /** Command substitutions around what runs; a trace shows them. */
  evalDepth: number
  /** ^C came while a child was waited for. */
  interrupted: boolean
  /** Descriptors that children do not get. */
  readonly privateFiles: Set<number>
  /** `exit` was refused once because of stopped jobs. */
  warnedOfJobs: boolean
}

/** The copy that a sub-shell, run by `proc`, begins with: jobs and traps are not its own (bash(1), COMMAND EXECUTION ENVIRONMENT). */
export function copyForSubshell(shell: ShellState, proc: Process): ShellState {
  return {
    ...shell,
    proc,
    positional: [...shell.positional],
    globals: copyScope(shell.globals),
    scopes: shell.scopes.map(copyScope),
    functions: new Map(shell.functions),
    functionMarks: new Map(shell.functionMarks),
    aliases: new Map(shell.aliases),
    options: new Set(shell.options),
    shopts: new Set(shell.shopts),
    traps: inheritedTraps(shell),
    disabled: new Set(shell.disabled),
    limits: new Map(shell.limits),
    pendingTraps: [],
    jobs: [],
    frames: [...shell.frames],
    position: { ...shell.position },
    pipeStatus: [...shell.pipeStatus],
    endedChildren: new Map(),
    subshellDepth: shell.subshellDepth + 1,
    nesting: 0,
    interactive: false,
    jobControl: false,
    atPrompt: false,
    directoryStack: [...shell.directoryStack],
    hash: new Map(shell.hash),
    history: [...shell.history],
    substitutionFiles: [],
    strays: [],
    privateFiles: new Set(),
  }
}

export function copyScope(scope: Scope): Scope {
  const copy: Scope = new Map()
  for (const [name, variable] of scope) copy.set(name, copyVariable(variable))
  return copy
}

export const copyVariable = (variable: Variable): Variable => ({
  kind: variable.kind,
  text: variable.text,
  elements: variable.elements && new Map(variable.elements),
  attributes: new Set(variable.attributes),
})

/** What is ignored stays so; with `set -E` and `set -T` the shell's own conditions are inherited too. */
const inheritedTraps = (shell: ShellState): Map<string, string> =>
  new Map(
    [...shell.traps].filter(
      ([condition, command]) =>
        command === '' ||
        (condition === 'ERR' && shell.options.has('errtrace')) ||
        ((condition === 'DEBUG' || condition === 'RETURN') && shell.options.has('functrace')),
    ),
  )

/** The shell that `process` runs, or undefined if it runs none. */
export function shellOf(process: Process): ShellState | undefined {
  const memory = process.memory as Partial<ShellState> | undefined
  return memory?.dialect && memory.globals ? (memory as ShellState) : undefined
}

/** `$?` of the shell that `process` runs; the status of its end once it has ended. */
export function lastStatusOf(process: Process): number {
  return process.state === 'zombie' ? process.status : (shellOf(process)?.lastStatus ?? 0)
}
