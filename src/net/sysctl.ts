// The settings under /proc/sys/net: what a fresh kernel has, what was written, and which hold for one link only.
// Defaults are one table for all namespaces; a namespace keeps only what was written.

import { Errno } from '../base/errno.ts'
import { dropIpv6Addresses, enableIpv6 } from './link/ipv6.ts'
import type { Link } from './link/link.ts'
import type { Namespace } from './namespace.ts'

export interface Sysctls {
  /** Written values by dotted name, those of `net.ipv4.conf` and `net.ipv6.conf` left out. */
  readonly values: Map<string, string>
  /** Link name, `all` or `default` → setting (`ipv4.rp_filter`) → written value. */
  readonly conf: Map<string, Written>
}

/** A frozen Map: scopes that inherited it share it, a write makes another. */
type Written = ReadonlyMap<string, string>

export type ConfSetting =
  | 'ipv4.forwarding'
  | 'ipv4.rp_filter'
  | 'ipv4.route_localnet'
  | 'ipv4.accept_local'
  | 'ipv4.arp_ignore'
  | 'ipv6.forwarding'
  | 'ipv6.disable_ipv6'

export function createSysctls(inherit?: Sysctls): Sysctls {
  const conf: Sysctls['conf'] = new Map()
  for (const scope of ['all', 'default']) {
    const inherited = [...(inherit?.conf.get(scope) ?? [])]
    const ipv4 = inherited.filter(([setting]) => setting.startsWith('ipv4.'))
    const same = ipv4.length === inherited.length && inherit?.conf.get(scope)
    if (ipv4.length > 0) conf.set(scope, same || Object.freeze(new Map(ipv4)))
  }
  return { values: new Map(), conf }
}

/** The value of a setting by its dotted name; undefined if there is none of that name. */
export function readSysctl(namespace: Namespace, name: string): string | undefined {
  const place = confPlace(name)
  if (!place) return namespace.sysctls.values.get(name) ?? defaults.get(name)
  const { scope, setting } = place
  if (!isConfScope(namespace, scope) || !confDefaults.has(setting)) return undefined
  const followsAll = setting.endsWith('.forwarding') && !namespace.sysctls.conf.get(scope)?.has(setting)
  return conf(namespace, followsAll ? 'all' : scope, setting)
}

/** Writes a setting. Errors: ENOENT if there is none of that name. */
export function writeSysctl(namespace: Namespace, name: string, value: string): void {
  const place = confPlace(name)
  if (!place) {
    if (!defaults.has(name)) throw new Errno('ENOENT', name)
    namespace.sysctls.values.set(name, value)
    return
  }
  if (!isConfScope(namespace, place.scope) || !confDefaults.has(place.setting))
    throw new Errno('ENOENT', name)
  writeConf(namespace, place.scope, place.setting, value)
}

/** All settings with their values, by dotted name. */
export function listSysctls(namespace: Namespace): [name: string, value: string][] {
  const names = [...defaults.keys(), 'net.ipv4.ip_forward']
  for (const scope of ['all', 'default', ...namespace.linksByName.keys()])
    for (const setting of confDefaults.keys()) names.push(`net.${setting.replace('.', `.conf.${scope}.`)}`)
  return names.sort().map((name) => [name, readSysctl(namespace, name) ?? ''])
}

/** A whole number written in a setting; 0 if it is none. */
export const sysctlNumber = (namespace: Namespace, name: string): number =>
  Number.parseInt(namespace.sysctls.values.get(name) ?? defaults.get(name) ?? '0', 10)

/** The value of a setting of one link: its own, else the default of the kernel. */
export function conf(namespace: Namespace, scope: string, setting: string): string {
  return namespace.sysctls.conf.get(scope)?.get(setting) ?? confDefaults.get(setting) ?? '0'
}

const isSet = (namespace: Namespace, scope: string, setting: ConfSetting): boolean =>
  conf(namespace, scope, setting) !== '0'

/** Whether the setting holds for the link by itself or for all (IN_DEV_ORCONF of include/linux/inetdevice.h). */
export const confHolds = (link: Link, setting: ConfSetting): boolean =>
  isSet(link.namespace, link.name, setting) || isSet(link.namespace, 'all', setting)

/** The greater of the link's own value and that for all (IN_DEV_MAXCONF). */
export const confMaximum = (link: Link, setting: ConfSetting): number =>
  Math.max(Number(conf(link.namespace, link.name, setting)), Number(conf(link.namespace, 'all', setting)))

/** Whether packets that come in by the link may be forwarded. */
export function isForwarding(link: Link, family: 4 | 6): boolean {
  const setting = family === 4 ? 'ipv4.forwarding' : 'ipv6.forwarding'
  const own = link.namespace.sysctls.conf.get(link.name)?.get(setting)
  return (own ?? conf(link.namespace, 'all', setting)) !== '0'
}

/** A new link begins with what `default` says. */
export function inheritConf(link: Link): void {
  const written = link.namespace.sysctls.conf.get('default')
  if (written && link.name !== 'lo') link.namespace.sysctls.conf.set(link.name, written)
}

export function forgetConf(namespace: Namespace, linkName: string): void {
  namespace.sysctls.conf.delete(linkName)
}

export function renameConf(namespace: Namespace, from: string, to: string): void {
  const written = namespace.sysctls.conf.get(from)
  if (!written) return
  namespace.sysctls.conf.delete(from)
  namespace.sysctls.conf.set(to, written)
}

function writeConf(namespace: Namespace, scope: string, setting: string, value: string): void {
  setIn(namespace.sysctls.conf, scope, setting, value)
  if (scope === 'all' && setting.endsWith('.forwarding')) forwardEverywhere(namespace, setting, value)
  if (setting === 'ipv6.disable_ipv6') applyDisableIpv6(namespace, scope, value)
}

/** Writing `conf.all.forwarding` (or `ip_forward`) writes it for every link (devinet.c, inet_forward_change). */
function forwardEverywhere(namespace: Namespace, setting: string, value: string): void {
  const scopes = namespace.sysctls.conf
  for (const [scope, written] of scopes) {
    if (scope === 'all' || scope === 'default' || !written.has(setting)) continue
    scopes.set(scope, Object.freeze(new Map([...written].filter(([name]) => name !== setting))))
  }
  setIn(scopes, 'default', setting, value)
}

function setIn(scopes: Sysctls['conf'], scope: string, setting: string, value: string): void {
  scopes.set(scope, Object.freeze(new Map(scopes.get(scope)).set(setting, value)))
}

function applyDisableIpv6(namespace: Namespace, scope: string, value: string): void {
  if (scope === 'default') return
  const links = scope === 'all' ? [...namespace.links.values()] : [namespace.linksByName.get(scope)]
  if (scope === 'all') setIn(namespace.sysctls.conf, 'default', 'ipv6.disable_ipv6', value)
  for (const link of links) {
    if (!link) continue
    if (scope === 'all') setIn(namespace.sysctls.conf, link.name, 'ipv6.disable_ipv6', value)
    if (value === '0') enableIpv6(link)
    else dropIpv6Addresses(link)
  }
}

const isConfScope = (namespace: Namespace, scope: string): boolean =>
  scope === 'all' || scope === 'default' || namespace.linksByName.has(scope)

/** `net.ipv4.conf.eth0.rp_filter` → eth0, ipv4.rp_filter; a link's name may hold dots, written as slashes. */
function confPlace(name: string): { scope: string; setting: string } | undefined {
  if (name === 'net.ipv4.ip_forward') return { scope: 'all', setting: 'ipv4.forwarding' }
  const match = /^net\.(ipv[46])\.conf\.(.+)\.([a-z0-9_]+)$/.exec(name)
  return match
    ? { scope: (match[2] ?? '').replaceAll('/', '.'), setting: `${match[1]}.${match[3]}` }
    : undefined
}

const confDefaults: ReadonlyMap<string, string> = new Map([
  ['ipv4.accept_local', '0'],
  ['ipv4.accept_redirects', '1'],
  ['ipv4.accept_source_route', '0'],
  ['ipv4.arp_announce', '0'],
  ['ipv4.arp_ignore', '0'],
  ['ipv4.forwarding', '0'],
  ['ipv4.log_martians', '0'],
  ['ipv4.proxy_arp', '0'],
  ['ipv4.route_localnet', '0'],
  ['ipv4.rp_filter', '0'],
  ['ipv4.send_redirects', '1'],
  ['ipv6.accept_dad', '1'],
  ['ipv6.accept_ra', '1'],
  ['ipv6.accept_redirects', '1'],
  ['ipv6.addr_gen_mode', '0'],
  ['ipv6.autoconf', '1'],
  ['ipv6.dad_transmits', '1'],
  ['ipv6.disable_ipv6', '0'],
  ['ipv6.forwarding', '0'],
  ['ipv6.hop_limit', '64'],
  ['ipv6.mtu', '1500'],
  ['ipv6.proxy_ndp', '0'],
  ['ipv6.use_tempaddr', '0'],
])

const defaults: ReadonlyMap<string, string> = new Map([
  ['net.bridge.bridge-nf-call-arptables', '1'],
  ['net.bridge.bridge-nf-call-ip6tables', '1'],
  ['net.bridge.bridge-nf-call-iptables', '1'],
  ['net.core.somaxconn', '4096'],
  ['net.ipv4.icmp_echo_ignore_all', '0'],
  ['net.ipv4.icmp_echo_ignore_broadcasts', '1'],
  ['net.ipv4.ip_default_ttl', '64'],
  ['net.ipv4.ip_local_port_range', '32768\t60999'],
  ['net.ipv4.ip_nonlocal_bind', '0'],
  ['net.ipv4.ip_unprivileged_port_start', '1024'],
  ['net.ipv4.ping_group_range', '1\t0'],
  ['net.ipv4.tcp_fin_timeout', '60'],
  ['net.ipv4.tcp_retries2', '15'],
  ['net.ipv4.tcp_syn_retries', '6'],
  ['net.ipv4.tcp_synack_retries', '5'],
])
