// tar archives (POSIX.1-1988 ustar, pax records, GNU long names): entries from bytes, and bytes from entries.
// Knows no file system.

import { type Bytes, decode, encode } from '../bytes.ts'
import { BadArchive } from './inflate.ts'

export type EntryKind = 'file' | 'directory' | 'symlink' | 'link' | 'device' | 'fifo'

export interface TarEntry {
  /** Without a slash at its end. */
  readonly path: string
  readonly kind: EntryKind
  /** Permission bits. */
  readonly mode: number
  readonly uid: number
  readonly gid: number
  readonly owner: string
  readonly group: string
  /** Seconds since 1970. */
  readonly mtime: number
  readonly content: Bytes
  /** Of a link: where it leads. */
  readonly target: string
  /** Of a device. */
  readonly major: number
  readonly minor: number
  /** pax records that say no more than these fields. */
  readonly records: ReadonlyMap<string, string>
}

const blockSize = 512
const kinds: Readonly<Record<string, EntryKind>> = {
  '0': 'file',
  '\0': 'file',
  '1': 'link',
  '2': 'symlink',
  '3': 'device',
  '5': 'directory',
  '6': 'fifo',
  '7': 'file',
}

/** True if `bytes` begin with a header of tar: its sum is right. */
export const isTar = (bytes: Bytes): boolean => bytes.length >= blockSize && hasRightSum(bytes.slice(0, 512))

/** All entries up to the end. Throws BadArchive. */
export function readTar(bytes: Bytes): TarEntry[] {
  const entries: TarEntry[] = []
  let records = new Map<string, string>()
  for (let at = 0; at + blockSize <= bytes.length; ) {
    const header = bytes.slice(at, at + blockSize)
    at += blockSize
    if (/^\0+$/.test(header)) break
    if (!hasRightSum(header)) throw new BadArchive('invalid tar header')
    const size = Number(records.get('size') ?? octal(header, 124, 12))
    if (at + size > bytes.length) throw new BadArchive('unexpected EOF')
    const content = bytes.slice(at, at + size) as Bytes
    at += Math.ceil(size / blockSize) * blockSize
    const type = header.charAt(156)
    if (type === 'x') records = new Map([...records, ...paxRecords(content)])
    else if (type === 'L') records.set('path', decode(content).replace(/\0.*$/s, ''))
    else if (type === 'K') records.set('linkpath', decode(content).replace(/\0.*$/s, ''))
    else if (kinds[type] !== undefined) {
      entries.push(entryOf(header, kinds[type], content, records))
      records = new Map()
    } else records = new Map()
  }
  return entries
}

function hasRightSum(header: string): boolean {
  let sum = 0
  for (let at = 0; at < header.length; at++) sum += at >= 148 && at < 156 ? 32 : header.charCodeAt(at)
  return octal(header, 148, 8) === sum
}

const field = (header: string, at: number, length: number): string =>
  decode(header.slice(at, at + length).replace(/\0.*$/s, '') as Bytes)

function octal(header: string, at: number, length: number): number {
  if (header.charCodeAt(at) & 0x80) {
    let value = header.charCodeAt(at) & 0x7f
    for (let index = 1; index < length; index++) value = value * 256 + header.charCodeAt(at + index)
    return value
  }
  return Number.parseInt(field(header, at, length).trim() || '0', 8)
}

function entryOf(
  header: string,
  kind: EntryKind,
  content: Bytes,
  records: ReadonlyMap<string, string>,
): TarEntry {
  const prefix = header.startsWith('ustar\0', 257) ? field(header, 345, 155) : ''
  const name = field(header, 0, 100)
  const path = records.get('path') ?? (prefix === '' ? name : `${prefix}/${name}`)
  return {
    path: path.replace(/(.)\/+$/, '$1'),
    kind: kind === 'file' && path.endsWith('/') ? 'directory' : kind,
    mode: octal(header, 100, 8) & 0o7777,
    uid: Number(records.get('uid') ?? octal(header, 108, 8)),
    gid: Number(records.get('gid') ?? octal(header, 116, 8)),
    owner: records.get('uname') ?? field(header, 265, 32),
    group: records.get('gname') ?? field(header, 297, 32),
    mtime: Number(records.get('mtime') ?? octal(header, 136, 12)),
    content,
    target: records.get('linkpath') ?? field(header, 157, 100),
    major: octal(header, 329, 8) || 0,
    minor: octal(header, 337, 8) || 0,
    records,
  }
}

function paxRecords(content: Bytes): Map<string, string> {
  const records = new Map<string, string>()
  for (let at = 0; at < content.length; ) {
    const blank = content.indexOf(' ', at)
    const length = Number(content.slice(at, blank))
    if (blank < 0 || !(length > 0)) throw new BadArchive('invalid tar header')
    const record = decode(content.slice(blank + 1, at + length - 1) as Bytes)
    const equals = record.indexOf('=')
    records.set(record.slice(0, equals), record.slice(equals + 1))
    at += length
  }
  return records
}

/** An archive of `entries`, filled up to whole records of `blocking` blocks (tar writes 20). */
export function writeTar(entries: Iterable<TarEntry>, blocking = 2): Bytes {
  const parts: string[] = []
  for (const entry of entries) {
    const records = new Map(entry.records)
    const path = encode(entry.kind === 'directory' ? `${entry.path}/` : entry.path)
    if (path.length > 100) records.set('path', decode(path))
    if (encode(entry.target).length > 100) records.set('linkpath', entry.target)
    if (records.size > 0) parts.push(paxEntry(records))
    parts.push(headerOf(entry, path), padded(entry.content))
  }
  const whole = parts.join('')
  const unit = blocking * blockSize
  const size = Math.ceil((whole.length + 2 * blockSize) / unit) * unit
  return (whole + '\0'.repeat(size - whole.length)) as Bytes
}

const padded = (bytes: string): string =>
  bytes + '\0'.repeat((blockSize - (bytes.length % blockSize)) % blockSize)

function paxEntry(records: ReadonlyMap<string, string>): string {
  const content = [...records].map(([key, value]) => paxRecord(encode(`${key}=${value}`))).join('')
  const header = { ...blankEntry, path: 'PaxHeaders.0/x', content: content as Bytes }
  return headerOf(header, header.path as Bytes, 'x') + padded(content)
}

function paxRecord(text: string): string {
  let length = text.length + 3
  while (`${length} ${text}\n`.length !== length) length++
  return `${length} ${text}\n`
}

export const blankEntry: TarEntry = {
  path: '',
  kind: 'file',
  mode: 0o644,
  uid: 0,
  gid: 0,
  owner: '',
  group: '',
  mtime: 0,
  content: '' as Bytes,
  target: '',
  major: 0,
  minor: 0,
  records: new Map(),
}

const letters: Readonly<Record<EntryKind, string>> = {
  file: '0',
  link: '1',
  symlink: '2',
  device: '3',
  directory: '5',
  fifo: '6',
}

function headerOf(entry: TarEntry, path: Bytes, type = letters[entry.kind]): string {
  const number = (value: number, length: number): string => `${value.toString(8).padStart(length - 1, '0')}\0`
  const text = (value: string, length: number): string => encode(value).slice(0, length).padEnd(length, '\0')
  const before = [
    path.slice(0, 100).padEnd(100, '\0'),
    number(entry.mode, 8),
    number(entry.uid, 8),
    number(entry.gid, 8),
    number(entry.content.length, 12),
    number(Math.floor(entry.mtime), 12),
  ].join('')
  const isDevice = entry.kind === 'device'
  const after = [
    type,
    text(entry.target, 100),
    'ustar\x0000',
    text(entry.owner, 32),
    text(entry.group, 32),
    isDevice ? number(entry.major, 8) : '\0'.repeat(8),
    isDevice ? number(entry.minor, 8) : '\0'.repeat(8),
  ].join('')
  const blank = `${before}        ${after}`.padEnd(blockSize, '\0')
  let sum = 0
  for (let at = 0; at < blank.length; at++) sum += blank.charCodeAt(at)
  return `${before}${sum.toString(8).padStart(6, '0')}\0 ${after}`.padEnd(blockSize, '\0')
}
