// A random topology as a script: networks, containers, changes, probes, removal. The same seed gives the same bytes.

import { change } from './changes.ts'
import { runContainer } from './containers.ts'
import { createNetwork } from './networks.ts'
import { type Ability, between, emptyPlan } from './plan.ts'
import { clean, ownAddress, probe } from './probes.ts'

/**
 * Says which subnet the engine would give next: a release that hands its pools out in rotation goes on where it last
 * stopped, and a topology can be compared only from the same place on.
 */
export const nextPool =
  "docker network create next >/dev/null; docker network inspect -f '{{(index .IPAM.Config 0).Subnet}}' next; docker network rm next >/dev/null"

/** The lines of a script that makes the topology of `seed`, changes it, asks it and removes it. */
export function topology(seed: number, abilities: Iterable<Ability>): readonly string[] {
  const plan = emptyPlan(seed, abilities)
  plan.lines.push(nextPool, ownAddress)
  for (let count = between(plan, 1, 4); count > 0; count--) createNetwork(plan)
  for (let count = between(plan, 3, 6); count > 0; count--) runContainer(plan)
  for (let count = between(plan, 3, 12); count > 0; count--) change(plan)
  probe(plan)
  clean(plan)
  return plan.lines
}
