// The help text of a docker command in one release, wrapped as pflag wraps it.
// Source: docker/cli cli/cobra.go (usageTemplate), spf13/pflag flag.go (FlagUsagesWrapped, wrap, wrapN).

import { existsIn, inRelease, type Release } from '../base/release.ts'
import type { FlagTable } from './command.ts'
import { type Flag, initialOf } from './flags/flag.ts'
import {
  aliasesOf,
  childrenOf,
  flagsOf,
  isHidden,
  nameOf,
  type Place,
  pathText,
  shortOf,
  useLine,
} from './place.ts'
import type { CliTraits } from './traits.ts'

export interface HelpSurroundings {
  readonly traits: CliTraits
  /** The terminal's width. */
  readonly width: number
  /** The user's home directory, which some defaults name. */
  readonly home: string
}

/** What `--help` prints, with its last newline. */
export const helpText = (place: Place, surroundings: HelpSurroundings): string =>
  surroundings.traits.helpLead + usageText(place, surroundings)

/** The same without the lead. */
export function usageText(place: Place, surroundings: HelpSurroundings): string {
  const { traits } = surroundings
  const isRoot = place.path.length === 1
  const options = optionsSection(
    place,
    surroundings,
    isRoot && traits.rootHelp === 'byUse' ? 'Global Options' : 'Options',
  )
  const commands = commandSections(place, traits)
  const ordered =
    isRoot && traits.rootHelp === 'byUse' ? [...commands, ...options] : [...options, ...commands]
  const sections = [
    `Usage:${traits.usageSeparator}${usage(place)}`,
    inRelease(place.entry.long ?? place.entry.short, place.release) ?? '',
    ...(place.entry.experimental ? [experimentalNotice(pathText(place))] : []),
    ...aliasSection(place, traits),
    ...exampleSection(place),
    ...ordered,
    ...(place.entry.verb
      ? []
      : [`Run '${pathText(place)} COMMAND --help' for more information on a command.`]),
    ...(isRoot && traits.helpFooter !== '' ? [traits.helpFooter] : []),
  ]
  return `${sections.join('\n\n')}\n`
}

function usage(place: Place): string {
  if (place.entry.verb) return useLine(place)
  const hasFlags = Object.values(flagsOf(place.entry)).some((flag) => isShown(flag, place.release))
  return `${pathText(place)}${hasFlags ? ' [OPTIONS]' : ''} COMMAND`
}

const experimentalNotice = (path: string): string => `EXPERIMENTAL:
  ${path} is an experimental feature.
  Experimental features provide early access to product functionality. These
  features may change between releases without warning, or can be removed from a
  future release. Learn more about experimental features in our documentation:
  https://docs.docker.com/go/experimental/`

function aliasSection({ entry, path, release }: Place, traits: CliTraits): string[] {
  const aliases = aliasesOf(entry, release)
  if (traits.aliasBlock === 'names')
    return aliases.length === 0 ? [] : [`Aliases:\n  ${[nameOf(entry, release), ...aliases].join(', ')}`]
  const spellings = inRelease(entry.spellings ?? '', release)
  if (spellings) return [`Aliases:\n  ${spellings}`]
  if (aliases.length === 0) return []
  const parent = path.slice(0, -1).join(' ')
  const all = [path.join(' '), ...aliases.map((alias) => `${parent} ${alias}`)]
  return [`Aliases:\n  ${all.join(', ')}`]
}

function exampleSection({ entry, release }: Place): string[] {
  const example = inRelease(entry.example ?? '', release) ?? ''
  return example === '' ? [] : [`Examples:\n\n${example}\n`]
}

function commandSections(place: Place, traits: CliTraits): string[] {
  if (place.entry.verb) return []
  const all = childrenOf(place)
  const padding = Math.max(11, ...all.map(({ entry, release }) => nameOf(entry, release).length))
  const shown = all
    .filter((child) => !isHidden(child))
    .sort((a, b) => compare(nameOf(a.entry, a.release), nameOf(b.entry, b.release)))
  const byUse = traits.rootHelp === 'byUse'
  const common = byUse ? (place.entry.common ?? []) : []
  const isCommon = ({ entry, release }: Place): boolean => common.includes(nameOf(entry, release))
  const isSwarm = ({ entry }: Place): boolean => byUse && !entry.verb && entry.section === 'swarm'
  const section = (title: string, places: readonly Place[]): string[] =>
    places.length === 0 ? [] : [`${title}:\n${places.map((child) => commandLine(child, padding)).join('\n')}`]
  return [
    ...section(
      'Common Commands',
      common.flatMap((name) => shown.filter(({ entry, release }) => nameOf(entry, release) === name)),
    ),
    ...section(
      'Management Commands',
      shown.filter((child) => !child.entry.verb && !isSwarm(child)),
    ),
    ...section('Swarm Commands', shown.filter(isSwarm)),
    ...section(
      'Commands',
      shown.filter((child) => child.entry.verb && !isCommon(child)),
    ),
  ]
}

const compare = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

function commandLine({ entry, release }: Place, padding: number): string {
  const name = nameOf(entry, release) + (entry.plugin ? '*' : '')
  return `  ${name.padEnd(padding + 1)}${shortOf(entry, release)}`
}

function optionsSection(
  { entry, release }: Place,
  { width, home }: HelpSurroundings,
  title: string,
): string[] {
  const lines = flagLines(flagsOf(entry), release, home)
  if (lines.length === 0) return []
  const column = Math.max(...lines.map(({ left }) => left.length))
  const shown = lines.map(
    ({ left, right }) => `${left.padEnd(column)}   ${wrap(column + 3, width - 1, right)}`,
  )
  return [`${title}:\n${shown.join('\n').trimEnd()}`]
}

const isShown = ({ options }: Flag<unknown>, release: Release): boolean =>
  existsIn(release, options.since, options.until) && inRelease(options.hidden ?? false, release) !== true

interface FlagLine {
  readonly name: string
  readonly left: string
  readonly right: string
}

function flagLines(flags: FlagTable, release: Release, home: string): FlagLine[] {
  return Object.entries(flags)
    .filter(([, flag]) => isShown(flag, release))
    .map(([key, flag]) => {
      const { kind, usage, options } = flag
      const name = inRelease(options.named ?? key, release) ?? key
      const short = inRelease(options.short ?? '', release)
      const word = inRelease(options.word ?? kind.word, release) ?? kind.word
      const shown = inRelease(options.shown ?? '\0', release) ?? '\0'
      const value = shown === '\0' ? kind.shown(initialOf(flag, release)) : shown
      const said = (value ?? '') === '' ? '' : ` (default ${value})`
      return {
        name,
        left: `${short ? `  -${short}, ` : '      '}--${name}${word === '' ? '' : ` ${word}`}`,
        right: `${inRelease(usage, release) ?? ''}${said}`.replace('$HOME', () => home),
      }
    })
    .sort((a, b) => compare(a.name, b.name))
}

const slop = 5

/** pflag's wrap: `text` in lines up to `width`, all but the first indented by `indent`. */
function wrap(indent: number, width: number, text: string): string {
  let left = indent
  let start = ''
  if (width - left < 24) {
    left = 16
    start = `\n${' '.repeat(left)}`
  }
  const room = width - left - slop
  const newline = `\n${' '.repeat(left)}`
  let [line, rest] = wrapLine(room, text)
  let wrapped = start + line.replaceAll('\n', newline)
  while (rest !== '') {
    ;[line, rest] = wrapLine(room, rest)
    wrapped += newline + line.replaceAll('\n', newline)
  }
  return wrapped
}

/** pflag's wrapN: the first line of `text`, and the rest. */
function wrapLine(room: number, text: string): [string, string] {
  if (room + slop > text.length) return [text, '']
  const head = text.slice(0, Math.max(room, 0))
  const space = Math.max(head.lastIndexOf(' '), head.lastIndexOf('\t'), head.lastIndexOf('\n'))
  if (space <= 0) return [text, '']
  const newline = head.lastIndexOf('\n')
  const end = newline > 0 && newline < space ? newline : space
  return [text.slice(0, end), text.slice(end + 1)]
}
