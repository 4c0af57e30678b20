// The generator's picture of the topology it is making: chance, the lines so far, and roughly what they have made. It is a
// picture, no model: what a line really does, the engines say.

import { createRandom, draw, type Random } from '../../src/base/random.ts'

/** What a topology may hold beyond what every release knows. */
export type Ability =
  | 'several-networks'
  | 'gateway-priority'
  | 'gateway-mode'
  | 'ipv6'
  | 'ipv6-pool'
  | 'macvlan'

export interface PlannedNetwork {
  readonly name: string
  readonly internal: boolean
  /** The first three bytes and the length of a subnet that was asked for. */
  readonly subnet?: { readonly start: string; readonly length: number } | undefined
  readonly ipv6?: string | undefined
}

export interface PlannedContainer {
  name: string
  readonly image: string
  readonly mode: 'bridge' | 'user' | 'host' | 'none' | 'container'
  state: 'running' | 'paused' | 'stopped'
  readonly networks: Set<string>
}

export interface Plan {
  readonly random: Random
  readonly abilities: ReadonlySet<Ability>
  readonly lines: string[]
  networks: PlannedNetwork[]
  containers: PlannedContainer[]
  /** Names that a container may be asked by, with how often each was given. */
  readonly names: Map<string, number>
  /** Ports that were published, and so are asked on the host. */
  readonly ports: Set<number>
  readonly left: { containers: string[]; networks: string[] }
}

const containerNames = ['ann', 'bob', 'cat', 'dan', 'eve', 'fay', 'gus', 'hal', 'ivy', 'joe', 'kim', 'lee']
const networkNames = ['red', 'green', 'blue', 'amber', 'violet', 'pink', 'teal', 'gray']

/** The plan of `seed`, still empty. */
export const emptyPlan = (seed: number, abilities: Iterable<Ability>): Plan => ({
  random: createRandom(seed),
  abilities: new Set(abilities),
  lines: [],
  networks: [],
  containers: [],
  names: new Map(),
  ports: new Set(),
  left: { containers: [...containerNames], networks: [...networkNames] },
})

export const say = (plan: Plan, ...words: readonly (string | false | undefined)[]): void => {
  plan.lines.push(words.filter((word) => word !== false && word !== undefined && word !== '').join(' '))
}

/** A whole number from `low` to `high`, both included. */
export const between = ({ random }: Plan, low: number, high: number): number =>
  draw(random, 'plan', low, high)

/** True `percent` times in a hundred. */
export const odds = (plan: Plan, percent: number): boolean => between(plan, 1, 100) <= percent

export function pick<Item>(plan: Plan, items: readonly Item[]): Item {
  return items[between(plan, 0, items.length - 1)] as Item
}

/** One of the choices, as often as its weight says. */
export function weighted<Item>(plan: Plan, choices: readonly (readonly [number, Item])[]): Item {
  let point = between(
    plan,
    1,
    choices.reduce((sum, [weight]) => sum + weight, 0),
  )
  for (const [weight, item] of choices) {
    point -= weight
    if (point <= 0) return item
  }
  throw new Error('weights that do not add up')
}

/** Takes a random item out of the list. */
export function take<Item>(plan: Plan, items: Item[]): Item | undefined {
  return items.splice(between(plan, 0, items.length - 1), 1)[0]
}

export const nameGiven = ({ names }: Plan, name: string): void => {
  names.set(name, (names.get(name) ?? 0) + 1)
}
