// apt-cache(8): what the fetched indexes say.

import type { Process } from '../../kernel/process.ts'
import type { Program } from '../../kernel/program.ts'
import { candidates } from './apt-candidates.ts'
import { aptError } from './apt-words.ts'
import { writeParagraph } from './control.ts'
import { installedPackages } from './dpkg-database.ts'

export const aptCache: Program = {
  name: 'apt-cache',
  *main(proc) {
    const [verb, ...names] = proc.argv.slice(1).filter((word) => !word.startsWith('-'))
    if (verb === 'policy') return policy(proc, names)
    if (verb === 'search') return search(proc, names, false)
    if (verb === 'show') return show(proc, names)
    if (verb === undefined) return proc.fail('apt 2.8.3 (amd64)\nUsage: apt-cache [options] command')
    return aptError(proc, `Invalid operation ${verb}`)
  },
}

/** `apt search` prints more than `apt-cache search`. */
export function search(proc: Process, words: readonly string[], full: boolean): number {
  if (words.length === 0) return aptError(proc, 'You must give at least one search pattern')
  if (full) proc.print('Sorting...\nFull Text Search...')
  const found = [...candidates(proc).values()].filter(({ name, about }) =>
    words.every((word) => `${name} ${about.get('Description')}`.toLowerCase().includes(word.toLowerCase())),
  )
  for (const { name, version, source, about } of found.sort((a, b) => (a.name < b.name ? -1 : 1)))
    proc.print(
      full
        ? `${name}/${source.suite} ${version} amd64\n  ${about.get('Description')}\n`
        : `${name} - ${about.get('Description')}`,
    )
  return 0
}

export function show(proc: Process, names: readonly string[]): number {
  const known = candidates(proc)
  let status = 0
  for (const name of names) {
    const about = known.get(name)?.about ?? installedPackages(proc).get(name)
    if (about) proc.print(writeParagraph(about))
    else status = aptError(proc, 'No packages found')
  }
  return status
}

function policy(proc: Process, names: readonly string[]): number {
  const known = candidates(proc)
  const installed = installedPackages(proc)
  for (const name of names) {
    const candidate = known.get(name)
    const version = installed.get(name)?.get('Version')
    if (!candidate && version === undefined) continue
    proc.print(`${name}:`)
    proc.print(`  Installed: ${version ?? '(none)'}`)
    proc.print(`  Candidate: ${candidate?.version ?? version}`)
    proc.print('  Version table:')
    proc.print(`${version === undefined ? '    ' : ' ***'} ${candidate?.version ?? version} 500`)
    if (candidate)
      proc.print(
        `        500 ${candidate.source.uri} ${candidate.source.suite}/${candidate.component} amd64 Packages`,
      )
    if (version !== undefined) proc.print('        100 /var/lib/dpkg/status')
  }
  return 0
}
