// Where a command stands in the tree of one release: its names from `docker` down, and its words there.

import { existsIn, inRelease, type Release } from '../base/release.ts'
import type { Command, FlagTable, Group } from './command.ts'

export interface Place {
  /** `['docker', 'network', 'connect']` */
  readonly path: readonly string[]
  readonly entry: Command | Group
  readonly release: Release
}

/** The name of a verb or a noun: the first word of its use. */
export const nameOf = (entry: Command | Group, release: Release): string =>
  useOf(entry, release).split(' ')[0] ?? ''

export const useOf = (entry: Command | Group, release: Release): string => inRelease(entry.use, release) ?? ''

export const shortOf = (entry: Command | Group, release: Release): string =>
  inRelease(entry.short, release) ?? ''

export const aliasesOf = (entry: Command | Group, release: Release): readonly string[] =>
  inRelease(entry.aliases ?? [], release) ?? []

export const flagsOf = (entry: Command | Group): FlagTable => entry.flags

export const pathText = ({ path }: Place): string => path.join(' ')

/** cobra's UseLine: the parent's path and the use. */
export const useLine = ({ path, entry, release }: Place): string =>
  [...path.slice(0, -1), useOf(entry, release)].join(' ')

/** What stands under a noun in this release, as declared. */
export function childrenOf({ entry, path, release }: Place): Place[] {
  if (entry.verb) return []
  return entry.commands
    .filter((child) => existsIn(release, child.since, child.until))
    .map((child) => ({ path: [...path, nameOf(child, release)], entry: child, release }))
}

/** The child that `word` names or that has `word` as an alias. */
export const childNamed = (place: Place, word: string): Place | undefined =>
  childrenOf(place).find(
    ({ entry, release }) => nameOf(entry, release) === word || aliasesOf(entry, release).includes(word),
  )

export const isHidden = ({ entry, release }: Place): boolean =>
  inRelease(entry.hidden ?? false, release) === true
