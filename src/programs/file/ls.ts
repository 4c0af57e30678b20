// ls(1), of GNU and of BusyBox.

import { type Errno, isErrno } from '../../base/errno.ts'
import { lookup } from '../../kernel/fs/lookup.ts'
import { isDirectory, isSymlink } from '../../kernel/fs/node.ts'
import { directoryEntries, readLink, type Status, stat, statusOf } from '../../kernel/fs/read.ts'
import type { Process } from '../../kernel/process.ts'
import { terminalOf } from '../../kernel/tty.ts'
import { nameOfGroup, nameOfUser } from '../../kernel/users.ts'
import { both, errorWords, type Flavour, type ParsedOptions, parseOptions } from '../program.ts'
import { quoteName } from '../quotation.ts'
import { listedDate, modeLetters } from './attributes.ts'
import { humanSize } from './units.ts'

const gnu = {
  short: '1aAbBcCdfFgGhHiIklLmnNopqQrRsStTuUvw:xXZ',
  long: {
    all: 'a',
    'almost-all': 'A',
    directory: 'd',
    classify: 'F',
    'human-readable': 'h',
    inode: 'i',
    'numeric-uid-gid': 'n',
    'no-group': 'G',
    reverse: 'r',
    recursive: 'R',
    size: 's',
    'color::': 'color',
    'group-directories-first': 'dirs',
    'full-time': 'full',
    dereference: 'L',
    'width:': 'w',
    'time-style:': 'time-style',
    'sort:': 'sort',
  },
}
const busybox = {
  short: '1AaCxdLHRFplinshrSXvctuw:k',
  long: { 'full-time': 'full', 'group-directories-first': 'dirs', 'color::': 'color' },
}

interface Shown {
  readonly name: string
  readonly status: Status
  readonly target: string | undefined
}

export const ls = both({
  name: 'ls',
  trouble: 2,
  busyboxTrouble: 1,
  *main(proc, flavour) {
    const options = parseOptions(proc.argv, flavour === 'gnu' ? gnu : busybox)
    const run = new Listing(proc, options, flavour)
    run.all(options.operands.length > 0 ? options.operands : ['.'])
    yield* proc.flush()
    return run.status
  },
})

class Listing {
  status = 0
  private readonly proc: Process
  private readonly options: ParsedOptions
  private readonly flavour: Flavour
  private readonly long: boolean
  private printedBlock = false

  constructor(proc: Process, options: ParsedOptions, flavour: Flavour) {
    this.proc = proc
    this.options = options
    this.flavour = flavour
    this.long = options.has('l', 'n', 'g', 'o', 'full')
  }

  all(operands: readonly string[]): void {
    const files: Shown[] = []
    const directories: string[] = []
    const follow = !this.long || this.options.has('L', 'H')
    for (const operand of [...operands].sort(compareNames))
      try {
        const status = stat(this.proc, operand, { follow: false })
        const throughLink = !this.options.has('d') && isSymlink(status.node) && follow
        const seen = throughLink ? this.followed(operand, status) : status
        if (isDirectory(seen.node) && !this.options.has('d')) directories.push(operand)
        else files.push(this.shown(operand, this.options.has('L') ? seen : status, operand))
      } catch (cause) {
        if (!isErrno(cause)) throw cause
        this.refuse(operand, cause)
      }
    if (files.length > 0) {
      this.block(this.sorted(files))
      this.printedBlock = true
    }
    const titled = operands.length > 1 || this.options.has('R')
    for (const directory of this.options.has('r') ? directories.reverse() : directories)
      this.directory(directory, titled)
  }

  private followed(path: string, link: Status): Status {
    try {
      return stat(this.proc, path)
    } catch (cause) {
      if (isErrno(cause)) return link
      throw cause
    }
  }

  private refuse(operand: string, cause: Errno): void {
    const words = errorWords(cause)
    this.proc.printError(
      this.flavour === 'gnu'
        ? `ls: cannot access ${quoteName(operand)}: ${words}`
        : `ls: ${operand}: ${words}`,
    )
    this.status = this.flavour === 'gnu' ? 2 : 1
  }

  private directory(path: string, titled: boolean): void {
    const { proc, options } = this
    let entries: ReturnType<typeof directoryEntries>
    try {
      entries = directoryEntries(proc, path)
    } catch (cause) {
      if (!isErrno(cause)) throw cause
      const words = errorWords(cause)
      proc.printError(
        this.flavour === 'gnu'
          ? `ls: cannot open directory ${quoteName(path)}: ${words}`
          : `ls: can't open '${path}': ${words}`,
      )
      this.status = this.flavour === 'gnu' ? 2 : 1
      return
    }
    if (titled) proc.print(`${this.printedBlock ? '\n' : ''}${path}:`)
    this.printedBlock = true
    const prefix = path === '/' ? '/' : `${path}/`
    const shown: Shown[] = []
    for (const [name, node] of entries)
      if (!name.startsWith('.') || options.has('a', 'A', 'f'))
        shown.push(this.shown(name, statusOf(node, joined(proc, path, name)), prefix + name))
    if (options.has('a', 'f'))
      for (const name of ['.', '..']) shown.push(this.shown(name, stat(proc, prefix + name), prefix + name))
    const ordered = this.sorted(shown)
    const blocks = ordered.reduce((sum, { status }) => sum + blocksOf(status), 0)
    if (this.long || options.has('s'))
      proc.print(`total ${options.has('h') ? humanSize(blocks * 1024) : blocks}`)
    this.block(ordered)
    if (!options.has('R')) return
    for (const { name, status } of ordered)
      if (isDirectory(status.node) && name !== '.' && name !== '..') this.directory(prefix + name, true)
  }

  private shown(name: string, status: Status, path: string): Shown {
    if (this.options.has('L') && isSymlink(status.node))
      return { name, status: this.followed(path, status), target: undefined }
    return { name, status, target: isSymlink(status.node) ? readLink(this.proc, path) : undefined }
  }

  private sorted(shown: readonly Shown[]): Shown[] {
    const { options } = this
    if (options.has('U', 'f')) return [...shown]
    const ordered = [...shown].sort((a, b) => {
      if (options.has('S')) return b.status.size - a.status.size || compareNames(a.name, b.name)
      if (options.has('t')) return b.status.mtime - a.status.mtime || compareNames(a.name, b.name)
      if (options.has('X'))
        return compareNames(extension(a.name), extension(b.name)) || compareNames(a.name, b.name)
      return compareNames(a.name, b.name)
    })
    if (options.has('r')) ordered.reverse()
    if (!options.has('dirs')) return ordered
    return [...ordered.filter(isFolder), ...ordered.filter((one) => !isFolder(one))]
  }

  private block(shown: readonly Shown[]): void {
    if (this.long) return this.longLines(shown)
    const names = shown.map((one) => this.inode(one) + this.blocks(one) + this.marked(one))
    const terminal = terminalOf(this.proc.files.get(1))
    const columns = this.options.has('C', 'x') || (terminal !== undefined && !this.options.has('1'))
    if (this.options.has('m')) return this.proc.print(names.join(', '))
    if (!columns) for (const name of names) this.proc.print(name)
    else
      printColumns(this.proc, names, Number(this.options.value('w') ?? terminal?.columns ?? 80), this.flavour)
  }

  private inode({ status }: Shown): string {
    return this.options.has('i') ? `${status.inode} ` : ''
  }

  private blocks({ status }: Shown): string {
    return this.options.has('s') ? `${blocksOf(status)} ` : ''
  }

  private marked({ name, status }: Shown): string {
    const { node } = status
    if (this.options.has('p')) return name + (isDirectory(node) ? '/' : '')
    if (!this.options.has('F')) return name
    if (isDirectory(node)) return `${name}/`
    if (isSymlink(node)) return this.long ? name : `${name}@`
    if (node.kind === 'fifo') return `${name}|`
    if (node.kind === 'socket') return `${name}=`
    return name + ((node.mode & 0o111) !== 0 ? '*' : '')
  }

  private longLines(shown: readonly Shown[]): void {
    const { proc, options, flavour } = this
    const numeric = options.has('n')
    const rows = shown.map((one) => {
      const { status } = one
      return {
        one,
        links: String(status.links),
        user: numeric ? String(status.uid) : nameOfUser(proc, status.uid),
        group: numeric ? String(status.gid) : nameOfGroup(proc, status.gid),
        size: this.sizeCell(status),
      }
    })
    const width = (key: 'links' | 'user' | 'group' | 'size'): number =>
      Math.max(0, ...rows.map((row) => row[key].length))
    const [links, user, group, size] = [width('links'), width('user'), width('group'), width('size')]
    for (const row of rows) {
      const { status, target } = row.one
      const mode = modeLetters(status.node)
      const date = listedDate(proc, status.mtime, options.has('full'))
      const name = this.marked(row.one) + (target === undefined ? '' : ` -> ${target}`)
      const lead = this.inode(row.one) + this.blocks(row.one)
      if (flavour === 'busybox')
        proc.print(
          `${lead}${mode} ${row.links.padStart(4)} ${row.user.padEnd(8)} ${row.group.padEnd(8)} ${row.size.padStart(9)} ${date} ${name}`,
        )
      else {
        const owner = options.has('g') ? '' : ` ${row.user.padEnd(user)}`
        const owners = owner + (options.has('o', 'G') ? '' : ` ${row.group.padEnd(group)}`)
        proc.print(
          `${lead}${mode} ${row.links.padStart(links)}${owners} ${row.size.padStart(size)} ${date} ${name}`,
        )
      }
    }
  }

  private sizeCell({ node, size }: Status): string {
    if (node.kind === 'device') return `${node.major}, ${this.flavour === 'gnu' ? '' : '  '}${node.minor}`
    return this.options.has('h') ? humanSize(size) : String(size)
  }
}

const isFolder = ({ status }: Shown): boolean => isDirectory(status.node)

const joined = (proc: Process, path: string, name: string): string =>
  `${path.startsWith('/') ? path : `${proc.directory}/${path}`}/${name}`

const extension = (name: string): string => /\.[^.]*$/.exec(name)?.[0] ?? ''

const compareNames = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

/** Blocks of 1 KiB on a disk with blocks of 4 KiB. */
const blocksOf = ({ node, size }: Status): number =>
  node.kind === 'file' || node.kind === 'directory' ? Math.ceil(size / 4096) * 4 : 0

/** Names below each other in columns: as many as fit. */
function printColumns(proc: Process, names: readonly string[], width: number, flavour: Flavour): void {
  if (names.length === 0) return
  for (let rows = 1; ; rows++) {
    const columns: string[][] = []
    for (let start = 0; start < names.length; start += rows) columns.push(names.slice(start, start + rows))
    const widest = Math.max(...names.map((name) => name.length))
    const widths = columns.map((column) =>
      flavour === 'gnu' ? Math.max(...column.map((name) => name.length)) + 2 : widest + 2,
    )
    const total = widths.reduce((sum, one) => sum + one, 0) - 2
    if (total > width && rows < names.length) continue
    for (let row = 0; row < rows; row++) {
      const cells = columns.flatMap((column, index) => {
        const name = column[row]
        if (name === undefined) return []
        const isLast = columns[index + 1]?.[row] === undefined
        return isLast ? [name] : [name.padEnd(widths[index] ?? 0)]
      })
      proc.print(cells.join(''))
    }
    return
  }
}

/** Whether `path` is a directory, links followed; false where there is nothing. */
export function isDirectoryAt(proc: Process, path: string): boolean {
  try {
    return isDirectory(lookup(proc, path))
  } catch (cause) {
    if (isErrno(cause)) return false
    throw cause
  }
}
