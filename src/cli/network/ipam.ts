// The subnets, ranges, gateways and further addresses of `docker network create`, put together as the client does it
// before the daemon hears of them (docker/cli cli/command/network/create.go, consolidateIpam).

import { contains, networkOf, parseCidr } from '../../base/cidr.ts'
import { parseIp } from '../../base/ip.ts'
import { type Dated, inRelease, type Release } from '../../base/release.ts'
import type { IpamConfig } from '../../engine/network/network.ts'
import { StatusError } from '../errors.ts'
import { goQuote } from '../flags/strconv.ts'

export interface IpamFlags {
  readonly subnets: readonly string[]
  readonly ranges: readonly string[]
  readonly gateways: readonly string[]
  readonly auxiliary: ReadonlyMap<string, string>
}

type Draft = { -readonly [Key in keyof IpamConfig]: IpamConfig[Key] } & { auxiliary: Map<string, string> }

/** One entry for each subnet. @throws StatusError */
export function consolidate(flags: IpamFlags, release: Release): IpamConfig[] {
  const { subnets, ranges, gateways, auxiliary } = flags
  if (subnets.length < ranges.length || subnets.length < gateways.length)
    throw new StatusError('every ip-range or gateway must have a corresponding subnet')
  const drafts: Draft[] = []
  for (const subnet of subnets) {
    if (inRelease(readsPrefixes, release) && !subnet.includes('/'))
      throw new StatusError(`netip.ParsePrefix(${goQuote(subnet)}): no '/'`)
    for (const other of drafts)
      if (matches(subnet, other.subnet) || matches(other.subnet, subnet))
        throw new StatusError('multiple overlapping subnet configuration is not supported')
    drafts.push({ subnet, auxiliary: new Map() })
  }
  for (const range of ranges) addRange(drafts, range, release)
  for (const gateway of gateways) addGateway(drafts, gateway)
  for (const [name, address] of auxiliary) {
    if (address === '' && inRelease(skipsUnnamed, release)) continue
    const fitting = drafts.filter(({ subnet }) => matches(subnet, address))
    if (fitting.length === 0) throw new StatusError(`no matching subnet for aux-address ${address}`)
    for (const draft of fitting) draft.auxiliary.set(name, address)
  }
  return drafts
}

/** Newer clients read what older ones leave to the daemon. */
const readsPrefixes: Dated<boolean> = { '19.03': false, '29': true }
/** `--aux-address` without `name=`. */
const skipsUnnamed: Dated<boolean> = { '19.03': false, '29': true }
const checksRanges: Dated<boolean> = { '19.03': false, '28': true }

function addRange(drafts: readonly Draft[], range: string, release: Release): void {
  if (inRelease(checksRanges, release) && parseCidr(range) === undefined)
    throw new StatusError(`invalid CIDR address: ${range}`)
  const fitting = drafts.filter(({ subnet }) => matches(subnet, range))
  for (const draft of fitting) {
    if (draft.range)
      throw new StatusError(
        `cannot configure multiple ranges (${range}, ${draft.range}) on the same subnet (${draft.subnet})`,
      )
    draft.range = range
  }
  if (fitting.length === 0) throw new StatusError(`no matching subnet for range ${range}`)
}

function addGateway(drafts: readonly Draft[], gateway: string): void {
  const fitting = drafts.filter(({ subnet }) => matches(subnet, gateway))
  for (const draft of fitting) {
    if (draft.gateway)
      throw new StatusError(
        `cannot configure multiple gateways (${gateway}, ${draft.gateway}) for the same subnet (${draft.subnet})`,
      )
    draft.gateway = gateway
  }
  if (fitting.length === 0) throw new StatusError(`no matching subnet for gateway ${gateway}`)
}

/** Whether an address or prefix lies in a subnet. @throws StatusError for a prefix that is none */
function matches(subnet: string, text: string): boolean {
  const whole = parseCidr(subnet)
  if (!whole) throw new StatusError(`invalid subnet: invalid CIDR address: ${subnet}`)
  const ip = text.includes('/') ? parseCidr(text)?.ip : parseIp(text)
  if (ip === undefined && text.includes('/')) throw new StatusError(`invalid CIDR address: ${text}`)
  return ip !== undefined && contains(networkOf(whole), ip)
}
