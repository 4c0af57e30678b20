// Declarations of docker's verbs and nouns. A declaration is the help text, the parser and the types at once;
// it knows neither how help is laid out nor how a line is read.

import type { Dated, Release } from '../base/release.ts'
import type { Task } from '../base/scheduler.ts'
import type { Arity, Operands } from './arity.ts'
import type { Context } from './context.ts'
import type { Class, Flag } from './flags/flag.ts'

export type FlagTable = Readonly<Record<string, Flag<unknown>>>

/** The values of a command's flags, under the names of its table. */
export type Values<Flags extends FlagTable> = {
  readonly [name in keyof Flags]: Flags[name] extends Flag<infer Value> ? Value : never
}

/** What a run ends with: its exit status (none is 0), now or after waiting. */
// biome-ignore lint/suspicious/noConfusingVoidType: a plain function that returns nothing is a run
export type Outcome = number | void | Task<number | void>

interface Words {
  /** Name and operands: `connect [OPTIONS] NETWORK CONTAINER`. */
  readonly use: Dated<string>
  readonly short: Dated<string>
  /** What help says instead of `short`. */
  readonly long?: Dated<string>
  readonly example?: Dated<string>
  readonly aliases?: Dated<readonly string[]>
  /** The other full spellings, for releases that list them so. */
  readonly spellings?: Dated<string>
  readonly since?: Release
  /** The first release without it. */
  readonly until?: Release
  readonly hidden?: Dated<boolean>
  readonly experimental?: boolean
  /** Help marks it with `*`: it comes with a plugin of the client. */
  readonly plugin?: boolean
  readonly class?: Class
  /** False for what the client does alone. */
  readonly needsDaemon?: boolean
  /** What is said on standard error before anything else. @throws StatusError */
  warning?(context: Context): string | undefined
}

export interface Command extends Words {
  readonly verb: true
  readonly args: Arity
  readonly flags: FlagTable
  /** False where all that follows the first operand belongs to another program. */
  readonly interspersed: boolean
  /** Exit status of its own failures. */
  readonly failure: number
  /** The verb under a noun that this one is a shorter way to. */
  readonly shortcutOf?: Command
  run?(context: Context, operands: readonly string[], flags: FlagValues, given: ReadonlySet<string>): Outcome
}

export type FlagValues = Readonly<Record<string, unknown>>

export interface CommandDeclaration<Taken extends Operands, Flags extends FlagTable> extends Words {
  readonly args: Arity<Taken>
  readonly flags: Flags
  readonly interspersed?: boolean
  readonly failure?: number
  /** Runs the command. `given` has the keys of the flags that the line gave (pflag's Changed). */
  run?(context: Context, operands: Taken, flags: Values<Flags>, given: ReadonlySet<string>): Outcome
}

/** A verb. */
export function command<const Taken extends Operands, const Flags extends FlagTable>(
  declaration: CommandDeclaration<Taken, Flags>,
): Command {
  return { interspersed: true, failure: 1, ...declaration, verb: true } as unknown as Command
}

/** A noun: the verbs under it, by name. */
export interface Group extends Words {
  readonly verb: false
  readonly commands: readonly (Command | Group)[]
  readonly flags: FlagTable
  /** The verbs that some releases list first, in that order. */
  readonly common?: readonly string[]
  /** True where only a daemon with experimental features will do; ours has none. */
  readonly experimentalDaemon?: boolean
  /** True where its help, asked by no verb at all, has an empty line before it in every release. */
  readonly leadsWithBlank?: boolean
  /** How top-level help lists it. */
  readonly section: 'management' | 'swarm'
}

export interface GroupDeclaration extends Words {
  readonly commands: readonly (Command | Group)[]
  readonly flags?: FlagTable
  readonly common?: readonly string[]
  readonly section?: Group['section']
  readonly experimentalDaemon?: boolean
  readonly leadsWithBlank?: boolean
}

export function group(declaration: GroupDeclaration): Group {
  return { section: 'management', flags: {}, ...declaration, verb: false }
}

/** `verb` as docker's own child, as in `docker ps`: under another name if need be, and without aliases. */
export function shortcut(verb: Command, name?: string): Command {
  const { aliases: _, ...words } = verb
  const rest = { ...words, shortcutOf: verb }
  return name === undefined ? rest : { ...rest, use: renamed(verb.use, name) }
}

function renamed(use: Dated<string>, name: string): Dated<string> {
  const rename = (text: string): string => text.replace(/^\S+/, name)
  if (typeof use === 'string') return rename(use)
  return Object.fromEntries(Object.entries(use).map(([since, text]) => [since, rename(text)]))
}
