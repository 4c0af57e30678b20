// yum(8) 3.4.3 of CentOS 7: install, remove, update, clean, makecache. Lines as yum prints them without a terminal.

import type { Task } from '../../base/scheduler.ts'
import type { Process } from '../../kernel/process.ts'
import type { Program } from '../../kernel/program.ts'
import { confirm } from '../question.ts'
import type { Paragraph } from './control.ts'
import { placeExecutables, removeFiles } from './dpkg-database.ts'
import { explainToYum, fetchFile, transfer } from './fetch.ts'
import {
  fileOf,
  installedRpms,
  labelOf,
  loadRepositories,
  type Repositories,
  saveRpms,
} from './yum-repositories.ts'
import { importKey, type Plan, printPlan, printProgress, printResult } from './yum-words.ts'

export const yum: Program = {
  name: 'yum',
  *main(proc) {
    const options = proc.argv.slice(1).filter((word) => word.startsWith('-'))
    const [verb = '', ...names] = proc.argv.slice(1).filter((word) => !word.startsWith('-'))
    if (options.includes('--version')) return print(proc, '3.4.3', 0)
    const yes = options.some((option) => /^-[a-z]*y|^--assumeyes$/.test(option))
    if (!/^(?:install|remove|erase|update|upgrade|clean|makecache)$/.test(verb))
      return proc.fail(`yum: docksim does not simulate yum ${verb}`, 1)
    if (proc.credentials.uid !== 0)
      return proc.fail('Loaded plugins: fastestmirror, ovl\nYou need to be root to perform this command.', 1)
    proc.print('Loaded plugins: fastestmirror, ovl')
    if (verb === 'clean') return print(proc, 'Cleaning repos: base extras updates', 0)
    if (verb === 'remove' || verb === 'erase') return yield* removeAll(proc, names, yes)
    const repositories = yield* loadRepositories(proc)
    if (typeof repositories === 'number') return repositories
    if (verb === 'makecache') return print(proc, 'Metadata Cache Created', 0)
    if (verb === 'install') return yield* install(proc, repositories, names, yes)
    return print(proc, 'No packages marked for update', 0)
  },
}

function* install(
  proc: Process,
  { known, provides }: Repositories,
  asked: readonly string[],
  yes: boolean,
): Task<number> {
  const installed = installedRpms(proc)
  const names: string[] = []
  for (const word of asked) {
    const name = known.has(word) ? word : (provides.get(word) ?? word)
    const there = installed.get(name)
    if (there) proc.print(`Package ${labelOf(there)} already installed and latest version`)
    else if (known.has(name)) names.push(name)
    else proc.print(`No package ${word} available.`)
  }
  if (names.length === 0) {
    if (asked.some((word) => installed.has(provides.get(word) ?? word)))
      return print(proc, 'Nothing to do', 0)
    return proc.fail('Error: Nothing to do', 1)
  }
  const plan = resolve(proc, names, known, installed)
  printPlan(proc, plan)
  if (!yes && !(yield* confirm(proc, 'Is this ok [y/d/N]:'))) return print(proc, 'Exiting on user command', 1)
  proc.print('Downloading packages:')
  const files = yield* download(proc, plan)
  if (typeof files === 'number') return files
  importKey(proc)
  runTransaction(proc, plan, files, installed)
  return 0
}

/** What is to be installed: what was asked for, and what that needs, told step by step. */
function resolve(
  proc: Process,
  names: readonly string[],
  known: ReadonlyMap<string, Paragraph>,
  installed: ReadonlyMap<string, Paragraph>,
): Plan {
  const chosen = new Map<string, Paragraph>()
  proc.print('Resolving Dependencies')
  let round = [...new Set(names)]
  while (round.length > 0) {
    proc.print('--> Running transaction check')
    const next = new Set<string>()
    for (const name of round) {
      const about = known.get(name)
      if (!about) continue
      chosen.set(name, about)
      proc.print(`---> Package ${name}.${about.get('Architecture')} ${withEpoch(about)} will be installed`)
    }
    for (const name of round)
      for (const needed of needsOf(chosen.get(name))) {
        if (chosen.has(needed) || installed.has(needed) || next.has(needed)) continue
        const about = chosen.get(name)
        proc.print(`--> Processing Dependency: ${needed} for package: ${about ? labelOf(about) : name}`)
        next.add(needed)
      }
    round = [...next]
  }
  proc.print('--> Finished Dependency Resolution')
  return {
    asked: [...chosen.values()].filter((about) => names.includes(about.get('Package') ?? '')),
    needed: [...chosen.values()].filter((about) => !names.includes(about.get('Package') ?? '')),
  }
}

const needsOf = (about: Paragraph | undefined): string[] =>
  (about?.get('Depends') ?? '').split(', ').filter(Boolean)

/** Epoch and version as yum's resolver prints them. */
const withEpoch = (about: Paragraph): string => {
  const version = about.get('Version') ?? ''
  return version.includes(':') ? version : `0:${version}`
}

function* download(proc: Process, { asked, needed }: Plan): Task<ReadonlyMap<string, string> | number> {
  const files = new Map<string, string>()
  for (const about of [...asked, ...needed]) {
    const answer = yield* fetchFile(proc, about.get('Url') ?? '')
    if (!answer.ok || answer.status !== 200) {
      proc.print(
        `${about.get('Url')}: ${answer.ok ? '[Errno 14] HTTP Error 404 - Not Found' : explainToYum(answer.failure)}`,
      )
      proc.print('Trying other mirror.')
      return proc.fail(
        `\n\nError downloading packages:\n  ${labelOf(about)}: [Errno 256] No more mirrors to try.\n`,
        1,
      )
    }
    yield* transfer(proc, Number(about.get('Size') ?? 0))
    if (files.size === 0) {
      const path = `/var/cache/yum/x86_64/7/${about.get('Repository')}/packages/${fileOf(about)}`
      proc.printError(`warning: ${path}: Header V3 RSA/SHA256 Signature, key ID f4a80eb5: NOKEY`)
      proc.print(`Public key for ${fileOf(about)} is not installed`)
    }
    files.set(about.get('Package') ?? '', answer.body)
  }
  if (files.size > 1) printProgress(proc, [...asked, ...needed])
  return files
}

function runTransaction(
  proc: Process,
  plan: Plan,
  files: ReadonlyMap<string, string>,
  installed: Map<string, Paragraph>,
): void {
  const all = [...plan.needed.toReversed(), ...plan.asked]
  proc.print(
    'Running transaction check\nRunning transaction test\nTransaction test succeeded\nRunning transaction',
  )
  for (const verb of ['Installing', 'Verifying'] as const)
    for (const [index, about] of all.entries()) {
      const count = `${index + 1}/${all.length}`
      proc.print(`${`  ${verb.padEnd(10)} : ${labelOf(about)}`.padEnd(79 - count.length)}${count} `)
      if (verb === 'Verifying') continue
      const name = about.get('Package') ?? ''
      const paths = placeExecutables(proc, files.get(name) ?? '', Number(about.get('Installed-Size')) * 1024)
      installed.set(name, new Map([...about, ['Files', paths.join(' ')]]))
    }
  saveRpms(proc, installed)
  printResult(proc, 'Installed', plan.asked)
  printResult(proc, 'Dependency Installed', plan.needed)
  proc.print('\nComplete!')
}

function* removeAll(proc: Process, names: readonly string[], yes: boolean): Task<number> {
  const installed = installedRpms(proc)
  const gone = names.flatMap((name) => installed.get(name) ?? [])
  for (const name of names) if (!installed.has(name)) proc.print(`No Match for argument: ${name}`)
  if (gone.length === 0) return print(proc, 'No Packages marked for removal', 0)
  proc.print('Resolving Dependencies\n--> Running transaction check')
  for (const about of gone)
    proc.print(
      `---> Package ${about.get('Package')}.${about.get('Architecture')} ${withEpoch(about)} will be erased`,
    )
  proc.print('--> Finished Dependency Resolution')
  printPlan(proc, { asked: gone, needed: [] }, 'Removing')
  if (!yes && !(yield* confirm(proc, 'Is this ok [y/N]:'))) return print(proc, 'Exiting on user command', 1)
  proc.print(
    'Downloading packages:\nRunning transaction check\nRunning transaction test\nTransaction test succeeded\nRunning transaction',
  )
  for (const verb of ['Erasing', 'Verifying'])
    for (const [index, about] of gone.entries()) {
      const count = `${index + 1}/${gone.length}`
      proc.print(`${`  ${verb.padEnd(10)} : ${labelOf(about)}`.padEnd(79 - count.length)}${count} `)
      if (verb === 'Erasing') {
        removeFiles(proc, (about.get('Files') ?? '').split(' ').filter(Boolean))
        installed.delete(about.get('Package') ?? '')
      }
    }
  saveRpms(proc, installed)
  printResult(proc, 'Removed', gone)
  proc.print('\nComplete!')
  return 0
}

function print(proc: Process, text: string, status: number): number {
  proc.print(text)
  return status
}
