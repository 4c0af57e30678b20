// What nginx makes of its directives: servers, their addresses, and what holds for each location. Plain data.

import { anyIp4, anyIp6, type Ip, parseIp } from '../../../base/ip.ts'
import {
  type Proxying,
  type ProxySettings,
  proxyDirectives,
  proxyOf,
  proxySettingsOf,
  silentProxyDirectives,
  usualProxy,
} from './proxy-config.ts'
import { ConfigError, type Directive } from './syntax.ts'

export interface NginxConfig {
  readonly user: string | undefined
  readonly workers: number | 'auto'
  readonly daemon: boolean
  readonly errorLog: { readonly path: string; readonly level: string }
  readonly accessLog: string | undefined
  readonly pid: string
  readonly formats: ReadonlyMap<string, string>
  readonly format: string
  readonly keepAlive: number
  readonly defaultType: string
  readonly serverTokens: boolean
  readonly servers: readonly Server[]
}

export interface Address {
  readonly ip: Ip
  readonly port: number
  readonly isDefault: boolean
}

export interface Server {
  readonly addresses: readonly Address[]
  readonly names: readonly string[]
  readonly settings: Settings
  readonly locations: readonly Location[]
}

export interface Location {
  readonly kind: 'prefix' | 'exact' | 'final' | 'regex' | 'caseless' | 'named'
  readonly pattern: string
  readonly settings: Settings
}

/** What a location has of its own or from its server. */
export interface Settings {
  readonly root: string
  readonly alias: string | undefined
  readonly index: readonly string[]
  readonly answer: { readonly status: number; readonly text: string | undefined } | undefined
  readonly tries: readonly string[] | undefined
  readonly autoIndex: boolean
  readonly headers: readonly (readonly [string, string])[]
  readonly errorPages: ReadonlyMap<number, string>
  readonly defaultType: string
  readonly accessLog: boolean
  readonly proxying: ProxySettings
  /** Of this location alone. */
  readonly proxy: Proxying | undefined
  /** `resolver`: names that hold variables are looked up anew. */
  readonly resolver: boolean
}

const known = new Set([
  ...proxyDirectives,
  ...silentProxyDirectives,
  ...`upstream resolver resolver_timeout user worker_processes error_log pid events worker_connections http include default_type log_format access_log
  sendfile tcp_nopush tcp_nodelay keepalive_timeout gzip server listen server_name location root index error_page charset
  daemon alias return try_files autoindex add_header server_tokens types types_hash_max_size client_max_body_size
  worker_rlimit_nofile multi_accept use ssl_protocols ssl_prefer_server_ciphers expires internal allow deny
  log_not_found master_process`.split(/\s+/),
])

// Directives of nginx' own modules that have no part here.
const notSimulated =
  /^(?:rewrite|if|map|set|geo|geoip_\w+|split_clients|stream|mail|mirror|sub_filter\w*|satisfy|allow|limit_\w+|auth_\w+|(?:fastcgi|uwsgi|scgi|grpc|memcached|proxy|ssl|gzip|brotli|http2|http3|client|large_client|open_file|real_ip|perl|js|dav|image_filter|xslt|secure_link|stub_status|slice|charset)\w*)$/

/** Throws ConfigError for what nginx or the simulation does not know. */
export function interpret(directives: readonly Directive[], extra: readonly Directive[]): NginxConfig {
  const all = [...directives, ...extra]
  check(all)
  const http = all.find(({ name }) => name === 'http')?.block ?? []
  const base: Settings = {
    root: word(http, 'root') ?? '/usr/share/nginx/html',
    alias: undefined,
    index: wordsOf(http, 'index') ?? ['index.html'],
    answer: undefined,
    tries: undefined,
    autoIndex: word(http, 'autoindex') === 'on',
    headers: headersOf(http) ?? [],
    errorPages: errorPagesOf(http),
    defaultType: word(http, 'default_type') ?? 'text/plain',
    accessLog: true,
    proxying: proxySettingsOf(http, usualProxy),
    proxy: undefined,
    resolver: http.some(({ name }) => name === 'resolver'),
  }
  const log = wordsOf(http, 'access_log')
  const errors = wordsOf(all, 'error_log') ?? wordsOf(http, 'error_log')
  const workers = word(all, 'worker_processes') ?? '1'
  return {
    user: word(all, 'user'),
    workers: workers === 'auto' ? 'auto' : Number(workers),
    daemon: word(all, 'daemon') !== 'off',
    errorLog: { path: errors?.[0] ?? '/var/log/nginx/error.log', level: errors?.[1] ?? 'error' },
    accessLog: log?.[0] === 'off' ? undefined : (log?.[0] ?? '/var/log/nginx/access.log'),
    pid: word(all, 'pid') ?? '/run/nginx.pid',
    formats: formatsOf(http),
    format: log?.[1] ?? 'combined',
    keepAlive: Number.parseInt(word(http, 'keepalive_timeout') ?? '75', 10),
    defaultType: base.defaultType,
    serverTokens: word(http, 'server_tokens') !== 'off',
    servers: http.filter(({ name }) => name === 'server').map((one) => serverOf(one, base)),
  }
}

function check(directives: readonly Directive[]): void {
  for (const { name, block, file, line } of directives) {
    if (name === 'types') continue
    if (!known.has(name) && notSimulated.test(name))
      throw new ConfigError(`docksim does not simulate the directive "${name}" in ${file}:${line}`)
    if (!known.has(name)) throw new ConfigError(`unknown directive "${name}" in ${file}:${line}`)
    if (block && name !== 'upstream') check(block)
  }
}

const wordsOf = (directives: readonly Directive[], name: string): readonly string[] | undefined =>
  directives.findLast((one) => one.name === name)?.words
const word = (directives: readonly Directive[], name: string): string | undefined =>
  wordsOf(directives, name)?.[0]

const combined =
  '$remote_addr - $remote_user [$time_local] "$request" $status $body_bytes_sent "$http_referer" "$http_user_agent"'

function formatsOf(http: readonly Directive[]): Map<string, string> {
  const formats = new Map([['combined', combined]])
  for (const { name, words } of http)
    if (name === 'log_format') formats.set(words[0] ?? '', words.slice(1).join(''))
  return formats
}

function headersOf(directives: readonly Directive[]): [string, string][] | undefined {
  const headers = directives
    .filter(({ name }) => name === 'add_header')
    .map(({ words }): [string, string] => [words[0] ?? '', words[1] ?? ''])
  return headers.length > 0 ? headers : undefined
}

function errorPagesOf(directives: readonly Directive[]): Map<number, string> {
  const pages = new Map<number, string>()
  for (const { name, words } of directives)
    if (name === 'error_page')
      for (const code of words.slice(0, -1)) pages.set(Number(code), words.at(-1) ?? '')
  return pages
}

function serverOf({ block = [] }: Directive, base: Settings): Server {
  const settings = settingsOf(block, base)
  const listens = block.filter(({ name }) => name === 'listen')
  const addresses = listens.map(addressOf)
  return {
    addresses: addresses.length > 0 ? addresses : [{ ip: anyIp4, port: 80, isDefault: false }],
    names: wordsOf(block, 'server_name') ?? [],
    settings,
    locations: block.filter(({ name }) => name === 'location').map((one) => locationOf(one, settings)),
  }
}

function addressOf({ words, file, line }: Directive): Address {
  const [text = '80', ...options] = words
  const [, bracketed, host, port] =
    /^(?:\[([^\]]*)\]|(\d+(?:\.\d+){3}|\*|[a-z][^:]*))?(?:(?:^|:)(\d+))?$/i.exec(text) ?? []
  const place = bracketed ?? host ?? ''
  const ip =
    bracketed !== undefined ? parseIp(bracketed) : place === '' || place === '*' ? anyIp4 : parseIp(place)
  if (ip === undefined || (place === '' && port === undefined))
    throw new ConfigError(`host not found in "${text}" of the "listen" directive in ${file}:${line}`)
  return {
    ip: bracketed === '::' ? anyIp6 : ip,
    port: Number(port ?? 80),
    isDefault: options.includes('default_server'),
  }
}

function locationOf({ words, block = [] }: Directive, base: Settings): Location {
  const kinds: Readonly<Record<string, Location['kind']>> = {
    '=': 'exact',
    '^~': 'final',
    '~': 'regex',
    '~*': 'caseless',
  }
  const kind = words.length > 1 ? kinds[words[0] ?? ''] : undefined
  const pattern = words.at(-1) ?? '/'
  const settings = settingsOf(block, base)
  const regex = kind === 'regex' || kind === 'caseless' || pattern.startsWith('@')
  return {
    kind: pattern.startsWith('@') ? 'named' : (kind ?? 'prefix'),
    pattern,
    settings: { ...settings, proxy: proxyOf(block, { pattern, regex }, settings.proxying) },
  }
}

function settingsOf(block: readonly Directive[], base: Settings): Settings {
  const answer = wordsOf(block, 'return')
  const autoIndex = word(block, 'autoindex')
  const pages = errorPagesOf(block)
  return {
    root: word(block, 'root') ?? base.root,
    alias: word(block, 'alias'),
    index: wordsOf(block, 'index') ?? base.index,
    answer: answer ? answerOf(answer) : base.answer,
    tries: wordsOf(block, 'try_files') ?? base.tries,
    autoIndex: autoIndex === undefined ? base.autoIndex : autoIndex === 'on',
    headers: headersOf(block) ?? base.headers,
    errorPages: pages.size > 0 ? pages : base.errorPages,
    defaultType: word(block, 'default_type') ?? base.defaultType,
    accessLog: word(block, 'access_log') === 'off' ? false : base.accessLog,
    proxying: proxySettingsOf(block, base.proxying),
    proxy: undefined,
    resolver: base.resolver || block.some(({ name }) => name === 'resolver'),
  }
}

function answerOf(words: readonly string[]): { status: number; text: string | undefined } {
  const [first = ''] = words
  if (!/^\d+$/.test(first)) return { status: 302, text: first }
  return { status: Number(first), text: words[1] }
}
