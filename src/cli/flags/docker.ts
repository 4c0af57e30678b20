// Flag values with a grammar of their own: `--ulimit`, `--mount`, `--network`.
// Source: docker/go-units ulimit.go, docker/cli opts/mount.go and opts/network.go; words as recorded.

import { type Dated, inRelease, type Release } from '../../base/release.ts'
import { readCsv } from './csv.ts'
import { cut, type Kind } from './kind.ts'
import { parseBool, parseInteger, parseSize, parseUnsigned, ValueError } from './strconv.ts'

export interface Ulimit {
  readonly name: string
  readonly soft: number
  readonly hard: number
}

const ulimitNames =
  'core cpu data fsize locks memlock msgqueue nice nofile nproc rss rtprio rttime sigpending stack'.split(' ')

export const ulimitKind: Kind<readonly Ulimit[]> = {
  word: 'ulimit',
  initial: [],
  add(previous, text) {
    const ulimit = parseUlimit(text)
    return [...previous.filter(({ name }) => name !== ulimit.name), ulimit]
  },
  shown: () => '[]',
}

function parseUlimit(text: string): Ulimit {
  const [name, limits] = cut(text, '=')
  if (limits === undefined) throw new ValueError(`invalid ulimit argument: ${text}`)
  if (!ulimitNames.includes(name)) throw new ValueError(`invalid ulimit type: ${name}`)
  const values = limits.split(':')
  if (values.length > 2)
    throw new ValueError(
      `too many limit value arguments - ${limits}, can only have up to two, \`soft[:hard]\``,
    )
  const [soft = 0, hard = soft] = values.map((value) => parseInteger(value, 64, 10))
  if (hard !== -1 && soft === -1 && hard !== soft)
    throw new ValueError(
      `ulimit soft limit must be less than or equal to hard limit: soft: -1 (unlimited), hard: ${hard}`,
    )
  if (hard !== -1 && soft > hard)
    throw new ValueError(`ulimit soft limit must be less than or equal to hard limit: ${soft} > ${hard}`)
  return { name, soft, hard }
}

/** One `--network`: a name, or `name=…,alias=…`. */
export interface Attachment {
  readonly name: string
  readonly aliases: readonly string[]
  readonly driverOptions: ReadonlyMap<string, string>
  readonly ip: string
  readonly ip6: string
  readonly linkLocalIps: readonly string[]
  readonly mac: string
  readonly gwPriority: number
}

const noAttachment: Attachment = {
  name: '',
  aliases: [],
  driverOptions: Object.freeze(new Map()),
  ip: '',
  ip6: '',
  linkLocalIps: [],
  mac: '',
  gwPriority: 0,
}

export const networkKind: Kind<readonly Attachment[]> = {
  word: 'network',
  initial: [],
  add: (previous, text, release) => [...previous, parseAttachment(text, release)],
  shown: () => undefined,
}

function parseAttachment(text: string, release: Release): Attachment {
  if (!/\w+=\w+(,\w+=\w+)*/.test(text)) return { ...noAttachment, name: text }
  let attachment = noAttachment
  for (const field of readCsv(text)) attachment = withField(attachment, field, release)
  if (attachment.name === '') throw new ValueError('network name/id is not specified')
  return attachment
}

const unknownKeys: Dated<readonly string[]> = {
  '19.03': ['mac-address', 'gw-priority', 'link-local-ip'],
  '28': [],
}
const refusesEmptyKeys: Dated<boolean> = { '19.03': false, '28': true }

function withField(attachment: Attachment, field: string, release: Release): Attachment {
  const strict = inRelease(refusesEmptyKeys, release) === true
  const [rawKey, rawValue] = cut(field.toLowerCase(), '=')
  if (rawValue === undefined || (strict && rawKey === '')) throw new ValueError(`invalid field ${field}`)
  const key = rawKey.trim()
  const value = rawValue.trim()
  if (inRelease(unknownKeys, release)?.includes(key)) throw new ValueError(`invalid field key ${key}`)
  switch (key) {
    case 'name':
      return { ...attachment, name: value }
    case 'alias':
      return { ...attachment, aliases: [...attachment.aliases, value] }
    case 'ip':
      return { ...attachment, ip: value }
    case 'ip6':
      return { ...attachment, ip6: value }
    case 'link-local-ip':
      return { ...attachment, linkLocalIps: [...attachment.linkLocalIps, value] }
    case 'mac-address':
      return { ...attachment, mac: value }
    case 'driver-opt': {
      const [name, setting] = cut(value, '=')
      if (setting === undefined || (strict && name === ''))
        throw new ValueError('invalid key value pair format in driver options')
      return { ...attachment, driverOptions: new Map(attachment.driverOptions).set(name, setting) }
    }
    case 'gw-priority':
      if (!/^[+-]?[0-9]+$/.test(value)) throw new ValueError(`invalid gw-priority (${value}): invalid syntax`)
      return { ...attachment, gwPriority: Number(value) }
    default:
      throw new ValueError(`invalid field key ${key}`)
  }
}

/** One `--mount`. Options stand under their own keys (`volume-nocopy`, `bind-propagation` …), lists joined by keys. */
export interface Mount {
  readonly type: string
  readonly source: string
  readonly target: string
  readonly readOnly: boolean
  readonly consistency: string
  readonly options: ReadonlyMap<string, string>
  readonly driverOptions: ReadonlyMap<string, string>
  readonly labels: ReadonlyMap<string, string>
}

const noMount: Mount = {
  type: 'volume',
  source: '',
  target: '',
  readOnly: false,
  consistency: '',
  options: Object.freeze(new Map()),
  driverOptions: Object.freeze(new Map()),
  labels: Object.freeze(new Map()),
}

export const mountKind: Kind<readonly Mount[]> = {
  word: 'mount',
  initial: [],
  add: (previous, text, release) => [...previous, parseMount(text, release)],
  shown: () => undefined,
}

const mountOptions: Readonly<Record<string, 'text' | 'bool' | 'size' | 'mode' | 'recursion'>> = {
  'bind-propagation': 'text',
  'bind-nonrecursive': 'bool',
  'bind-recursive': 'recursion',
  'volume-driver': 'text',
  'volume-nocopy': 'bool',
  'volume-subpath': 'text',
  'image-subpath': 'text',
  'tmpfs-size': 'size',
  'tmpfs-mode': 'mode',
}
const youngOptions: Dated<readonly string[]> = {
  '19.03': ['bind-recursive', 'volume-subpath', 'image-subpath'],
  '28': [],
}

function parseMount(text: string, release: Release): Mount {
  let mount = noMount
  for (const field of readCsv(text)) mount = withMountField(mount, field, release)
  if (mount.type === '') throw new ValueError('type is required')
  if (mount.target === '') throw new ValueError('target is required')
  for (const family of ['bind', 'volume', 'image', 'tmpfs']) {
    const used =
      [...mount.options.keys()].some((key) => key.startsWith(`${family}-`)) ||
      (family === 'volume' && mount.driverOptions.size + mount.labels.size > 0)
    if (used && mount.type !== family)
      throw new ValueError(`cannot mix '${family}-*' options with mount type '${mount.type}'`)
  }
  return mount
}

function withMountField(mount: Mount, field: string, release: Release): Mount {
  const [rawKey, value] = cut(field, '=')
  const key = rawKey.toLowerCase()
  if (value === undefined) {
    if (key === 'readonly' || key === 'ro') return { ...mount, readOnly: true }
    if (mountOptions[key] === 'bool') return { ...mount, options: new Map(mount.options).set(key, 'true') }
    throw new ValueError(`invalid field '${field}' must be a key=value pair`)
  }
  switch (key) {
    case 'type':
      return { ...mount, type: value.toLowerCase() }
    case 'source':
    case 'src':
      return { ...mount, source: value }
    case 'target':
    case 'dst':
    case 'destination':
      return { ...mount, target: value }
    case 'readonly':
    case 'ro':
      return { ...mount, readOnly: checkedOption(key, value, 'bool', release) === 'true' }
    case 'consistency':
      return { ...mount, consistency: value.toLowerCase() }
    case 'volume-label':
      return { ...mount, labels: new Map(mount.labels).set(...pair(value)) }
    case 'volume-opt':
      return { ...mount, driverOptions: new Map(mount.driverOptions).set(...pair(value)) }
  }
  const form = mountOptions[key]
  if (form === undefined || inRelease(youngOptions, release)?.includes(key))
    throw new ValueError(`unexpected key '${key}' in '${field}'`)
  return { ...mount, options: new Map(mount.options).set(key, checkedOption(key, value, form, release)) }
}

function checkedOption(key: string, value: string, form: string, release: Release): string {
  const recursions = ['enabled', 'disabled', 'writable', 'readonly']
  if (form === 'recursion' && !recursions.includes(value))
    throw new ValueError(
      `invalid value for ${key}: ${value} (must be "enabled", "disabled", "writable", or "readonly")`,
    )
  try {
    if (form === 'bool') return String(parseBool(value))
    if (form === 'size') return String(parseSize(value, release))
    if (form === 'mode') return String(parseUnsigned(value, 32, 8))
    return value
  } catch {
    throw new ValueError(`invalid value for ${key}: ${value}`)
  }
}

function pair(text: string): [string, string] {
  const [key, value] = cut(text, '=')
  return [key, value ?? '']
}
