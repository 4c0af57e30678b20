// Every command and flag of every release with what docksim does with it: the material of the coverage page.
// Reads declarations only; runs nothing.

import { existsIn, type Release, releaseNames } from '../base/release.ts'
import type { Command } from './command.ts'
import { docker } from './docker.ts'
import type { Class } from './flags/flag.ts'
import { childrenOf, isHidden, type Place, pathText } from './place.ts'

export interface CoveredFlag {
  readonly name: string
  readonly releases: readonly Release[]
  readonly class: 'acts' | 'kept' | 'refused'
}

export interface CoveredCommand {
  /** `docker network connect` */
  readonly path: string
  /** Other paths to the same verb: `docker ps`. */
  readonly shortcuts: readonly string[]
  readonly releases: readonly Release[]
  readonly hidden: boolean
  readonly class: 'acts' | 'kept' | 'refused'
  readonly flags: readonly CoveredFlag[]
}

/** What docksim knows of docker, by path. A verb that nothing runs counts as refused. */
export function coverage(): CoveredCommand[] {
  const places = new Map<Command, Place[]>()
  for (const release of releaseNames)
    for (const place of verbsUnder({ path: ['docker'], entry: docker, release })) {
      const command = place.entry as Command
      const verb = command.shortcutOf ?? command
      places.set(verb, [...(places.get(verb) ?? []), place])
    }
  return [...places].map(([verb, found]) => covered(verb, found)).sort((a, b) => (a.path < b.path ? -1 : 1))
}

const verbsUnder = (place: Place): Place[] =>
  childrenOf(place).flatMap((child) => (child.entry.verb ? [child] : verbsUnder(child)))

function covered(verb: Command, places: readonly Place[]): CoveredCommand {
  const own = places.filter(({ entry }) => entry === verb)
  const path = own.map(pathText)[0] ?? ''
  return {
    path,
    shortcuts: [...new Set(places.map(pathText))].filter((other) => other !== path),
    releases: releaseNames.filter((name) => own.some(({ release }) => release === name)),
    hidden: own.every(isHidden),
    class: verb.run ? named(verb.class) : 'refused',
    flags: flagsOf(verb),
  }
}

const flagsOf = ({ flags }: Command): CoveredFlag[] =>
  Object.entries(flags).map(([name, { options }]) => ({
    name,
    releases: releaseNames.filter((release) => existsIn(release, options.since, options.until)),
    class: named(options.class),
  }))

const named = (value: Class | undefined): 'acts' | 'kept' | 'refused' =>
  typeof value === 'object' ? 'refused' : (value ?? 'acts')
