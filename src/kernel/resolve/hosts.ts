// /etc/hosts (hosts(5)): addresses of names and names of addresses.

import { type Family, familyOf, type Ip, parseIp } from '../../base/ip.ts'
import type { Caller } from '../fs/filesystem.ts'
import { readTextIfAny } from '../fs/read.ts'

export interface HostsEntry {
  readonly ip: Ip
  /** The first is the canonical one. */
  readonly names: readonly string[]
}

/** The file's lines in their order; lines that are none are left out. */
export function hostsEntries(caller: Caller): HostsEntry[] {
  const entries: HostsEntry[] = []
  for (const line of readTextIfAny(caller, '/etc/hosts').split('\n')) {
    const [address = '', ...names] = line.replace(/#.*/, '').trim().split(/\s+/)
    const ip = parseIp(address)
    if (ip !== undefined && names.length > 0) entries.push({ ip, names })
  }
  return entries
}

/** All lines that give `name` an address of `family`, upper and lower case alike. */
export function hostsByName(caller: Caller, name: string, family?: Family): HostsEntry[] {
  const wanted = name.toLowerCase().replace(/\.$/, '')
  return hostsEntries(caller).filter(
    (entry) =>
      (family === undefined || familyOf(entry.ip) === family) &&
      entry.names.some((other) => other.toLowerCase() === wanted),
  )
}

/** The first line about the address. */
export const hostsByAddress = (caller: Caller, ip: Ip): HostsEntry | undefined =>
  hostsEntries(caller).find((entry) => entry.ip === ip)
