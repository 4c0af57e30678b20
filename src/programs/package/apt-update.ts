// apt update: the indexes of all sources, fetched anew. Lines as recorded from apt 2.6 (got) and 3.0 (failed).

import { seconds } from '../../base/instant.ts'
import type { Task } from '../../base/scheduler.ts'
import { mayAccess } from '../../kernel/fs/read.ts'
import type { Process } from '../../kernel/process.ts'
import { type AptSettings, printFetched, printSize, printStep } from './apt-words.ts'
import { explainToApt, type Fetched, fetchFile, transfer } from './fetch.ts'
import { indexUrl, readList, readSources, releaseUrl, type Source, saveList } from './sources.ts'

export function* update(proc: Process, settings: AptSettings): Task<number> {
  if (!mayAccess(proc, '/var/lib/apt/lists', 2)) return refuse(proc, settings)
  const sources = readSources(proc)
  const started = proc.now()
  const progress = { next: 1, bytes: 0 }
  const failed = new Map<Source, string>()
  const numbers = new Map<Source, number>()
  for (const source of sources) {
    const number = progress.next++
    numbers.set(source, number)
    const answer = yield* fetchFile(proc, releaseUrl(source))
    const trouble = troubleOf(answer)
    if (trouble !== undefined) {
      failed.set(source, trouble)
      if (isTransient(answer)) tell(proc, settings, `Ign:${number} ${source.uri} ${source.suite} InRelease`)
    } else if (answer.ok) yield* take(proc, settings, source, number, answer.body, progress)
  }
  if (failed.size > 0) yield* retry(proc, settings, failed, numbers)
  if (progress.bytes > 0) printFetched(proc, settings, progress.bytes, proc.now() - started)
  printStep(proc, settings, 'Reading package lists')
  return report(proc, settings, failed)
}

function troubleOf(answer: Fetched): string | undefined {
  if (!answer.ok) return explainToApt(answer.failure)
  return answer.status === 200 ? undefined : `${answer.status}  Not Found`
}

const isTransient = (answer: Fetched): boolean => !answer.ok

interface Progress {
  next: number
  bytes: number
}

function* take(
  proc: Process,
  settings: AptSettings,
  source: Source,
  number: number,
  release: string,
  progress: Progress,
): Task<void> {
  const name = `${source.uri} ${source.suite}`
  if (readList(proc, releaseUrl(source)) === release)
    return tell(proc, settings, `Hit:${number} ${name} InRelease`)
  const size = Number(/^Size: ([\d.]+)$/m.exec(release)?.[1] ?? 0)
  yield* transfer(proc, size)
  progress.bytes += size
  tell(proc, settings, `Get:${number} ${name} InRelease [${printSize(size)}]`)
  saveList(proc, releaseUrl(source), release)
  for (const component of source.components) {
    const length = Number(new RegExp(`^ ${component} ([\\d.]+)$`, 'm').exec(release)?.[1] ?? 0)
    const index = yield* fetchFile(proc, indexUrl(source, component))
    if (length === 0 || !index.ok || index.status !== 200) continue
    yield* transfer(proc, length)
    progress.bytes += length
    tell(proc, settings, `Get:${progress.next++} ${name}/${component} amd64 Packages [${printSize(length)}]`)
    saveList(proc, indexUrl(source, component), index.body)
  }
}

/** apt tries three times more, each time later (Acquire::Retries). */
function* retry(
  proc: Process,
  settings: AptSettings,
  failed: ReadonlyMap<Source, string>,
  numbers: ReadonlyMap<Source, number>,
): Task<void> {
  const line = (source: Source) => `${numbers.get(source)} ${source.uri} ${source.suite} InRelease`
  for (const wait of [1, 2, 4]) {
    yield* proc.sleep(seconds(wait))
    if (wait === 4) continue
    for (const source of failed.keys()) tell(proc, settings, `Ign:${line(source)}`)
  }
  for (const [source, trouble] of failed) {
    tell(proc, settings, `Err:${line(source)}`)
    tell(proc, settings, `  ${trouble}`)
  }
}

function report(proc: Process, settings: AptSettings, failed: ReadonlyMap<Source, string>): number {
  if (failed.size === 0) {
    if (settings.front === 'apt') {
      printStep(proc, settings, 'Building dependency tree')
      printStep(proc, settings, 'Reading state information')
      proc.print('All packages are up to date.')
    }
    return 0
  }
  for (const [source, trouble] of failed)
    proc.printError(`W: Failed to fetch ${releaseUrl(source)}  ${trouble}`)
  proc.printError('W: Some index files failed to download. They have been ignored, or old ones used instead.')
  return 0
}

function tell(proc: Process, settings: AptSettings, line: string): void {
  if (settings.quiet < 2) proc.print(line)
}

function refuse(proc: Process, settings: AptSettings): number {
  printStep(proc, settings, 'Reading package lists')
  proc.printError('E: Could not open lock file /var/lib/apt/lists/lock - open (13: Permission denied)')
  proc.printError('E: Unable to lock directory /var/lib/apt/lists/')
  for (const name of ['pkgcache', 'srcpkgcache'])
    proc.printError(
      `W: Problem unlinking the file /var/cache/apt/${name}.bin - RemoveCaches (13: Permission denied)`,
    )
  return 100
}
