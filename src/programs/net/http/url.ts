// URLs as the command line tools take them: scheme, user, host, port, path. Neither resolves nor connects.

export interface Url {
  readonly scheme: string
  /** `user:password` before an @, or ''. */
  readonly user: string
  /** Without brackets. */
  readonly host: string
  /** As written, if it was. */
  readonly port: number | undefined
  /** Path and query, `/` at least. */
  readonly path: string
}

export type UrlFailure = 'no-host' | 'bad-port'

/** Takes `text` apart; what has no scheme gets `http`. */
export function parseUrl(text: string): Url | UrlFailure {
  const [, scheme = 'http', rest = ''] = /^(?:([a-z][a-z0-9+.-]*):\/\/)?(.*)$/is.exec(text.trim()) ?? []
  const withoutFragment = rest.replace(/#.*$/s, '')
  const [, authority = '', path = ''] = /^([^/?]*)(.*)$/s.exec(withoutFragment) ?? []
  const at = authority.lastIndexOf('@')
  const user = at < 0 ? '' : authority.slice(0, at)
  const place = authority.slice(at + 1)
  const [, bracketed, plain, port] = /^(?:\[([^\]]*)\]|([^:]*))(?::(.*))?$/s.exec(place) ?? []
  const host = bracketed ?? plain
  if (host === undefined || (port !== undefined && port !== '' && !isPort(port))) return 'bad-port'
  if (host === '') return 'no-host'
  return {
    scheme: scheme.toLowerCase(),
    user,
    host,
    port: port ? Number(port) : undefined,
    path: path.startsWith('/') ? path : `/${path}`,
  }
}

const isPort = (text: string): boolean => /^\d{1,5}$/.test(text) && Number(text) <= 65535

export const defaultPort = (scheme: string): number =>
  ({ http: 80, https: 443, ftp: 21, telnet: 23 })[scheme] ?? 80

export const portOf = (url: Url): number => url.port ?? defaultPort(url.scheme)

/** The host as it stands in a URL and in `Host:`: an IPv6 address in brackets. */
export const hostInUrl = (url: Url): string => (url.host.includes(':') ? `[${url.host}]` : url.host)

/** `Host:` without the port of the scheme. */
export const hostHeader = (url: Url): string =>
  url.port === undefined || url.port === defaultPort(url.scheme)
    ? hostInUrl(url)
    : `${hostInUrl(url)}:${url.port}`

export const printUrl = (url: Url): string =>
  `${url.scheme}://${url.user === '' ? '' : `${url.user}@`}${hostInUrl(url)}${url.port === undefined ? '' : `:${url.port}`}${url.path}`

/** Where `Location: target` leads from `base`. */
export function resolveUrl(base: Url, target: string): Url | UrlFailure {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(target)) return parseUrl(target)
  if (target.startsWith('//')) return parseUrl(`${base.scheme}:${target}`)
  if (target.startsWith('/')) return { ...base, path: target }
  return { ...base, path: `${base.path.replace(/[^/]*(\?.*)?$/s, '')}${target}` }
}
