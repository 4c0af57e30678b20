// What a topology may hold on each release.

import type { Ability } from './plan.ts'

const abilities: Readonly<Record<string, readonly Ability[]>> = {
  '20.10': [],
  '28': ['several-networks', 'gateway-priority'],
}

/** The abilities of `release`; what every release has if nothing is known of it. */
export const abilitiesOf = (release: string): readonly Ability[] => abilities[release] ?? []
