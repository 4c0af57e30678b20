// `docker`: finds the verb, reads its flags, runs it, and turns errors into words and exit statuses.
// Knows no verb by itself; the tree of them is `docker.ts`.
// Source: docker/cli cmd/docker/docker.go and cli/cobra.go; spf13/cobra command.go (Traverse, execute).

import { type Dated, inRelease } from '../base/release.ts'
import type { Task } from '../base/scheduler.ts'
import { EngineError, Unsupported } from '../engine/error.ts'
import type { Command, FlagTable, Outcome } from './command.ts'
import { dispatch } from './commander.ts'
import type { Context } from './context.ts'
import { docker, helpCommand } from './docker.ts'
import { daemonRefusal, notSimulated, StatusError, UsageError } from './errors.ts'
import { ValueError } from './flags/strconv.ts'
import { FormatError } from './format/table.ts'
import { checkEndpoint, type Globals, globalsOf, reachDaemon } from './globals.ts'
import { helpText, usageText } from './help.ts'
import { childNamed, type Place, pathText, shortOf, useLine } from './place.ts'
import { ConnectionError } from './reach.ts'
import { FlagError, type Line, scan, spell } from './scanner.ts'
import { columnsOf } from './terminal.ts'
import type { Fault } from './traits.ts'

/** Runs `docker` with `argv`, its own name left out; returns the exit status. */
export function* main(context: Context, argv: readonly string[]): Task<number> {
  let place: Place = { path: ['docker'], entry: docker, release: context.release }
  try {
    const globalLine = read(context, place, argv, docker.flags, false)
    for (const notice of globalLine.notices) context.proc.printError(notice)
    const globals = globalsOf(globalLine)
    context.globals = globals
    if (context.traits.endpointChecked === 'atStart') checkEndpoint(context)
    const found = traverse(context, place, globalLine.operands, globalLine.wantsHelp)
    place = found.place
    const warning = warningOf(context, place)
    if (warning !== undefined) context.proc.printError(warning)
    const outcome = execute(context, place, found.rest, globals)
    return (typeof outcome === 'object' ? yield* outcome : outcome) ?? 0
  } catch (cause) {
    const { text, status } = inWords(context, place, cause)
    if (text !== '') context.proc.printError(text)
    return status
  }
}

/**
 * What a failure says on standard error, and its exit status. `docker run` frames what the daemon refused and
 * what a value of its flags cannot mean; a body that knows better throws StatusError.
 */
function inWords(
  { traits, release }: Context,
  { entry }: Place,
  cause: unknown,
): { text: string; status: number } {
  const failure = entry.verb ? entry.failure : 1
  const framed = (message: string): string =>
    failure === 1 ? message : traits.wording.runError(message, 'create')
  if (cause instanceof StatusError) return { text: cause.message, status: cause.status }
  if (cause instanceof ConnectionError && inRelease(plainlyUnreachable, release))
    return { text: cause.message, status: 1 }
  if (cause instanceof ConnectionError)
    return { text: framed(cause.message), status: failure === 1 ? 1 : cause.runStatus }
  if (cause instanceof FormatError) return { text: cause.message, status: failure }
  if (cause instanceof EngineError)
    return { text: framed(daemonRefusal(cause.message)), status: cause.status ?? failure }
  if (cause instanceof Unsupported) return { text: notSimulated(cause.message), status: failure }
  if (cause instanceof ValueError) return { text: framed(cause.message), status: failure }
  throw cause
}

/** The client reaches for the daemon before `docker run` is under way. */
const plainlyUnreachable: Dated<boolean> = { '19.03': false, '29': true }

interface Rest {
  readonly words: readonly string[]
  /** Whether a noun on the way was given `--help`. */
  readonly help: boolean
}

/**
 * Walks down the nouns as cobra's Traverse does: an unknown flag on the way swallows the next word, and is a
 * mistake that has no usage text if a verb follows.
 */
function traverse(
  context: Context,
  start: Place,
  words: readonly string[],
  help = false,
): { place: Place; rest: Rest } {
  if (start.entry.verb) return { place: start, rest: { words, help } }
  const spellings = spell(start.entry.flags, context.release, '')
  const flags: string[] = []
  for (let index = 0; index < words.length; index++) {
    const word = words[index] ?? ''
    if (word.startsWith('-') && word !== '-') {
      flags.push(word)
      const spelling = word.startsWith('--')
        ? spellings.long.get(word.slice(2))
        : word.length === 2
          ? spellings.short.get(word.slice(1))
          : undefined
      const alone = word.startsWith('--') || word.length === 2
      if (alone && !word.includes('=') && spelling?.flag.kind.implied === undefined) index++
      continue
    }
    const child = childNamed(start, word)
    if (!child) break
    let line: Line
    try {
      line = scan(flags, spellings, true)
    } catch (cause) {
      if (cause instanceof FlagError) throw new UsageError(cause.message, 1)
      throw cause
    }
    return traverse(context, child, words.slice(index + 1), help || line.wantsHelp)
  }
  return { place: start, rest: { words, help } }
}

function execute(context: Context, place: Place, rest: Rest, globals: Globals): Outcome {
  const { entry } = place
  if (needsExperimentalDaemon(place)) return onlyExperimental(context, place, rest)
  const line = read(context, place, rest.words, entry.flags, !entry.verb || entry.interspersed)
  for (const notice of line.notices) context.proc.print(notice)
  if (!entry.verb && typeof entry.class === 'object')
    throw new StatusError(notSimulated(entry.class.thing || pathText(place)))
  if (rest.help || line.wantsHelp) {
    printWhole(context, 'print', help(context, place))
    return 0
  }
  const isRoot = place.path.length === 1
  if (isRoot && (globals.version || globalsOf(line).version)) {
    context.proc.print(context.traits.version)
    return 0
  }
  if (entry.verb) return runVerb(context, place, entry, line)
  const word = line.operands[0]
  if (word !== undefined)
    throw new UsageError(context.traits.wording.unknownCommand(faultOf(context, place), word), 1)
  const lead = entry.leadsWithBlank && context.traits.helpLead === '' ? '\n' : ''
  printWhole(context, 'printError', lead + help(context, place))
  return 0
}

/** As our daemon never has them. Source: docker/cli cmd/docker/docker.go (isSupported). */
const needsExperimentalDaemon = ({ path }: Place): boolean =>
  docker.commands.some((noun) => !noun.verb && noun.experimentalDaemon === true && noun.use === path[1])

/** Refuses, in docker's words; asking for help is no failure. */
function onlyExperimental(context: Context, place: Place, rest: Rest): number {
  const words = `${pathText(place)} is only supported on a Docker daemon with experimental features enabled`
  const asksHelp = rest.help || rest.words.some((word) => word === '--help' || word === '-h')
  if (!asksHelp) throw new StatusError(words)
  context.proc.print(words)
  return 0
}

function warningOf(context: Context, { path, entry, release }: Place): string | undefined {
  const noun = childNamed({ path: ['docker'], entry: docker, release }, path[1] ?? '')?.entry
  return entry.warning?.(context) ?? noun?.warning?.(context)
}

function runVerb(context: Context, place: Place, command: Command, line: Line): Outcome {
  if (command === helpCommand) return explain(context, line.operands)
  const { args } = command
  if (args.form === 'plain' && line.operands.length !== args.least)
    throw new UsageError(`accepts ${args.least} arg(s), received ${line.operands.length}`, 1)
  if (line.operands.length < args.least || line.operands.length > args.most)
    throw new UsageError(context.traits.wording.argumentError(faultOf(context, place), args), 1)
  if (command.needsDaemon !== false) {
    if (context.traits.endpointChecked === 'atUse') checkEndpoint(context)
    reachDaemon(context)
  }
  refuse(place, command, line)
  const given = new Set(line.given.map(({ key }) => key))
  return dispatch(place.path, command, context.release, line, (operands, flags) =>
    command.run?.(context, operands, flags, given),
  )
}

/** @throws StatusError where the verb or a flag of the line is not simulated */
function refuse(place: Place, command: Command, line: Line): void {
  const refusal = (thing: string): StatusError => new StatusError(notSimulated(thing), command.failure)
  if (typeof command.class === 'object') throw refusal(command.class.thing || pathText(place))
  for (const { key } of line.given) {
    const flagClass = command.flags[key]?.options.class
    if (typeof flagClass === 'object') throw refusal(flagClass.thing || `${pathText(place)} --${key}`)
  }
  if (!command.run) throw refusal(pathText(place))
}

/** `docker help network create` */
function explain(context: Context, words: readonly string[]): number {
  let place: Place = { path: ['docker'], entry: docker, release: context.release }
  for (const [index, word] of words.entries()) {
    const child = childNamed(place, word)
    if (!child) throw new UsageError(`unknown help topic: ${words.slice(index).join(' ')}`, 1)
    place = child
  }
  printWhole(context, 'print', help(context, place))
  return 0
}

function read(
  context: Context,
  place: Place,
  words: readonly string[],
  flags: FlagTable,
  interspersed: boolean,
): Line {
  const { traits } = context
  try {
    return scan(words, spell(flags, context.release, traits.helpShorthandNotice), interspersed)
  } catch (cause) {
    if (!(cause instanceof FlagError)) throw cause
    throw new UsageError(traits.wording.flagError(faultOf(context, place), cause.message), 125)
  }
}

const surroundings = ({ traits, proc }: Context) => ({
  traits,
  width: columnsOf(proc) ?? 80,
  home: proc.env('HOME'),
})

const help = (context: Context, place: Place): string => helpText(place, surroundings(context))

const faultOf = (context: Context, place: Place): Fault => ({
  path: pathText(place),
  useLine: useLine(place),
  short: shortOf(place.entry, place.release),
  isRoot: place.path.length === 1,
  isGroup: !place.entry.verb,
  usage: () => usageText(place, surroundings(context)).trimEnd(),
})

/** Prints a text that ends with its newline. */
const printWhole = ({ proc }: Context, stream: 'print' | 'printError', text: string): void =>
  proc[stream](text.replace(/\n$/, ''))
