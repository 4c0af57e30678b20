// dpkg's database: which packages are installed, and which files are theirs.

import { timeOf } from '../../kernel/fs/filesystem.ts'
import { exists } from '../../kernel/fs/lookup.ts'
import { readTextIfAny } from '../../kernel/fs/read.ts'
import { executable } from '../../kernel/fs/tree.ts'
import { makeDirectory, placeNode, remove, writeText } from '../../kernel/fs/write.ts'
import type { Process } from '../../kernel/process.ts'
import { type Paragraph, readParagraphs, writeParagraph } from './control.ts'

const statusFile = '/var/lib/dpkg/status'
const listFile = (name: string): string => `/var/lib/dpkg/info/${name}.list`

/** Installed packages by name. */
export const installedPackages = (proc: Process): Map<string, Paragraph> =>
  new Map(readParagraphs(readTextIfAny(proc, statusFile)).map((each) => [each.get('Package') ?? '', each]))

/** Puts the executables of a package (lines `PATH PROGRAM`) into place and records it. */
export function unpack(proc: Process, about: Paragraph, files: string): void {
  const name = about.get('Package') ?? ''
  const placed = placeExecutables(proc, files)
  const status: [string, string][] = [
    ['Package', name],
    ['Status', 'install ok installed'],
  ]
  for (const field of ['Version', 'Installed-Size', 'Depends', 'Description']) {
    const value = about.get(field)
    if (value !== undefined) status.push([field, value])
  }
  makeDirectory(proc, '/var/lib/dpkg/info', { parents: true })
  writeText(proc, listFile(name), ['/.', ...placed].map((path) => `${path}\n`).join(''))
  saveStatus(proc, new Map([...installedPackages(proc), [name, new Map(status)]]))
}

/** Takes a package's files away, and its record. */
export function removePackage(proc: Process, name: string): void {
  removeFiles(proc, filesOfPackage(proc, name))
  if (exists(proc, listFile(name))) remove(proc, listFile(name))
  const others = installedPackages(proc)
  others.delete(name)
  saveStatus(proc, others)
}

export const filesOfPackage = (proc: Process, name: string): string[] =>
  readTextIfAny(proc, listFile(name)).split('\n').filter(Boolean)

/** Places executables, each a line `PATH PROGRAM`; the first is as large as `size` says. Returns their paths. */
export function placeExecutables(proc: Process, files: string, size?: number): string[] {
  const placed: string[] = []
  for (const line of files.split('\n')) {
    const [path = '', program] = line.split(' ')
    if (program === undefined) continue
    makeDirectory(proc, path.slice(0, path.lastIndexOf('/')), { parents: true })
    if (exists(proc, path, { follow: false })) remove(proc, path)
    placeNode(proc, path, {
      ...executable(program, placed.length === 0 ? size : undefined),
      mtime: timeOf(proc.fs),
    })
    placed.push(path)
  }
  return placed
}

export function removeFiles(proc: Process, paths: readonly string[]): void {
  for (const path of paths) if (path !== '/.' && exists(proc, path, { follow: false })) remove(proc, path)
}

function saveStatus(proc: Process, packages: ReadonlyMap<string, Paragraph>): void {
  const sorted = [...packages].sort(([a], [b]) => (a < b ? -1 : 1))
  writeText(proc, statusFile, sorted.map(([, fields]) => `${writeParagraph(fields)}\n`).join(''))
}
