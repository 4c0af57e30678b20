// dpkg(1) and dpkg-query(1), as far as they tell what is installed. Lines as recorded from dpkg 1.22.

import type { Task } from '../../base/scheduler.ts'
import type { Process } from '../../kernel/process.ts'
import type { Program } from '../../kernel/program.ts'
import { type Paragraph, writeParagraph } from './control.ts'
import { filesOfPackage, installedPackages } from './dpkg-database.ts'

const named = (name: string): Program => ({ name, main: query })

export const dpkg = named('dpkg')
export const dpkgQuery = named('dpkg-query')

function* query(proc: Process): Task<number> {
  const [action = '', ...names] = proc.argv.slice(1)
  if (action === '-l' || action === '--list') return list(proc, names)
  if (action === '-s' || action === '--status') return each(proc, names, showStatus)
  if (action === '-L' || action === '--listfiles') return each(proc, names, showFiles)
  if (action === '--print-architecture') return say(proc, 'amd64', 0)
  if (action === '--version')
    return say(proc, "Debian 'dpkg' package management program version 1.22.6 (amd64).", 0)
  if (action === '-i' || action === '--install' || action === '-r' || action === '-P') return asRoot(proc)
  proc.printError('dpkg: error: need an action option\n')
  proc.printError('Type dpkg --help for help about installing and deinstalling packages [*];')
  proc.printError("Use 'apt' or 'aptitude' for user-friendly package management;")
  return 2
}

function asRoot(proc: Process): number {
  if (proc.credentials.uid !== 0)
    return proc.fail('dpkg: error: requested operation requires superuser privilege', 2)
  return proc.fail(`dpkg: error: archive files are not simulated; use 'apt install NAME'`, 2)
}

function each(
  proc: Process,
  names: readonly string[],
  show: (proc: Process, name: string, about: Paragraph) => void,
): number {
  const installed = installedPackages(proc)
  let status = 0
  for (const name of names) {
    const about = installed.get(name)
    if (about) show(proc, name, about)
    else {
      proc.printError(`dpkg-query: package '${name}' is not installed`)
      proc.printError('Use dpkg --contents (= dpkg-deb --contents) to list archive files contents.')
      status = 1
    }
  }
  return status
}

const showStatus = (proc: Process, _name: string, about: Paragraph): void =>
  proc.print(writeParagraph(about).trimEnd())
const showFiles = (proc: Process, name: string): void => {
  for (const path of filesOfPackage(proc, name)) proc.print(path)
}

const heading = `Desired=Unknown/Install/Remove/Purge/Hold
| Status=Not/Inst/Conf-files/Unpacked/halF-conf/Half-inst/trig-aWait/Trig-pend
|/ Err?=(none)/Reinst-required (Status,Err: uppercase=bad)`

function list(proc: Process, names: readonly string[]): number {
  const installed = installedPackages(proc)
  const shown = names.length === 0 ? [...installed.keys()] : names.filter((name) => installed.has(name))
  for (const name of names)
    if (!installed.has(name)) proc.printError(`dpkg-query: no packages found matching ${name}`)
  if (shown.length === 0) return 1
  const rows = shown.map((name) => {
    const about = installed.get(name)
    return [name, about?.get('Version') ?? '', 'amd64', about?.get('Description') ?? '']
  })
  const titles = ['Name', 'Version', 'Architecture', 'Description']
  const least = [14, 12, 12, 33]
  const widths = least.map((width, column) => Math.max(width, ...rows.map((row) => row[column]?.length ?? 0)))
  const line = (cells: readonly string[]) =>
    cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' ')
  proc.print(heading)
  proc.print(`||/ ${line(titles).trimEnd()}`)
  proc.print(`+++-${widths.map((width) => '='.repeat(width)).join('-')}`)
  for (const row of rows) proc.print(`ii  ${line(row).trimEnd()}`)
  return names.length > shown.length ? 1 : 0
}

function say(proc: Process, line: string, status: number): number {
  proc.print(line)
  return status
}
