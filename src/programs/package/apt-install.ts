// apt install, remove and upgrade: what is to be done, its download, and dpkg's part. Lines as recorded from apt 2.6.

import type { Task } from '../../base/scheduler.ts'
import { mayAccess } from '../../kernel/fs/read.ts'
import type { Process } from '../../kernel/process.ts'
import { Lines } from '../input.ts'
import { type Candidate, candidates } from './apt-candidates.ts'
import { type AptSettings, aptError, printFetched, printNames, printReading, printSize } from './apt-words.ts'
import { namesIn } from './control.ts'
import { installedPackages, removePackage, unpack } from './dpkg-database.ts'
import { explainToApt, fetchFile, transfer } from './fetch.ts'

export function* install(proc: Process, settings: AptSettings, names: readonly string[]): Task<number> {
  if (!mayLock(proc)) return refuse(proc)
  printReading(proc, settings)
  const known = candidates(proc)
  const installed = installedPackages(proc)
  const wanted: Candidate[] = []
  const missing: string[] = []
  for (const word of names) {
    const name = word.split('=')[0] ?? word
    const candidate = known.get(name)
    const version = installed.get(name)?.get('Version')
    if (version !== undefined && !settings.reinstall) {
      proc.print(`${name} is already the newest version (${version}).`)
    } else if (candidate) wanted.push(candidate)
    else missing.push(name)
  }
  if (missing.length > 0) {
    for (const name of missing) aptError(proc, `Unable to locate package ${name}`)
    return 100
  }
  const all = withDependencies(wanted, known, installed)
  const extra = all.filter((each) => !wanted.includes(each))
  printNames(proc, 'The following additional packages will be installed:', namesOf(extra))
  printNames(proc, 'The following NEW packages will be installed:', namesOf(all))
  printSummary(proc, settings, all.length, 0)
  if (all.length === 0) return 0
  const size = all.reduce((sum, each) => sum + each.size, 0)
  const unpacked = all.reduce((sum, each) => sum + each.installedSize, 0)
  if (settings.quiet < 2) {
    proc.print(`Need to get ${printSize(size)} of archives.`)
    proc.print(`After this operation, ${printSize(unpacked)} of additional disk space will be used.`)
  }
  if (settings.simulate) return simulate(proc, all)
  if (extra.length > 0 && !(yield* confirm(proc, settings))) return 1
  return yield* perform(proc, settings, all)
}

export function* removeNamed(proc: Process, settings: AptSettings, names: readonly string[]): Task<number> {
  if (!mayLock(proc)) return refuse(proc)
  printReading(proc, settings)
  const known = candidates(proc)
  const installed = installedPackages(proc)
  const gone: string[] = []
  for (const name of names) {
    if (installed.has(name)) gone.push(name)
    else if (!known.has(name)) return aptError(proc, `Unable to locate package ${name}`)
    else proc.print(`Package '${name}' is not installed, so not removed`)
  }
  const star = settings.purge ? '*' : ''
  printNames(
    proc,
    'The following packages will be REMOVED:',
    gone.map((name) => name + star),
  )
  printSummary(proc, settings, 0, gone.length)
  if (gone.length === 0) return 0
  const freed = gone.reduce((sum, name) => sum + kilobytesOf(installed.get(name)?.get('Installed-Size')), 0)
  proc.print(`After this operation, ${printSize(freed)} disk space will be freed.`)
  if (!(yield* confirm(proc, settings))) return 1
  printReadingDatabase(proc)
  for (const name of gone) {
    proc.print(`Removing ${name} (${installed.get(name)?.get('Version')}) ...`)
    removePackage(proc, name)
  }
  return 0
}

export function* upgrade(proc: Process, settings: AptSettings): Task<number> {
  if (!mayLock(proc)) return refuse(proc)
  printReading(proc, settings)
  if (settings.quiet < 2) proc.print('Calculating upgrade...')
  printSummary(proc, settings, 0, 0)
  return 0
}

const kilobytesOf = (field: string | undefined): number => Number(field ?? 0) * 1024

/** dpkg and apt keep others out by a lock, which only root may take. */
const mayLock = (proc: Process): boolean => mayAccess(proc, '/var/lib/dpkg', 2)

export function refuse(proc: Process): number {
  aptError(proc, 'Could not open lock file /var/lib/dpkg/lock-frontend - open (13: Permission denied)')
  return aptError(
    proc,
    'Unable to acquire the dpkg frontend lock (/var/lib/dpkg/lock-frontend), are you root?',
  )
}

const namesOf = (list: readonly Candidate[]): string[] => list.map((each) => each.name).sort()

/** Dependencies first, as dpkg sets them up. */
function withDependencies(
  wanted: readonly Candidate[],
  known: ReadonlyMap<string, Candidate>,
  installed: ReadonlyMap<string, unknown>,
): Candidate[] {
  const all: Candidate[] = []
  const visit = (candidate: Candidate): void => {
    if (all.includes(candidate)) return
    for (const name of namesIn(candidate.about.get('Depends'))) {
      const needed = known.get(name)
      if (needed && !installed.has(name)) visit(needed)
    }
    all.push(candidate)
  }
  for (const candidate of wanted) visit(candidate)
  return all
}

export function printSummary(proc: Process, settings: AptSettings, added: number, removed: number): void {
  if (settings.quiet < 2)
    proc.print(`0 upgraded, ${added} newly installed, ${removed} to remove and 0 not upgraded.`)
}

function simulate(proc: Process, all: readonly Candidate[]): number {
  for (const verb of ['Inst', 'Conf'])
    for (const { name, version, source } of all)
      proc.print(`${verb} ${name} (${version} ${source.suite} [amd64])`)
  return 0
}

function* confirm(proc: Process, settings: AptSettings): Task<boolean> {
  if (settings.yes) return true
  proc.write(1, 'Do you want to continue? [Y/n] ')
  const answer = yield* new Lines(proc, 0).next()
  if (answer !== undefined && /^(y.*)?$/i.test(answer)) return true
  proc.print('Abort.')
  return false
}

function* perform(proc: Process, settings: AptSettings, all: readonly Candidate[]): Task<number> {
  const started = proc.now()
  const contents = new Map<Candidate, string>()
  for (const [index, candidate] of all.entries()) {
    const { source, component, name, version, size, url } = candidate
    const answer = yield* fetchFile(proc, url)
    const line = `${source.uri} ${source.suite}/${component} amd64 ${name} amd64 ${version}`
    if (!answer.ok || answer.status !== 200) {
      const trouble = answer.ok ? `${answer.status}  Not Found` : explainToApt(answer.failure)
      proc.print(`Err:${index + 1} ${line}\n  ${trouble}`)
      aptError(proc, `Failed to fetch ${url}  ${trouble}`)
      return aptError(
        proc,
        'Unable to fetch some archives, maybe run apt-get update or try with --fix-missing?',
      )
    }
    yield* transfer(proc, size)
    if (settings.quiet < 2) proc.print(`Get:${index + 1} ${line} [${printSize(size)}]`)
    contents.set(candidate, answer.body)
  }
  proc.printError('debconf: delaying package configuration, since apt-utils is not installed')
  printFetched(
    proc,
    settings,
    all.reduce((sum, each) => sum + each.size, 0),
    proc.now() - started,
  )
  if (settings.downloadOnly) return 0
  for (const [index, candidate] of all.entries()) {
    const { name, version, about } = candidate
    proc.print(`Selecting previously unselected package ${name}.`)
    if (index === 0) printReadingDatabase(proc)
    proc.print(`Preparing to unpack .../${name}_${version.replace(':', '%3a')}_amd64.deb ...`)
    proc.print(`Unpacking ${name} (${version}) ...`)
    unpack(proc, about, contents.get(candidate) ?? '')
  }
  for (const { name, version } of all) proc.print(`Setting up ${name} (${version}) ...`)
  return 0
}

/** dpkg counts the files it knows; how many a simulated system has is the number that a minimal one has. */
function printReadingDatabase(proc: Process): void {
  const shares = Array.from({ length: 20 }, (_, index) => `(Reading database ... ${5 * (index + 1)}%\r`)
  proc.write(1, `(Reading database ... \r${shares.join('')}`)
  proc.print('(Reading database ... 4381 files and directories currently installed.)')
}
