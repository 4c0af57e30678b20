// stat(1), mktemp(1), du(1), of GNU and of BusyBox.

import { datePartsOf, digits, printDate, printTime, printZone } from '../../base/calendar.ts'
import { drawHex } from '../../base/random.ts'
import { isDirectory, isSymlink, type Node } from '../../kernel/fs/node.ts'
import { directoryEntries, readLink, type Status, stat as statusAt, statusOf } from '../../kernel/fs/read.ts'
import { makeDirectory, writableFile } from '../../kernel/fs/write.ts'
import type { Process } from '../../kernel/process.ts'
import { nameOfGroup, nameOfUser } from '../../kernel/users.ts'
import { both, type Flavour, parseOptions, quote } from '../program.ts'
import { quoteName } from '../quotation.ts'
import { modeLetters } from './attributes.ts'
import { forEach, missingOperand } from './make.ts'
import { humanSize } from './units.ts'

export const stat = both({
  name: 'stat',
  *main(proc, flavour) {
    const options = parseOptions(proc.argv, {
      short: 'Lftc:',
      long: { dereference: 'L', 'format:': 'c', 'printf:': 'printf', terse: 't' },
    })
    if (options.operands.length === 0) return missingOperand(proc, flavour)
    const format = options.value('c')
    return forEach(
      proc,
      options.operands,
      (operand) => {
        const status = statusAt(proc, operand, { follow: options.has('L') })
        if (format === undefined) describe(proc, operand, status, flavour)
        else proc.print(filledIn(proc, format, operand, status))
      },
      (operand, words) =>
        flavour === 'gnu'
          ? `stat: cannot statx ${quoteName(operand)}: ${words}`
          : `stat: can't stat '${operand}': ${words}`,
    )
  },
})

const kindOf = (node: Node, size: number): string => {
  if (isDirectory(node)) return 'directory'
  if (isSymlink(node)) return 'symbolic link'
  if (node.kind === 'device') return 'character special file'
  if (node.kind === 'fifo' || node.kind === 'socket') return node.kind
  return size === 0 ? 'regular empty file' : 'regular file'
}

function timeText(proc: Process, { mtime }: Status): string {
  const { zoneMinutes } = proc.machine.calendar
  const parts = datePartsOf(BigInt(mtime) * 1000n, zoneMinutes)
  return `${printDate(parts)} ${printTime(parts)}.${digits(parts.nanosecond, 9)} ${printZone(zoneMinutes, '')}`
}

const octal = (mode: number): string => mode.toString(8).padStart(4, '0')

function describe(proc: Process, operand: string, status: Status, flavour: Flavour): void {
  const { node, size, inode, links, mode, uid, gid } = status
  const target = isSymlink(node) ? ` -> ${readLink(proc, operand)}` : ''
  const cell = (value: number | string, width: number): string => String(value).padEnd(width)
  proc.print(`  File: ${operand}${target}`)
  proc.print(
    `  Size: ${cell(size, 10)}\tBlocks: ${cell(Math.ceil(size / 4096) * 8, 10)} IO Block: 4096   ${kindOf(node, size)}`,
  )
  proc.print(`Device: ${flavour === 'gnu' ? '254,1' : '83h/131d'}\tInode: ${cell(inode, 11)} Links: ${links}`)
  const user = `Uid: (${String(uid).padStart(5)}/${nameOfUser(proc, uid).padStart(8)})`
  const group = `Gid: (${String(gid).padStart(5)}/${nameOfGroup(proc, gid).padStart(8)})`
  proc.print(`Access: (${octal(mode)}/${modeLetters(node)})  ${user}   ${group}`)
  const time = timeText(proc, status)
  for (const title of ['Access', 'Modify', 'Change']) proc.print(`${title}: ${time}`)
  if (flavour === 'gnu') proc.print(` Birth: ${time}`)
}

function filledIn(proc: Process, format: string, operand: string, status: Status): string {
  const { node, size, inode, links, mode, uid, gid, mtime } = status
  const fields: Readonly<Record<string, () => string>> = {
    a: () => mode.toString(8),
    A: () => modeLetters(node),
    b: () => String(Math.ceil(size / 4096) * 8),
    B: () => '512',
    F: () => kindOf(node, size),
    g: () => String(gid),
    G: () => nameOfGroup(proc, gid),
    h: () => String(links),
    i: () => String(inode),
    n: () => operand,
    N: () => `'${operand}'${isSymlink(node) ? ` -> '${readLink(proc, operand)}'` : ''}`,
    s: () => String(size),
    u: () => String(uid),
    U: () => nameOfUser(proc, uid),
    x: () => timeText(proc, status),
    y: () => timeText(proc, status),
    z: () => timeText(proc, status),
    X: () => String(Math.floor(mtime / 1e6)),
    Y: () => String(Math.floor(mtime / 1e6)),
    Z: () => String(Math.floor(mtime / 1e6)),
    '%': () => '%',
  }
  return format.replace(/%(.)/g, (whole, letter) => fields[letter]?.() ?? whole)
}

export const mktemp = both({
  name: 'mktemp',
  *main(proc, flavour) {
    const options = parseOptions(proc.argv, {
      short: 'dqup:t',
      long: { directory: 'd', quiet: 'q', 'dry-run': 'u', 'tmpdir::': 'p', 'suffix:': 'suffix' },
    })
    const template = options.operands[0] ?? (flavour === 'gnu' ? 'tmp.XXXXXXXXXX' : 'tmp.XXXXXX')
    const marks = /X{3,}(?!.*X)/.exec(template)
    if (!marks) return proc.fail(`mktemp: too few X's in template ${quote(proc, template)}`)
    const inTmp = options.operands.length === 0 || options.has('p', 't')
    const directory = inTmp ? `${options.value('p') || proc.env('TMPDIR') || '/tmp'}/` : ''
    const drawn = drawHex(proc.machine.fabric.random, 'mktemp', marks[0].length)
    const path = directory + template.replace(marks[0], drawn) + (options.value('suffix') ?? '')
    if (options.has('d')) makeDirectory(proc, path, { mode: 0o700 })
    else if (!options.has('u')) writableFile(proc, path, 0o600)
    proc.print(path)
    return 0
  },
})

export const du = both({
  name: 'du',
  *main(proc, flavour) {
    const options = parseOptions(proc.argv, {
      short: 'abcd:hkmsx',
      long: { all: 'a', 'human-readable': 'h', summarize: 's', total: 'c', 'max-depth:': 'd' },
    })
    const depth = options.has('s') ? 0 : Number(options.value('d') ?? Number.POSITIVE_INFINITY)
    const show = (kib: number, path: string): void => {
      const size = options.has('h')
        ? humanSize(kib * 1024)
        : String(options.has('m') ? Math.ceil(kib / 1024) : kib)
      proc.print(`${size}\t${path}`)
    }
    const walk = (path: string, node: Node, level: number): number => {
      const { size } = statusOf(node, path)
      let total = node.kind === 'file' || node.kind === 'directory' ? Math.ceil(size / 4096) * 4 : 0
      if (isDirectory(node))
        for (const [name, child] of directoryEntries(proc, path))
          total += walk(`${path.replace(/\/$/, '')}/${name}`, child, level + 1)
      if (level === 0 || (level <= depth && (isDirectory(node) || options.has('a')))) show(total, path)
      return total
    }
    let all = 0
    const status = forEach(
      proc,
      options.operands.length > 0 ? options.operands : ['.'],
      (operand) => {
        all += walk(operand, statusAt(proc, operand, { follow: false }).node, 0)
      },
      (operand, words) =>
        flavour === 'gnu' ? `du: cannot access ${quoteName(operand)}: ${words}` : `du: ${operand}: ${words}`,
    )
    if (options.has('c')) show(all, 'total')
    return status
  },
})
