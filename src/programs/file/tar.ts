// tar(1), of GNU and of BusyBox: lists, unpacks and packs archives, gzip's too. Knows no other packing, no appending.

import { gzip } from '../../base/archive/deflate.ts'
import { BadArchive, gunzip, isGzip } from '../../base/archive/inflate.ts'
import { isTar, readTar, type TarEntry, writeTar } from '../../base/archive/tar.ts'
import { type Bytes, noBytes } from '../../base/bytes.ts'
import { datePartsOf, printDate, printTime } from '../../base/calendar.ts'
import { type Errno, isErrno, strerror } from '../../base/errno.ts'
import type { Task } from '../../base/scheduler.ts'
import { entriesOf, unpackEntry } from '../../kernel/fs/archive.ts'
import { joinPath } from '../../kernel/fs/lookup.ts'
import { readFile } from '../../kernel/fs/read.ts'
import { writeFile } from '../../kernel/fs/write.ts'
import type { Process } from '../../kernel/process.ts'
import { both, type Flavour, type ParsedOptions, parseOptions } from '../program.ts'

const grammar = {
  short: 'cxtvzOkf:C:p',
  long: {
    create: 'c',
    extract: 'x',
    get: 'x',
    list: 't',
    verbose: 'v',
    gzip: 'z',
    'to-stdout': 'O',
    'file:': 'f',
    'directory:': 'C',
  },
} as const

export const tar = both({
  name: 'tar',
  *main(proc, flavour) {
    const options = parseOptions(withDash(proc.argv), grammar)
    const wanted = ['c', 'x', 't'].filter((letter) => options.has(letter))
    if (wanted.length !== 1) return refuseMode(proc, flavour)
    const directory = joinPath(proc.directory, options.value('C') ?? '.')
    if (wanted[0] === 'c') return create(proc, flavour, options, directory)
    const archive = yield* archiveOf(proc, flavour, options)
    if (typeof archive === 'number') return archive
    return takeOut(proc, options, archive, directory, wanted[0] === 't')
  },
})

/** `tar xf a.tar`: the first word is options, dash or not. */
function withDash([name = 'tar', first, ...rest]: readonly string[]): string[] {
  if (first === undefined) return [name]
  if (first.startsWith('-') || !/^[a-zA-Z]+$/.test(first)) return [name, first, ...rest]
  const taken: string[] = []
  const words = [...rest]
  for (const letter of first) {
    taken.push(`-${letter}`)
    if ('fC'.includes(letter)) taken.push(words.shift() ?? '')
  }
  return [name, ...taken, ...words]
}

function refuseMode(proc: Process, flavour: Flavour): number {
  proc.printError(
    flavour === 'gnu'
      ? "tar: You must specify one of the '-Acdtrux', '--delete' or '--test-label' options\nTry 'tar --help' or 'tar --usage' for more information."
      : 'tar: need at least one option',
  )
  return flavour === 'gnu' ? 2 : 1
}

const failed = 'tar: Exiting with failure status due to previous errors'

function refuseOpen(proc: Process, flavour: Flavour, name: string, cause: Errno): number {
  const why = strerror(cause.code)
  proc.printError(
    flavour === 'gnu'
      ? `tar: ${name}: Cannot open: ${why}\ntar: Error is not recoverable: exiting now`
      : `tar: can't open '${name}': ${why}`,
  )
  return flavour === 'gnu' ? 2 : 1
}

function* archiveOf(proc: Process, flavour: Flavour, options: ParsedOptions): Task<Bytes | number> {
  const name = options.value('f') ?? '-'
  let bytes: Bytes
  try {
    bytes = name === '-' ? yield* proc.readAll(0) : readFile(proc, joinPath(proc.directory, name))
  } catch (cause) {
    if (!isErrno(cause)) throw cause
    return refuseOpen(proc, flavour, name, cause)
  }
  try {
    const plain = isGzip(bytes) ? gunzip(bytes) : bytes
    if (plain === '' || isTar(plain) || /^\0+$/.test(plain.slice(0, 512))) return plain
  } catch (cause) {
    if (!(cause instanceof BadArchive)) throw cause
  }
  proc.printError(
    flavour === 'gnu' ? `tar: This does not look like a tar archive\n${failed}` : 'tar: invalid tar magic',
  )
  return flavour === 'gnu' ? 2 : 1
}

function takeOut(
  proc: Process,
  options: ParsedOptions,
  archive: Bytes,
  directory: string,
  lists: boolean,
): number {
  const wanted = options.operands.map((name) => name.replace(/\/+$/, ''))
  const found = new Set<string>()
  for (const entry of archive === '' ? [] : readTar(archive)) {
    const match = wanted.find((name) => entry.path === name || entry.path.startsWith(`${name}/`))
    if (wanted.length > 0 && match === undefined) continue
    if (match !== undefined) found.add(match)
    const name = entry.kind === 'directory' ? `${entry.path}/` : entry.path
    if (lists || options.has('v')) proc.print(lists && options.has('v') ? longLine(entry, name) : name)
    if (lists) continue
    if (options.has('O')) proc.writeBytes(1, entry.kind === 'file' ? entry.content : noBytes)
    else unpackEntry(proc, directory, entry)
  }
  const missing = options.operands.filter((name) => !found.has(name.replace(/\/+$/, '')))
  for (const name of missing) proc.printError(`tar: ${name}: Not found in archive`)
  if (missing.length > 0) proc.printError(failed)
  return missing.length > 0 ? 2 : 0
}

const letters: Readonly<Record<TarEntry['kind'], string>> = {
  file: '-',
  directory: 'd',
  symlink: 'l',
  link: 'h',
  device: 'c',
  fifo: 'p',
}

/** A line of `tar tv`. */
function longLine(entry: TarEntry, name: string): string {
  const { mode, kind, content, target, mtime } = entry
  const bits = [...'rwxrwxrwx'].map((letter, at) => ((mode >> (8 - at)) & 1 ? letter : '-')).join('')
  const owner = `${entry.owner || entry.uid}/${entry.group || entry.gid}`
  const size = String(content.length).padStart(Math.max(1, 19 - owner.length))
  const stamp = dateText(mtime)
  const arrow = kind === 'symlink' ? ` -> ${target}` : kind === 'link' ? ` link to ${target}` : ''
  return `${letters[kind]}${bits} ${owner} ${size} ${stamp} ${name}${arrow}`
}

/** `2026-11-21 08:57`, in UTC. */
function dateText(seconds: number): string {
  const parts = datePartsOf(BigInt(Math.floor(seconds)) * 1_000_000_000n)
  return `${printDate(parts)} ${printTime(parts).slice(0, 5)}`
}

function create(proc: Process, flavour: Flavour, options: ParsedOptions, directory: string): number {
  if (options.operands.length === 0) {
    proc.printError(
      flavour === 'gnu'
        ? "tar: Cowardly refusing to create an empty archive\nTry 'tar --help' or 'tar --usage' for more information."
        : 'tar: empty archive',
    )
    return flavour === 'gnu' ? 2 : 1
  }
  const entries: TarEntry[] = []
  let status = 0
  for (const operand of options.operands)
    if (!addOperand(proc, flavour, directory, operand, entries)) status = 2
  const name = options.value('f') ?? '-'
  const path = joinPath(proc.directory, name)
  if (options.has('v'))
    for (const { path: one, kind } of entries) proc.printError(kind === 'directory' ? `${one}/` : one)
  const plain = writeTar(entries, 20)
  const packed = options.has('z') ? gzip(plain) : plain
  try {
    if (name === '-') proc.writeBytes(1, packed)
    else writeFile(proc, path, packed)
  } catch (cause) {
    if (!isErrno(cause)) throw cause
    return refuseOpen(proc, flavour, name, cause)
  }
  if (status !== 0 && flavour === 'gnu') proc.printError(failed)
  return status
}

function addOperand(
  proc: Process,
  flavour: Flavour,
  directory: string,
  operand: string,
  entries: TarEntry[],
): boolean {
  const inside = operand.replace(/^\/+/, '')
  if (inside !== operand && flavour === 'gnu') proc.printError("tar: Removing leading `/' from member names")
  const name = inside.replace(/\/+$/, '') || '.'
  try {
    for (const entry of entriesOf(proc, joinPath(directory, operand), name)) entries.push(entry)
    return true
  } catch (cause) {
    if (!isErrno(cause)) throw cause
    const why = strerror(cause.code)
    proc.printError(flavour === 'gnu' ? `tar: ${operand}: Cannot stat: ${why}` : `tar: ${operand}: ${why}`)
    return false
  }
}
