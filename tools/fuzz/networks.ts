// Random networks: every kind of bridge, with addresses of their own or of the pool.

import { between, odds, type Plan, type PlannedNetwork, pick, say, take, weighted } from './plan.ts'

interface Addresses {
  readonly words: readonly string[]
  readonly subnet?: PlannedNetwork['subnet']
}

const bridgeOption = (name: string) => `-o com.docker.network.bridge.${name}`

/** Creates a network; with some luck it is refused. */
export function createNetwork(plan: Plan): void {
  const name = take(plan, plan.left.networks)
  if (name === undefined) return
  const internal = odds(plan, 20)
  const addresses = odds(plan, 50) ? subnetOf(plan) : { words: [] }
  const ipv6 = ipv6Of(plan)
  say(
    plan,
    'docker network create',
    internal && '--internal',
    ...addresses.words,
    ...ipv6.words,
    ...optionsOf(plan, name, internal),
    name,
  )
  plan.networks.push({ name, internal, subnet: addresses.subnet, ipv6: ipv6.start })
}

function subnetOf(plan: Plan): Addresses {
  const start = weighted(plan, [
    [80, `10.${between(plan, 20, 29)}.${between(plan, 0, 3)}`],
    [15, `192.168.${between(plan, 100, 104)}`],
  ])
  const length = weighted(plan, [
    [60, 24],
    [15, 25],
    [15, 28],
    [5, 29],
    [5, 30],
  ])
  const words = [`--subnet ${start}.0/${length}`]
  if (odds(plan, 25)) words.push(`--gateway ${start}.${length === 30 ? 2 : pick(plan, [1, 2, 3, 6])}`)
  // Older engines take an overlapping subnet with a range for what it is not, and break their other networks.
  const isNew = plan.networks.every(({ subnet }) => subnet?.start !== start)
  if (isNew && length < 28 && odds(plan, 30))
    words.push(`--ip-range ${start}.${pick(plan, [32, 64, 96])}/${pick(plan, [27, 28, 30])}`)
  if (length < 28 && odds(plan, 15)) words.push(`--aux-address spare=${start}.${between(plan, 2, 5)}`)
  return { words, subnet: { start, length } }
}

function ipv6Of(plan: Plan): { readonly words: readonly string[]; readonly start?: string } {
  if (!plan.abilities.has('ipv6') || !odds(plan, 25)) return { words: [] }
  const start = `fd00:${between(plan, 1, 9)}`
  if (plan.abilities.has('ipv6-pool') && odds(plan, 30)) return { words: ['--ipv6'] }
  return { words: ['--ipv6', `--subnet ${start}::/64`], start }
}

function optionsOf(plan: Plan, name: string, internal: boolean): string[] {
  const words: string[] = []
  if (odds(plan, 12)) words.push(`${bridgeOption('enable_icc')}=false`)
  if (odds(plan, 8)) words.push(`${bridgeOption('enable_ip_masquerade')}=false`)
  if (odds(plan, 8)) words.push(`${bridgeOption('host_binding_ipv4')}=127.0.0.1`)
  if (odds(plan, 15)) words.push(`${bridgeOption('name')}=br-${name}`)
  if (odds(plan, 8)) words.push('-o com.docker.network.driver.mtu=1400')
  if (odds(plan, 5)) words.push('-o com.docker.network.container_iface_prefix=net')
  if (plan.abilities.has('gateway-mode') && odds(plan, 10))
    words.push(
      `${bridgeOption('gateway_mode_ipv4')}=${internal ? 'isolated' : pick(plan, ['routed', 'nat-unprotected'])}`,
    )
  if (odds(plan, 5)) words.push('--label tier=back')
  return words
}
