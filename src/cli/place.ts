// Where a command stands in the tree of one release: its names from `docker` down, and its words there.

import { existsIn, inRelease, type Release } from '../base/release.ts'
import type { Command, FlagTable, Group } from './command.ts'

export interface Place {
  /** `['docker', 'network', 'connect']` */
  readonly path: readonly string[]
  readonly node: Command | Group
  readonly release: Release
}

/** The name of a verb or a noun: the first word of its use. */
export const nameOf = (node: Command | Group, release: Release): string =>
  useOf(node, release).split(' ')[0] ?? ''

export const useOf = (node: Command | Group, release: Release): string => inRelease(node.use, release) ?? ''

export const shortOf = (node: Command | Group, release: Release): string =>
  inRelease(node.short, release) ?? ''

export const aliasesOf = (node: Command | Group, release: Release): readonly string[] =>
  inRelease(node.aliases ?? [], release) ?? []

export const flagsOf = (node: Command | Group): FlagTable => node.flags

export const pathText = ({ path }: Place): string => path.join(' ')

/** cobra's UseLine: the parent's path and the use. */
export const useLine = ({ path, node, release }: Place): string =>
  [...path.slice(0, -1), useOf(node, release)].join(' ')

/** What stands under a noun in this release, as declared. */
export function childrenOf({ node, path, release }: Place): Place[] {
  if (node.verb) return []
  return node.commands
    .filter((child) => existsIn(release, child.since, child.until))
    .map((child) => ({ path: [...path, nameOf(child, release)], node: child, release }))
}

/** The child that `word` names or that has `word` as an alias. */
export const childNamed = (place: Place, word: string): Place | undefined =>
  childrenOf(place).find(
    ({ node, release }) => nameOf(node, release) === word || aliasesOf(node, release).includes(word),
  )

export const isHidden = ({ node, release }: Place): boolean =>
  inRelease(node.hidden ?? false, release) === true
