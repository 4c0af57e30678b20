// apt(8) and apt-get(8): the line, and which of its commands it asks for.

import { compileGlob } from '../../base/glob.ts'
import type { Task } from '../../base/scheduler.ts'
import { exists } from '../../kernel/fs/lookup.ts'
import { readDirectory } from '../../kernel/fs/read.ts'
import { removeTree } from '../../kernel/fs/write.ts'
import type { Process } from '../../kernel/process.ts'
import type { Program } from '../../kernel/program.ts'
import { search, show } from './apt-cache.ts'
import { candidates } from './apt-candidates.ts'
import { install, printSummary, removeNamed, upgrade } from './apt-install.ts'
import { update } from './apt-update.ts'
import { aptGetUsage, aptUsage } from './apt-usage.ts'
import { type AptSettings, aptError, isOnTerminal, printReading } from './apt-words.ts'
import { installedPackages } from './dpkg-database.ts'

const front = (name: AptSettings['front']): Program => ({
  name,
  *main(proc) {
    const { settings, words, unknown, help, version } = readLine(proc.argv.slice(1), name)
    if (version) return print(proc, 'apt 2.8.3 (amd64)', 0)
    if (help) return print(proc, name === 'apt' ? aptUsage : aptGetUsage, 0)
    if (name === 'apt' && !isOnTerminal(proc))
      proc.printError('\nWARNING: apt does not have a stable CLI interface. Use with caution in scripts.\n')
    if (unknown !== undefined)
      return aptError(
        proc,
        `Command line option ${unknown} is not understood in combination with the other options`,
      )
    const [verb, ...names] = words
    if (verb === undefined) return print(proc, name === 'apt' ? aptUsage : aptGetUsage, 1)
    return yield* command(proc, settings, verb, names)
  },
})

export const apt = front('apt')
export const aptGet = front('apt-get')

function* command(
  proc: Process,
  settings: AptSettings,
  verb: string,
  names: readonly string[],
): Task<number> {
  if (verb === 'update') return yield* update(proc, settings)
  if (verb === 'install' || verb === 'reinstall')
    return yield* install(proc, verb === 'reinstall' ? { ...settings, reinstall: true } : settings, names)
  if (verb === 'remove') return yield* removeNamed(proc, settings, names)
  if (verb === 'purge') return yield* removeNamed(proc, { ...settings, purge: true }, names)
  if (verb === 'upgrade' || verb === 'dist-upgrade' || verb === 'full-upgrade')
    return yield* upgrade(proc, settings)
  if (verb === 'autoremove') {
    printReading(proc, settings)
    printSummary(proc, settings, 0, 0)
    return 0
  }
  if (verb === 'clean' || verb === 'autoclean') return clean(proc)
  if (settings.front === 'apt' && verb === 'list') return list(proc, names, proc.argv.includes('--installed'))
  if (settings.front === 'apt' && verb === 'search') return search(proc, names, true)
  if (settings.front === 'apt' && verb === 'show') return show(proc, names)
  return aptError(proc, `Invalid operation ${verb}`)
}

const switches: Readonly<Record<string, Partial<AptSettings>>> = {
  '-y': { yes: true },
  '--yes': { yes: true },
  '--assume-yes': { yes: true },
  '-s': { simulate: true },
  '--simulate': { simulate: true },
  '--dry-run': { simulate: true },
  '-d': { downloadOnly: true },
  '--download-only': { downloadOnly: true },
  '--reinstall': { reinstall: true },
  '--purge': { purge: true },
}

/** Options about what a mirror of this size does not have: recommended packages, broken ones, foreign keys. */
const withoutEffect =
  /^(-f|-m|-u|-V|--no-install-recommends|--no-install-suggests|--install-recommends|--fix-missing|--fix-broken|--auto-remove|--autoremove|--no-upgrade|--allow-\S+|--force-yes|--no-show-progress|--show-progress|--installed|--option=.*|-o.+)$/

function readLine(argv: readonly string[], name: AptSettings['front']) {
  let settings: AptSettings = {
    front: name,
    yes: false,
    quiet: 0,
    reinstall: false,
    purge: false,
    simulate: false,
    downloadOnly: false,
  }
  const words: string[] = []
  let unknown: string | undefined
  for (let index = 0; index < argv.length; index++) {
    const word = argv[index] ?? ''
    const cluster = /^-([yqsdfmuV]{2,})$/.exec(word)?.[1]
    for (const option of cluster ? [...cluster].map((letter) => `-${letter}`) : [word]) {
      const changed = switches[option]
      if (option === '-q' || option === '--quiet') settings = { ...settings, quiet: settings.quiet + 1 }
      else if (changed) settings = { ...settings, ...changed }
      else if (option === '-o' || option === '-t' || option === '-c') index++
      else if (!option.startsWith('-')) words.push(option)
      else if (!withoutEffect.test(option) && !/^(-h|--help|-v|--version)$/.test(option)) unknown ??= option
    }
  }
  const has = (...options: string[]) => argv.some((word) => options.includes(word))
  if (settings.quiet >= 2) settings = { ...settings, yes: true }
  return { settings, words, unknown, help: has('-h', '--help'), version: has('-v', '--version') }
}

function clean(proc: Process): number {
  const kept = '/var/cache/apt/archives'
  if (exists(proc, kept)) for (const name of readDirectory(proc, kept)) removeTree(proc, `${kept}/${name}`)
  return 0
}

function list(proc: Process, words: readonly string[], onlyInstalled: boolean): number {
  proc.print('Listing...')
  const installed = installedPackages(proc)
  const known = candidates(proc)
  const names = new Set([...(onlyInstalled ? [] : known.keys()), ...installed.keys()])
  for (const name of [...names].sort()) {
    if (words.length > 0 && !words.some((word) => compileGlob(word)(name))) continue
    const has = installed.get(name)?.get('Version')
    const candidate = known.get(name)
    const version = has ?? candidate?.version
    const place = `${candidate?.source.suite ?? ''}${candidate && has ? ',' : ''}${has ? 'now' : ''}`
    proc.print(`${name}/${place} ${version} amd64${has ? ' [installed]' : ''}`)
  }
  return 0
}

function print(proc: Process, text: string, status: number): number {
  proc.print(text)
  return status
}
