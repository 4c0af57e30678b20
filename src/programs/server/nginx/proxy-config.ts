// What nginx makes of `upstream` and the `proxy_…` directives (ngx_http_upstream.c, ngx_http_proxy_module.c). Names are
// resolved once, when the configuration is read.

import { type Duration, milliseconds, seconds } from '../../../base/instant.ts'
import { isIp4 } from '../../../base/ip.ts'
import type { Task } from '../../../base/scheduler.ts'
import type { Process } from '../../../kernel/process.ts'
import { resolveHost } from '../../net/names.ts'
import { ConfigError, type Directive } from './syntax.ts'
import { type PeerSettings, peerOf, type Upstream, usualPeer } from './upstream.ts'

/** What a location has for its requests to another server. */
export interface Proxying extends ProxySettings {
  /** `backend` or `app:3000`, as it stands in `proxy_pass`; it may hold variables. */
  readonly authority: string
  /** What takes the place of the location's prefix; undefined where the request's own target is sent. */
  readonly uri: string | undefined
  readonly prefix: string
}

export interface ProxySettings {
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly version: string
  readonly connectTimeout: Duration
  readonly readTimeout: Duration
  readonly redirect: boolean
  readonly interceptErrors: boolean
  readonly hidden: readonly string[]
  /** When the next server is asked. */
  readonly next: readonly string[]
}

export const usualProxy: ProxySettings = {
  headers: Object.freeze([]),
  version: '1.0',
  connectTimeout: seconds(60),
  readTimeout: seconds(60),
  redirect: true,
  interceptErrors: false,
  hidden: Object.freeze([]),
  next: Object.freeze(['error', 'timeout']),
}

/** Directives that nothing here can observe: buffers, and how connections to servers are kept. */
export const silentProxyDirectives: readonly string[] = [
  'proxy_buffering',
  'proxy_buffers',
  'proxy_buffer_size',
  'proxy_busy_buffers_size',
  'proxy_request_buffering',
  'proxy_send_timeout',
  'proxy_max_temp_file_size',
  'proxy_headers_hash_max_size',
  'proxy_headers_hash_bucket_size',
]
export const proxyDirectives: readonly string[] = [
  'proxy_pass',
  'proxy_set_header',
  'proxy_http_version',
  'proxy_connect_timeout',
  'proxy_read_timeout',
  'proxy_redirect',
  'proxy_intercept_errors',
  'proxy_hide_header',
  'proxy_next_upstream',
]

/** The settings of a block, on top of those around it. Throws ConfigError. */
export function proxySettingsOf(block: readonly Directive[], base: ProxySettings): ProxySettings {
  const all = (name: string) => block.filter((one) => one.name === name)
  const last = (name: string) => all(name).at(-1)
  const word = (name: string) => last(name)?.words[0]
  const headers = all('proxy_set_header').map(({ words }): [string, string] => [
    words[0] ?? '',
    words[1] ?? '',
  ])
  const redirect = last('proxy_redirect')
  if (redirect && !/^(?:off|default)$/.test(redirect.words[0] ?? ''))
    throw new ConfigError(
      `docksim does not simulate "proxy_redirect" with replacements in ${redirect.file}:${redirect.line}`,
    )
  const hidden = all('proxy_hide_header').map(({ words }) => (words[0] ?? '').toLowerCase())
  return {
    headers: headers.length > 0 ? headers : base.headers,
    version: word('proxy_http_version') ?? base.version,
    connectTimeout: timeOf(word('proxy_connect_timeout')) ?? base.connectTimeout,
    readTimeout: timeOf(word('proxy_read_timeout')) ?? base.readTimeout,
    redirect: redirect ? redirect.words[0] !== 'off' : base.redirect,
    interceptErrors: word('proxy_intercept_errors')
      ? word('proxy_intercept_errors') === 'on'
      : base.interceptErrors,
    hidden: hidden.length > 0 ? hidden : base.hidden,
    next: last('proxy_next_upstream')?.words ?? base.next,
  }
}

/** The `proxy_pass` of a location; undefined if it has none. Throws ConfigError. */
export function proxyOf(
  block: readonly Directive[],
  location: { readonly pattern: string; readonly regex: boolean },
  settings: ProxySettings,
): Proxying | undefined {
  const pass = block.findLast(({ name }) => name === 'proxy_pass')
  if (!pass) return undefined
  const [url = ''] = pass.words
  const [, authority = '', uri] = /^http:\/\/([^/]*)(\/.*)?$/i.exec(url) ?? []
  const place = `in ${pass.file}:${pass.line}`
  if (/^https:/i.test(url)) throw new ConfigError(`docksim does not simulate "proxy_pass" to https ${place}`)
  if (!/^http:\/\//i.test(url)) throw new ConfigError(`invalid URL prefix ${place}`)
  if (authority === '') throw new ConfigError(`no host in upstream "${uri ?? ''}" ${place}`)
  if (uri !== undefined && location.regex && !url.includes('$'))
    throw new ConfigError(
      `"proxy_pass" cannot have URI part in location given by regular expression, or inside named location, or inside "if" statement, or inside "limit_except" block ${place}`,
    )
  return { ...settings, authority, uri, prefix: location.pattern }
}

/** `60s`, `1m`, `500ms`, `60`. */
export function timeOf(text: string | undefined): Duration | undefined {
  const [, number, unit] = /^(\d+)(ms|s|m|h)?$/.exec(text ?? '') ?? []
  if (number === undefined) return undefined
  const units = { ms: milliseconds(1), s: seconds(1), m: seconds(60), h: seconds(3600) } as const
  return (Number(number) * units[(unit ?? 's') as keyof typeof units]) as Duration
}

/** The groups that `http` declares and those that its `proxy_pass` name by themselves. It waits. Throws ConfigError. */
export function* resolveUpstreams(proc: Process, http: readonly Directive[]): Task<Map<string, Upstream>> {
  const groups = new Map<string, Upstream>()
  for (const one of http)
    if (one.name === 'upstream') groups.set(one.words[0] ?? '', yield* groupOf(proc, one))
  for (const pass of passesIn(http)) {
    const [, authority = ''] = /^http:\/\/([^/]*)/i.exec(pass.words[0] ?? '') ?? []
    if (authority === '' || authority.includes('$') || groups.has(authority)) continue
    const { host, port } = splitAuthority(authority)
    const peers = yield* addressesOf(proc, host, port, usualPeer)
    if (!peers) throw new ConfigError(`host not found in upstream "${host}" in ${pass.file}:${pass.line}`)
    groups.set(authority, { name: authority, method: 'round robin', peers })
  }
  return groups
}

const passesIn = (directives: readonly Directive[]): Directive[] =>
  directives.flatMap((one) => [...(one.name === 'proxy_pass' ? [one] : []), ...passesIn(one.block ?? [])])

export function splitAuthority(authority: string): { host: string; port: number } {
  const [, host = authority, port = '80'] = /^(\[[^\]]*\]|[^:]*)(?::(\d+))?$/.exec(authority) ?? []
  return { host: host.replace(/^\[|\]$/g, ''), port: Number(port) }
}

function* groupOf(proc: Process, { words, block = [], file, line }: Directive): Task<Upstream> {
  let method: Upstream['method'] = 'round robin'
  const peers: Upstream['peers'] = []
  for (const one of block) {
    if (one.name === 'least_conn' || one.name === 'ip_hash') method = one.name
    else if (one.name === 'server') {
      const [address = '', ...options] = one.words
      const { host, port } = splitAuthority(address)
      const found = yield* addressesOf(proc, host, port, settingsOf(one, options))
      if (!found) throw new ConfigError(`host not found in upstream "${address}" in ${one.file}:${one.line}`)
      peers.push(...found)
    } else if (!/^(?:keepalive|keepalive_timeout|keepalive_requests|zone)$/.test(one.name))
      throw new ConfigError(
        `docksim does not simulate the directive "${one.name}" in ${one.file}:${one.line}`,
      )
  }
  if (peers.length === 0) throw new ConfigError(`no servers are inside upstream in ${file}:${line}`)
  return { name: words[0] ?? '', method, peers }
}

function settingsOf({ file, line }: Directive, options: readonly string[]): PeerSettings {
  let settings = usualPeer
  for (const option of options) {
    const [, name, value] = /^(weight|max_fails|fail_timeout)=(\w+)$/.exec(option) ?? []
    if (name === 'weight') settings = { ...settings, weight: Number(value) }
    else if (name === 'max_fails') settings = { ...settings, mostFails: Number(value) }
    else if (name === 'fail_timeout')
      settings = { ...settings, failTimeout: timeOf(value) ?? settings.failTimeout }
    else if (option === 'backup') settings = { ...settings, backup: true }
    else if (option === 'down') settings = { ...settings, down: true }
    else throw new ConfigError(`invalid parameter "${option}" in ${file}:${line}`)
  }
  return settings
}

// ngx_inet_resolve_host: IPv4 addresses first.
function* addressesOf(
  proc: Process,
  host: string,
  port: number,
  settings: PeerSettings,
): Task<Upstream['peers'] | undefined> {
  const found = yield* resolveHost(proc, host)
  if ('error' in found) return undefined
  const ips = [...found.ips.filter(isIp4), ...found.ips.filter((ip) => !isIp4(ip))]
  return ips.map((ip) => peerOf(ip, port, settings))
}
