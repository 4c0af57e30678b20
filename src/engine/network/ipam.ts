// IPAM: which subnets networks have, and which addresses their endpoints (moby libnetwork/ipam).
// A pool hands out the lowest free address; a hint below which none is free keeps that cheap.

import { type Cidr, contains, ipAt, lastIp, networkIp, overlap, sizeOf } from '../../base/cidr.ts'
import { freezeDeep } from '../../base/freeze.ts'
import { addToIp, compareIps, type Family, familyOf, type Ip, isIp4, parseIp4 } from '../../base/ip.ts'
import { drawHex, type Random } from '../../base/random.ts'

export interface Pool {
  readonly subnet: Cidr
  /** The part of the subnet from which addresses are handed out (--ip-range). */
  readonly range: Cidr
  readonly gateway: Ip | undefined
  /** The user chose the subnet, so static addresses are allowed. */
  readonly chosen: boolean
  readonly taken: Set<Ip>
  /** No address of the range below this one is free. */
  hint: Ip
}

/** All pools of an engine. */
export interface Pools {
  readonly inUse: Set<Pool>
  /** Where the rotating search for a default pool goes on: an index into the default pools. */
  cursor: number
  /** What default subnets are taken from, in order. */
  defaults: readonly Cidr[]
}

export const createPools = (): Pools => ({ inUse: new Set(), cursor: 0, defaults: defaultPools })

/** docker0's pool first, then the others in the order in which they are tried (facts: networking §2). */
export const defaultPools: readonly Cidr[] = freezeDeep([
  ...Array.from({ length: 15 }, (_, index) => ({ ip: parseIp4(`172.${17 + index}.0.0`) ?? 0, length: 16 })),
  ...Array.from({ length: 16 }, (_, index) => ({ ip: parseIp4(`192.168.${16 * index}.0`) ?? 0, length: 20 })),
])

/** Whether an existing pool overlaps `subnet`. */
export function isTaken(pools: Pools, subnet: Cidr): boolean {
  for (const pool of pools.inUse) if (overlap(pool.subnet, subnet)) return true
  return false
}

/**
 * The next default subnet that overlaps neither a pool nor one of `avoided`; undefined if there is none.
 * `rotating` begins behind the last one handed out, `lowest` at the first.
 */
export function chooseDefaultSubnet(
  pools: Pools,
  choice: 'rotating' | 'lowest',
  avoided: readonly Cidr[],
): Cidr | undefined {
  const start = choice === 'rotating' ? pools.cursor : 0
  for (let step = 0; step < pools.defaults.length; step++) {
    const index = (start + step) % pools.defaults.length
    const subnet = pools.defaults[index] as Cidr
    if (isTaken(pools, subnet) || avoided.some((other) => overlap(other, subnet))) continue
    pools.cursor = index + 1
    return subnet
  }
  return undefined
}

/** A unique local IPv6 subnet (RFC 4193), as releases from 28 on allocate it. */
export function chooseLocalIp6Subnet(random: Random): Cidr {
  return { ip: BigInt(`0xfd${drawHex(random, 'ula', 14)}`) << 64n, length: 64 }
}

/** A pool over `subnet`; network and broadcast address are taken, and the auxiliary ones. */
export function createPool(
  subnet: Cidr,
  options: { readonly range?: Cidr | undefined; readonly chosen: boolean; readonly reservesEdges?: boolean },
): { -readonly [Key in keyof Pool]: Pool[Key] } {
  const range = options.range ?? subnet
  const taken = new Set<Ip>()
  if (!isIp4(subnet.ip) || sizeOf(subnet) > 2n || options.reservesEdges) {
    taken.add(networkIp(subnet))
    if (isIp4(subnet.ip)) taken.add(lastIp(subnet))
  }
  return { subnet, range, gateway: undefined, chosen: options.chosen, taken, hint: networkIp(range) }
}

/** Takes the lowest free address of the range; undefined if none is left. */
export function takeAddress(pool: Pool): Ip | undefined {
  const last = lastIp(pool.range)
  for (let ip = pool.hint; compareIps(ip, last) <= 0; ip = addToIp(ip, 1)) {
    if (pool.taken.has(ip)) {
      if (ip === last) break
      continue
    }
    pool.taken.add(ip)
    pool.hint = ip
    return ip
  }
  return undefined
}

/** Takes this very address; false if it is taken already. */
export function takeThisAddress(pool: Pool, ip: Ip): boolean {
  if (pool.taken.has(ip)) return false
  pool.taken.add(ip)
  return true
}

export function giveAddressBack(pool: Pool, ip: Ip): void {
  if (!pool.taken.delete(ip)) return
  if (contains(pool.range, ip) && compareIps(ip, pool.hint) < 0) pool.hint = ip
}

/** The pool of a family to which `ip` belongs. */
export const poolFor = (pools: readonly Pool[], ip: Ip): Pool | undefined =>
  pools.find((pool) => contains(pool.subnet, ip))

export const poolOf = (pools: readonly Pool[], family: Family): Pool | undefined =>
  pools.find((pool) => familyOf(pool.subnet.ip) === family)

/** The first usable address of the range: what a gateway gets when none is named. */
export const firstUsable = (pool: Pool): Ip =>
  pool.range === pool.subnet ? ipAt(pool.subnet, 1) : networkIp(pool.range)
