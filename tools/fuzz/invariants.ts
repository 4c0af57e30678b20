// What must hold of any topology, with no engine to ask: addresses are given once, containers of one bridge reach each
// other both ways, nothing is left of what was removed, and the same seed plays the same.

import { hostNamed, type World } from '../../src/world/world.ts'
import type { Step } from '../parity/compare.ts'
import { probeStart } from './probes.ts'
import { playSimulated } from './simulator.ts'

/** What does not hold of the topology, a line for each; `open` makes a fresh world. */
export function brokenInvariants(open: () => World, lines: readonly string[]): string[] {
  const { steps } = playSimulated(open(), lines)
  const again = playSimulated(open(), lines)
  const broken: string[] = []
  if (JSON.stringify(steps) !== JSON.stringify(again.steps)) broken.push('the same lines print differently')
  for (const { cmd, out, err } of steps)
    if (/simulator bug/.test(out + err)) broken.push(`a simulator bug at ${cmd}`)
  const standing = playSimulated(open(), lines.slice(0, lines.indexOf(probeStart)))
  broken.push(...sharedAddresses(standing.world))
  broken.push(...remains(steps))
  return broken
}

function sharedAddresses(world: World): string[] {
  const { engine } = hostNamed(world) ?? {}
  return [...(engine?.networks.values() ?? [])].flatMap(({ name, endpoints }) => {
    const given = [...endpoints.values()].flatMap(({ ip4 }) => (ip4 === undefined ? [] : [ip4]))
    return new Set(given).size === given.length ? [] : [`an address was given twice on ${name}`]
  })
}

/** The last two steps list rules and links when all has been removed. */
function remains(steps: readonly Step[]): string[] {
  const [rules, links] = steps.slice(-2)
  const left: string[] = []
  if (/br-|veth|--to-destination|-A PREROUTING -d/.test(rules?.out ?? '')) left.push('rules are left behind')
  if (/br-|veth/.test(links?.out ?? '')) left.push('links or routes are left behind')
  return left
}
