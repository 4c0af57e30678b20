// /etc/docker/daemon.json: what dockerd reads from it when it starts, and in which words it refuses it (moby
// daemon/config/config.go). It knows nothing of what follows from a setting.

import { type Cidr, parseCidr, printCidr } from '../../base/cidr.ts'
import { isIp4, parseIp } from '../../base/ip.ts'
import { type Dated, inRelease, type Release } from '../../base/release.ts'
import { goJsonError } from './json.ts'

export interface DaemonConfig {
  /** docker0's address with its prefix. */
  readonly bip: Cidr | undefined
  readonly fixedCidr: Cidr | undefined
  /** Instead of the built-in pools; empty for those. */
  readonly pools: readonly Cidr[]
  readonly dns: readonly string[]
  readonly dnsSearch: readonly string[]
  readonly dnsOptions: readonly string[]
  readonly icc: boolean
  readonly iptables: boolean
  readonly ipForward: boolean
  readonly userlandProxy: boolean
  readonly mtu: number
}

export const usualConfig: DaemonConfig = Object.freeze({
  bip: undefined,
  fixedCidr: undefined,
  pools: Object.freeze([]),
  dns: Object.freeze([]),
  dnsSearch: Object.freeze([]),
  dnsOptions: Object.freeze([]),
  icc: true,
  iptables: true,
  ipForward: true,
  userlandProxy: true,
  mtu: 1500,
})

/** dockerd does not start; the message is all that it says. */
export class ConfigError extends Error {}

export const configPath = '/etc/docker/daemon.json'

type Kind = 'string' | 'bool' | 'int' | '[]string' | 'net.IP' | '[]net.IP' | 'other'

/** The settings that act, and those that are kept: nothing here depends on them. */
const kinds: Readonly<Record<string, Kind>> = {
  bip: 'string',
  'fixed-cidr': 'string',
  'default-address-pools': 'other',
  dns: '[]net.IP',
  'dns-search': '[]string',
  'dns-opts': '[]string',
  icc: 'bool',
  iptables: 'bool',
  'ip-forward': 'bool',
  'userland-proxy': 'bool',
  mtu: 'int',
  debug: 'bool',
  'log-level': 'string',
  'log-driver': 'string',
  'log-opts': 'other',
  'storage-driver': 'string',
  'storage-opts': '[]string',
  'data-root': 'string',
  'exec-root': 'string',
  'exec-opts': '[]string',
  experimental: 'bool',
  features: 'other',
  'insecure-registries': '[]string',
  'registry-mirrors': '[]string',
  labels: '[]string',
  'live-restore': 'bool',
  'ip-masq': 'bool',
  ip6tables: 'bool',
  ipv6: 'bool',
  'max-concurrent-downloads': 'int',
  'max-concurrent-uploads': 'int',
  'shutdown-timeout': 'int',
  'default-ulimits': 'other',
  'default-shm-size': 'other',
  'default-runtime': 'string',
  runtimes: 'other',
  builder: 'other',
}

/** Reads the file's text ('' if there is none). Throws ConfigError in the words of the release. */
export function readDaemonConfig(text: string, release: Release): DaemonConfig {
  if (text.trim() === '') return usualConfig
  const values = parse(text, release)
  for (const [key, value] of Object.entries(values)) checkType(key, value, release)
  const config = settingsOf(values, release)
  if (!config.iptables && !config.icc)
    throw notStarted(
      'You specified --iptables=false with --icc=false. ICC=false uses iptables to function. Please set --icc or --iptables to true',
    )
  return config
}

type Values = Readonly<Record<string, unknown>>

function parse(text: string, release: Release): Values {
  const wrong = goJsonError(text)
  if (wrong !== undefined) {
    const ended = wrong === 'unexpected end of JSON input'
    throw invalid(ended ? worded({ '19.03': 'unexpected EOF', '28': wrong }, release) : wrong, release)
  }
  const values: unknown = JSON.parse(text)
  if (typeof values !== 'object' || values === null || Array.isArray(values))
    throw invalid(
      `json: cannot unmarshal ${jsonKind(values)} into Go value of type map[string]interface {}`,
      release,
    )
  const unknown = Object.keys(values).filter((key) => !(key in kinds))
  if (unknown.length > 0)
    throw refused(`the following directives don't match any configuration option: ${unknown.join(', ')}`)
  return values as Values
}

function checkType(key: string, value: unknown, release: Release): void {
  const kind = kinds[key] ?? 'other'
  const found = jsonKind(value)
  const wanted = { string: 'string', bool: 'bool', int: 'number', 'net.IP': 'string', other: found }[
    kind as string
  ]
  const fits = kind.startsWith('[]') ? found === 'array' : found === wanted
  if (fits || value === null) return
  const type = kind === '[]net.IP' ? worded({ '19.03': '[]string', '28': kind }, release) : kind
  throw invalid(`json: cannot unmarshal ${found} into Go struct field Config.${key} of type ${type}`, release)
}

function settingsOf(values: Values, release: Release): DaemonConfig {
  const list = (key: string): string[] => ((values[key] as unknown[] | undefined) ?? []).map(String)
  const flag = (key: string): boolean => (values[key] as boolean | undefined) ?? true
  for (const server of list('dns'))
    if (parseIp(server) === undefined)
      throw inRelease<boolean>({ '19.03': false, '28': true }, release)
        ? invalid(`invalid IP address: ${server}`, release)
        : notValid(`${server} is not an ip address`, release)
  for (const domain of list('dns-search'))
    if (!/^[A-Za-z0-9.][A-Za-z0-9.-]*$/.test(domain))
      throw notValid(`${domain} is not a valid domain`, release)
  const { mtu: size = 1500 } = values
  const mtu = Number(size)
  if (mtu < 0)
    throw inRelease<boolean>({ '19.03': false, '28': true }, release)
      ? notValid(`invalid default MTU: ${mtu}`, release)
      : notStarted(
          `Error initializing network controller: Error creating default "bridge" network: invalid MTU number: ${mtu}`,
        )
  return {
    bip: cidrOf(values, 'bip'),
    fixedCidr: cidrOf(values, 'fixed-cidr'),
    pools: poolsOf(values['default-address-pools'], release),
    dns: list('dns'),
    dnsSearch: list('dns-search'),
    dnsOptions: list('dns-opts'),
    icc: flag('icc'),
    iptables: flag('iptables'),
    ipForward: flag('ip-forward'),
    userlandProxy: flag('userland-proxy'),
    mtu: mtu || 1500,
  }
}

function cidrOf(values: Values, key: string): Cidr | undefined {
  const text = values[key] as string | undefined
  if (text === undefined || text === '') return undefined
  const cidr = text.includes('/') ? parseCidr(text) : undefined
  if (cidr && isIp4(cidr.ip)) return cidr
  throw notStarted(
    `Error initializing network controller: parse ${key} failed: invalid CIDR address: ${text}`,
  )
}

/** All subnets of the pools, in their order. At most 65536 are told apart. */
function poolsOf(value: unknown, release: Release): readonly Cidr[] {
  if (value === undefined || value === null) return []
  if (!Array.isArray(value))
    throw invalid(
      `json: cannot unmarshal ${jsonKind(value)} into Go value of type []*ipamutils.NetworkToSplit`,
      release,
    )
  return value.flatMap((pool: unknown, index) => {
    const { base = '', size = 0 } = pool as { base?: string; size?: number }
    const cidr = parseCidr(base)
    if (!cidr || !base.includes('/'))
      throw inRelease<boolean>({ '19.03': false, '28': true }, release)
        ? invalid(`netip.ParsePrefix(${JSON.stringify(base)}): no '/'`, release)
        : notStarted(
            `Error initializing network controller: error obtaining controller instance: invalid base pool ${JSON.stringify(base)}: invalid CIDR address: ${base}`,
          )
    return subnetsOf(cidr, size, index)
  })
}

function subnetsOf(base: Cidr, size: number, index: number): Cidr[] {
  const start =
    'Error initializing network controller: error obtaining controller instance: could not construct local address space'
  const shown = `network at index ${index} (&{${printCidr(base)} ${size}})`
  if (size === 0) throw notStarted(`${start}: ${shown} is not in canonical form`)
  if (size < base.length)
    throw notStarted(
      `${start}: ${shown} has a smaller prefix (/${base.length}) than the target size of that pool (/${size})`,
    )
  if (!isIp4(base.ip)) return []
  const first = base.ip as number
  const count = Math.min(2 ** (size - base.length), 65_536)
  return Array.from({ length: count }, (_, at) => ({ ip: first + at * 2 ** (32 - size), length: size }))
}

function jsonKind(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return typeof value === 'boolean' ? 'bool' : typeof value
}

const worded = (dated: Dated<string>, release: Release): string => inRelease(dated, release) ?? ''

const refused = (what: string): ConfigError =>
  new ConfigError(`unable to configure the Docker daemon with file ${configPath}: ${what}`)

const invalid = (what: string, release: Release): ConfigError =>
  refused(`${worded({ '19.03': '', '28': 'invalid JSON: ' }, release)}${what}`)

const notValid = (what: string, release: Release): ConfigError =>
  refused(
    `${worded({ '19.03': 'configuration validation from file failed', '28': 'merged configuration validation from file and command line flags failed' }, release)}: ${what}`,
  )

const notStarted = (what: string): ConfigError => new ConfigError(`failed to start daemon: ${what}`)
