// What yum prints of a transaction: its table, its sums, its lists (yum output.py), 80 columns wide.

import type { Process } from '../../kernel/process.ts'
import type { Paragraph } from './control.ts'
import { bandwidth } from './fetch.ts'

/** What is installed (or removed) because it was asked for, and what for others. */
export interface Plan {
  readonly asked: readonly Paragraph[]
  readonly needed: readonly Paragraph[]
}

const width = 80
const rule = '='.repeat(width)

/** `547 k`, `2.0 M`. */
function sizeOf(bytes: number): string {
  const units = [' ', 'k', 'M', 'G']
  let value = bytes
  let unit = 0
  for (; value > 999 && unit < 3; unit++) value /= 1024
  return `${value < 9.95 && unit > 0 ? value.toFixed(1) : value.toFixed(0)} ${units[unit]}`
}

export function printPlan(proc: Process, { asked, needed }: Plan, verb = 'Installing'): void {
  const all = [...asked, ...needed]
  const value = (about: Paragraph, field: string): string => about.get(field) ?? ''
  const longest = (field: string): number => Math.max(...all.map((about) => value(about, field).length))
  const wide = [longest('Package'), longest('Architecture'), longest('Version'), longest('Repository')]
  // calcColumns: what is left goes to the first four in equal parts, the rest to the version.
  const left = Math.max(0, width - wide.reduce((sum, one) => sum + one, 5) - 6)
  const [name = 0, arch = 0, version = 0, repository = 0] = wide.map((one) => one + Math.floor(left / 4))
  const row = (cells: readonly string[], size: string): string => {
    const [a = '', b = '', c = '', d = ''] = cells
    const wider = version + (left % 4)
    return ` ${a.padEnd(name)} ${b.padEnd(arch)} ${c.padEnd(wider)} ${d.padEnd(repository)} ${size.padStart(5)}`
  }
  const lines = (some: readonly Paragraph[]): string[] =>
    some.map((about) =>
      row(
        ['Package', 'Architecture', 'Version', 'Repository'].map((field) => value(about, field)),
        sizeOf(Number(about.get('Size') ?? 0)),
      ),
    )
  proc.print(`\nDependencies Resolved\n\n${rule}`)
  proc.print(row(['Package', 'Arch', 'Version', 'Repository'], 'Size'))
  proc.print(`${rule}\n${verb}:`)
  for (const line of lines(asked)) proc.print(line)
  if (needed.length > 0) proc.print('Installing for dependencies:')
  for (const line of lines(needed)) proc.print(line)
  proc.print(`\nTransaction Summary\n${rule}`)
  proc.print(summaryOf(verb, asked.length, needed.length))
  const sum = (field: string, unit: number) =>
    all.reduce((total, about) => total + Number(about.get(field) ?? 0) * unit, 0)
  proc.print('')
  if (verb === 'Installing') proc.print(`Total download size: ${sizeOf(sum('Size', 1))}`)
  proc.print(`Installed size: ${sizeOf(sum('Installed-Size', 1024))}`)
}

function summaryOf(verb: string, asked: number, needed: number): string {
  const count = `${asked} Package${asked === 1 ? '' : 's'}`
  if (needed === 0) return `${verb === 'Installing' ? 'Install' : 'Remove'}  ${count}`
  return `Install  ${count} (+${needed} Dependent package${needed === 1 ? '' : 's'})`
}

export function printProgress(proc: Process, all: readonly Paragraph[]): void {
  const bytes = all.reduce((total, about) => total + Number(about.get('Size') ?? 0), 0)
  const seconds = Math.max(1, Math.round(bytes / bandwidth))
  const time = `${String(Math.floor(seconds / 60)).padStart(2, '0')}:${String(seconds % 60).padStart(2, '0')}`
  const speed = `${sizeOf(bytes / seconds)}B/s`
  proc.print('-'.repeat(width))
  proc.print(`${'Total'.padEnd(47)}${`${speed} | ${sizeOf(bytes)}B  ${time}`.padStart(28)}     `)
}

/** The key of CentOS 7, as its release package has it. */
export function importKey(proc: Process): void {
  proc.print('Retrieving key from file:///etc/pki/rpm-gpg/RPM-GPG-KEY-CentOS-7')
  proc.printError(`Importing GPG key 0xF4A80EB5:
 Userid     : "CentOS-7 Key (CentOS 7 Official Signing Key) <security@centos.org>"
 Fingerprint: 6341 ab27 53d7 8a78 a7c2 7bb1 24c6 a8a7 f4a8 0eb5
 Package    : centos-release-7-9.2009.0.el7.centos.x86_64 (@CentOS)
 From       : /etc/pki/rpm-gpg/RPM-GPG-KEY-CentOS-7`)
}

export function printResult(proc: Process, title: string, some: readonly Paragraph[]): void {
  if (some.length === 0) return
  const names = some
    .map((about) => {
      const version = about.get('Version') ?? ''
      return `${about.get('Package')}.${about.get('Architecture')} ${version.includes(':') ? version : `0:${version}`}`
    })
    .sort()
  const longest = Math.max(...names.map((one) => one.length))
  const columns = Math.max(1, Math.min(4, Math.floor((width - 1) / (longest + 2))))
  const each = Math.floor((width - 2) / columns) - 1
  proc.print(`\n${title}:`)
  for (let at = 0; at < names.length; at += columns) {
    const cells = names.slice(at, at + columns).map((one) => one.padEnd(columns === 1 ? width - 2 : each))
    proc.print(`  ${cells.join(' ')}`)
  }
}
