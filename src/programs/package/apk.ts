// apk(8) of Alpine: add, del, update, info. Lines as apk-tools 2.14 prints them.

import type { Task } from '../../base/scheduler.ts'
import { exists } from '../../kernel/fs/lookup.ts'
import { mayAccess, readTextIfAny } from '../../kernel/fs/read.ts'
import { makeDirectory, writeText } from '../../kernel/fs/write.ts'
import type { Process } from '../../kernel/process.ts'
import type { Program } from '../../kernel/program.ts'
import { namesIn, type Paragraph, readParagraphs, writeParagraph } from './control.ts'
import { placeExecutables, removeFiles } from './dpkg-database.ts'
import { fetchFile, transfer } from './fetch.ts'

const database = '/lib/apk/db/installed'

export const apk: Program = {
  name: 'apk',
  *main(proc) {
    const options = proc.argv.slice(1).filter((word) => word.startsWith('-'))
    const [verb, ...names] = proc.argv.slice(1).filter((word) => !word.startsWith('-'))
    const quiet = options.some((option) => option === '-q' || option === '--quiet')
    if (verb === 'add') return yield* add(proc, names, { quiet, fresh: options.includes('--no-cache') })
    if (verb === 'del') return del(proc, names, quiet)
    if (verb === 'update') return yield* updateIndexes(proc, quiet)
    if (verb === 'upgrade') return yield* upgrade(proc)
    if (verb === 'info') return info(proc, names)
    if (verb === 'search') return search(proc, names)
    if (options.includes('--version') || verb === 'version')
      return print(proc, 'apk-tools 2.14.9, compiled for x86_64.', 0)
    return print(
      proc,
      'apk-tools 2.14.9, compiled for x86_64.\n\nusage: apk [<OPTIONS>...] COMMAND [<ARGUMENTS>...]',
      1,
    )
  },
}

const repositories = (proc: Process): string[] =>
  readTextIfAny(proc, '/etc/apk/repositories')
    .split('\n')
    .filter((line) => /^https?:/.test(line))

/** The file in which the index of a repository is kept, and when it was fetched. */
const cacheFile = (repository: string): string =>
  `/var/cache/apk/APKINDEX.${repository.replace(/[^a-z0-9.]+/gi, '_')}`

function* fetchIndexes(proc: Process, quiet: boolean): Task<Map<string, string> | undefined> {
  const indexes = new Map<string, string>()
  for (const repository of repositories(proc)) {
    const url = `${repository}/x86_64/APKINDEX.tar.gz`
    if (!quiet) proc.print(`fetch ${url}`)
    const answer = yield* fetchFile(proc, url)
    if (answer.ok && answer.status === 200) {
      yield* transfer(proc, 500_000)
      indexes.set(repository, answer.body)
      continue
    }
    const reason =
      !answer.ok && answer.failure.kind === 'connection'
        ? 'network error (check Internet connection and firewall)'
        : 'DNS: transient error (try again later)'
    const words = !answer.ok && answer.failure.kind === 'no-name' ? 'DNS: name does not exist' : reason
    proc.printError(
      `WARNING: updating and opening ${repository}: ${answer.ok ? 'unexpected end of file' : words}`,
    )
  }
  return indexes
}

function* updateIndexes(proc: Process, quiet: boolean): Task<number> {
  if (!mayAccess(proc, '/lib/apk/db', 2)) return locked(proc)
  const indexes = yield* fetchIndexes(proc, quiet)
  for (const [repository, text] of indexes ?? []) keep(proc, repository, text)
  const count = repositories(proc).length
  for (const [repository] of indexes ?? []) if (!quiet) proc.print(`v3.22.2-80-g0abcdef0123 [${repository}]`)
  const missing = count - (indexes?.size ?? 0)
  if (missing > 0) return proc.fail(`${missing} unavailable, 0 stale; 0 distinct packages available`, missing)
  if (!quiet) proc.print('OK: 26327 distinct packages available')
  return 0
}

function keep(proc: Process, repository: string, text: string): void {
  makeDirectory(proc, '/var/cache/apk', { parents: true })
  writeText(proc, cacheFile(repository), text)
}

function locked(proc: Process): number {
  proc.printError('ERROR: Unable to lock database: Permission denied')
  proc.printError('ERROR: Failed to open apk database: Permission denied')
  return 99
}

interface Known {
  readonly about: Paragraph
  readonly repository: string
}

function* add(
  proc: Process,
  names: readonly string[],
  { quiet, fresh }: { readonly quiet: boolean; readonly fresh: boolean },
): Task<number> {
  if (!mayAccess(proc, '/lib/apk/db', 2)) return locked(proc)
  const known = yield* knownPackages(proc, quiet, fresh)
  const installed = installedPackages(proc)
  const missing = names.filter((name) => !known.has(name) && !installed.has(name))
  if (missing.length > 0) {
    proc.printError('ERROR: unable to select packages:')
    for (const name of missing) {
      proc.printError(`  ${name} (no such package):`)
      proc.printError(`    required by: world[${name}]`)
    }
    return missing.length
  }
  const wanted = inOrder(names, known, installed)
  for (const [index, name] of wanted.entries()) {
    const entry = known.get(name)
    if (!entry) continue
    const version = entry.about.get('Version') ?? ''
    const answer = yield* fetchFile(proc, `${entry.repository}/x86_64/${name}-${version}.apk`)
    if (!quiet) proc.print(`(${index + 1}/${wanted.length}) Installing ${name} (${version})`)
    if (!answer.ok || answer.status !== 200) {
      proc.printError(`ERROR: ${name}-${version}: network error (check Internet connection and firewall)`)
      return 1
    }
    yield* transfer(proc, Number(entry.about.get('Size') ?? 0))
    installed.set(name, recordOf(entry.about, placeExecutables(proc, answer.body), names.includes(name)))
  }
  save(proc, installed)
  if (!quiet) {
    if (wanted.length > 0) proc.print('Executing busybox-1.37.0-r19.trigger')
    proc.print(total(installed))
  }
  return 0
}

function* knownPackages(proc: Process, quiet: boolean, fresh: boolean): Task<Map<string, Known>> {
  const known = new Map<string, Known>()
  const kept = repositories(proc).filter((repository) => exists(proc, cacheFile(repository)))
  const indexes =
    !fresh && kept.length > 0
      ? new Map(kept.map((repository) => [repository, readTextIfAny(proc, cacheFile(repository))]))
      : yield* fetchIndexes(proc, quiet)
  for (const [repository, text] of indexes ?? [])
    for (const about of readParagraphs(text)) known.set(about.get('Package') ?? '', { about, repository })
  return known
}

/** Dependencies before what needs them. */
function inOrder(
  names: readonly string[],
  known: ReadonlyMap<string, Known>,
  installed: ReadonlyMap<string, Paragraph>,
): string[] {
  const order: string[] = []
  const visit = (name: string): void => {
    const entry = known.get(name)
    if (!entry || installed.has(name) || order.includes(name)) return
    for (const needed of namesIn(entry.about.get('Depends')).sort()) visit(needed)
    order.push(name)
  }
  for (const name of names) visit(name)
  return order
}

function recordOf(about: Paragraph, paths: readonly string[], asked: boolean): Paragraph {
  const fields = ['Package', 'Version', 'Installed-Size', 'Depends', 'Description']
  const kept = fields.flatMap((field): [string, string][] => {
    const value = about.get(field)
    return value === undefined ? [] : [[field, value]]
  })
  return new Map([...kept, ['Files', paths.join(' ')], ['Asked', asked ? 'yes' : 'no']])
}

const installedPackages = (proc: Process): Map<string, Paragraph> =>
  new Map(readParagraphs(readTextIfAny(proc, database)).map((each) => [each.get('Package') ?? '', each]))

function save(proc: Process, installed: ReadonlyMap<string, Paragraph>): void {
  makeDirectory(proc, '/lib/apk/db', { parents: true })
  writeText(proc, database, [...installed.values()].map((each) => `${writeParagraph(each)}\n`).join(''))
}

/** A fresh system has 16 packages in 7 MiB. */
function total(installed: ReadonlyMap<string, Paragraph>): string {
  const kibibytes = [...installed.values()].reduce(
    (sum, each) => sum + Number(each.get('Installed-Size') ?? 0),
    7.9 * 1024,
  )
  return `OK: ${Math.floor(kibibytes / 1024)} MiB in ${16 + installed.size} packages`
}

function del(proc: Process, names: readonly string[], quiet: boolean): number {
  if (!mayAccess(proc, '/lib/apk/db', 2)) return locked(proc)
  const installed = installedPackages(proc)
  const kept = needed(installed, names)
  const asked = names.filter((name) => installed.has(name))
  const gone = [...asked, ...[...installed.keys()].filter((name) => !kept.has(name) && !asked.includes(name))]
  for (const [index, name] of gone.entries()) {
    const about = installed.get(name)
    if (!quiet) proc.print(`(${index + 1}/${gone.length}) Purging ${name} (${about?.get('Version')})`)
    removeFiles(proc, (about?.get('Files') ?? '').split(' ').filter(Boolean))
    installed.delete(name)
  }
  save(proc, installed)
  if (!quiet) proc.print(total(installed))
  return 0
}

/** What was asked for, but for `without`, and all that it depends on. */
function needed(installed: ReadonlyMap<string, Paragraph>, without: readonly string[]): Set<string> {
  const kept = new Set<string>()
  const visit = (name: string): void => {
    const about = installed.get(name)
    if (!about || kept.has(name)) return
    kept.add(name)
    for (const other of namesIn(about.get('Depends'))) visit(other)
  }
  for (const [name, about] of installed)
    if (about.get('Asked') === 'yes' && !without.includes(name)) visit(name)
  return kept
}

function* upgrade(proc: Process): Task<number> {
  if (!mayAccess(proc, '/lib/apk/db', 2)) return locked(proc)
  yield* fetchIndexes(proc, false)
  proc.print(total(installedPackages(proc)))
  return 0
}

function info(proc: Process, names: readonly string[]): number {
  const installed = installedPackages(proc)
  if (names.length === 0) {
    for (const name of [...installed.keys()].sort()) proc.print(name)
    return 0
  }
  for (const name of names) {
    const about = installed.get(name)
    if (!about) return 1
    proc.print(`${name}-${about.get('Version')} description:\n${about.get('Description')}\n`)
  }
  return 0
}

function search(proc: Process, words: readonly string[]): number {
  for (const repository of repositories(proc))
    for (const about of readParagraphs(readTextIfAny(proc, cacheFile(repository)))) {
      const name = about.get('Package') ?? ''
      if (words.every((word) => name.includes(word))) proc.print(`${name}-${about.get('Version')}`)
    }
  return 0
}

function print(proc: Process, text: string, status: number): number {
  proc.print(text)
  return status
}
