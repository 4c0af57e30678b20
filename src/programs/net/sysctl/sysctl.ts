// `sysctl` of procps 4.0 and of BusyBox 1.37: settings read and written under /proc/sys. Source of the words:
// recordings.

import { decode, encode } from '../../../base/bytes.ts'
import { type Errno, isErrno, strerror } from '../../../base/errno.ts'
import { compilePosix } from '../../../base/posix.ts'
import { matchesPart } from '../../../base/regex.ts'
import type { Task } from '../../../base/scheduler.ts'
import { isDirectory } from '../../../kernel/fs/node.ts'
import { readDirectory, readFile, readText, stat } from '../../../kernel/fs/read.ts'
import { writeFile } from '../../../kernel/fs/write.ts'
import type { Process } from '../../../kernel/process.ts'
import type { Program } from '../../../kernel/program.ts'
import { busyboxUsage, type Flavour } from '../../program.ts'
import { refuse } from '../busybox/usage.ts'
import { type Scanned, scanOptions } from '../getopt.ts'
import { sysctlUsage } from './usage.ts'

const sysctlProgram = (name: string, flavour: Flavour): Program => ({
  name,
  *main(proc) {
    const gnu = flavour === 'gnu'
    const scanned = scanOptions(proc.argv.slice(1), gnu ? gnuGrammar : busyboxGrammar)
    const has = (...keys: string[]): boolean => scanned.options.some(({ key }) => keys.includes(key))
    if (scanned.error !== undefined) {
      if (!gnu) return refuse(proc, 'sysctl', scanned.error)
      proc.printError(`sysctl: ${scanned.error}`)
      proc.write(1, sysctlUsage)
      return 0
    }
    if (has('h', 'd')) {
      proc.write(gnu ? 1 : 2, gnu ? sysctlUsage : busyboxUsage('sysctl'))
      return 0
    }
    if (has('V')) {
      proc.print('sysctl from procps-ng 4.0.2')
      return 0
    }
    return yield* run(proc, flavour, scanned)
  },
})

export const sysctl = sysctlProgram('sysctl', 'gnu')
export const busyboxSysctl = sysctlProgram('sysctl.busybox', 'busybox')

const gnuGrammar = {
  short: 'abenNwfp::qoxaAXr:Vdh',
  long: {
    all: 'a',
    deprecated: 'D',
    'dry-run': 'y',
    binary: 'b',
    ignore: 'e',
    names: 'N',
    values: 'n',
    'load::': 'p',
    quiet: 'q',
    write: 'w',
    system: 'S',
    'pattern:': 'r',
    help: 'h',
    version: 'V',
  },
}
const busyboxGrammar = { short: 'neAapwqh', long: { help: 'h' } }

interface Work {
  readonly proc: Process
  readonly flavour: Flavour
  readonly has: (...keys: string[]) => boolean
  status: number
}

function* run(proc: Process, flavour: Flavour, { options, operands }: Scanned): Task<number> {
  const has = (...keys: string[]): boolean => options.some(({ key }) => keys.includes(key))
  const work: Work = { proc, flavour, has, status: 0 }
  if (has('S')) return proc.fail('sysctl: docksim does not simulate "sysctl --system"')
  if (has('a', 'A', 'X')) {
    const pattern = options.findLast(({ key }) => key === 'r')?.argument
    showAll(work, pattern)
    return 0
  }
  if (has('p', 'f')) {
    const attached = options.findLast(({ key }) => key === 'p')?.argument
    const files = attached ? [attached] : operands.length > 0 ? operands : ['/etc/sysctl.conf']
    for (const path of files) load(work, path)
    return work.status
  }
  if (operands.length === 0 && flavour === 'gnu') {
    if (has('w', 'e', 'n', 'N', 'q', 'b'))
      return proc.fail("sysctl: no variables specified\nTry `sysctl --help' for more information.")
    proc.write(2, sysctlUsage)
    return 1
  }
  for (const word of operands) {
    if (word.includes('=')) assign(work, word)
    else if (has('w') && flavour === 'gnu') {
      proc.printError('sysctl: command line(0): invalid syntax, continuing...')
      work.status = 1
      break
    } else if (has('w')) fail(work, `error: '${word}' must be of the form name=value`)
    else show(work, word)
  }
  return work.status
}

const fail = (work: Work, words: string): void => {
  work.proc.printError(`sysctl: ${words}`)
  work.status = 1
}

/** `net.ipv4.conf.eth0/1.x` → /proc/sys/net/ipv4/conf/eth0.1/x: the sign that comes first separates. */
function pathOf(name: string): string {
  const separator = /[./]/.exec(name)?.[0] ?? '.'
  if (separator === '/') return `/proc/sys/${name}`
  const swapped = [...name].map((sign) => (sign === '.' ? '/' : sign === '/' ? '.' : sign))
  return `/proc/sys/${swapped.join('')}`
}

const nameOf = (path: string): string =>
  [...path.slice('/proc/sys/'.length)]
    .map((sign) => (sign === '/' ? '.' : sign === '.' ? '/' : sign))
    .join('')

function show(work: Work, name: string): void {
  const { proc } = work
  const path = pathOf(name)
  try {
    for (const file of filesUnder(proc, path)) printSetting(work, file)
  } catch (cause) {
    if (!isErrno(cause)) throw cause
    unknown(work, name, path)
  }
}

function unknown(work: Work, name: string, path: string): void {
  if (work.flavour === 'gnu') {
    if (!work.has('e')) fail(work, `cannot stat ${path}: No such file or directory`)
  } else if (work.has('e')) work.status = 1
  else fail(work, `error: '${name}' is an unknown key`)
}

function filesUnder(proc: Process, path: string): string[] {
  if (!isDirectory(stat(proc, path).node)) return [path]
  return readDirectory(proc, path).flatMap((name) => filesUnder(proc, `${path}/${name}`))
}

function printSetting({ proc, has }: Work, path: string): void {
  const value = decode(readFile(proc, path)).replace(/\n$/, '')
  if (has('N')) proc.print(nameOf(path))
  else if (has('b')) proc.write(1, value)
  else proc.print(has('n') ? value : `${nameOf(path)} = ${value}`)
}

function showAll(work: Work, pattern: string | undefined): void {
  const wanted = pattern === undefined ? undefined : compilePosix(pattern, { extended: true })
  for (const path of filesUnder(work.proc, '/proc/sys'))
    if (wanted === undefined || matchesPart(wanted, nameOf(path))) printSetting(work, path)
}

/** `NAME=VALUE`; `silent` where the line itself asks to overlook a failure. */
function assign(work: Work, word: string, silent = false): void {
  const { proc, flavour, has } = work
  const equals = word.indexOf('=')
  const name = word.slice(0, equals).trim()
  const value = word.slice(equals + 1).trim()
  if (name === '' || (value === '' && flavour === 'busybox')) {
    if (flavour === 'busybox') fail(work, `error: malformed setting '${word}'`)
    else work.status = 1
    return
  }
  const path = pathOf(name)
  const shown = nameOf(path)
  try {
    stat(proc, path)
    if (!has('y')) writeFile(proc, path, encode(`${value}\n`))
  } catch (cause) {
    if (!isErrno(cause)) throw cause
    refused(work, shown, path, cause, silent)
    return
  }
  if (has('q')) return
  if (has('n')) proc.print(value)
  else proc.print(`${shown} = ${value}`)
}

function refused(work: Work, name: string, path: string, cause: Errno, silent: boolean): void {
  const { flavour } = work
  if (cause.code === 'ENOENT' || cause.code === 'ENOTDIR') return unknown(work, name, path)
  const words = strerror(cause.code)
  if (flavour === 'busybox')
    return fail(
      work,
      cause.code === 'EINVAL' ? `write error: ${words}` : `error setting key '${name}': ${words}`,
    )
  const denied = cause.code === 'EACCES' || cause.code === 'EPERM' || cause.code === 'EROFS'
  const ending = silent ? ', ignoring' : ''
  if (denied) work.proc.printError(`sysctl: permission denied on key "${name}"${ending}`)
  else work.proc.printError(`sysctl: setting key "${name}"${ending}: ${words}`)
  if (!silent) work.status = 1
}

/** Lines of a file: `#` and `;` begin comments, `-` before a name overlooks its failure. */
function load(work: Work, path: string): void {
  const { proc, flavour } = work
  let text: string
  try {
    text = readText(proc, path)
  } catch (cause) {
    if (!isErrno(cause)) throw cause
    const words = strerror(cause.code)
    if (flavour === 'gnu') fail(work, `cannot open "${path}": ${words}`)
    else proc.printError(`sysctl: ${path}: ${words}`)
    return
  }
  const settings: { word: string; silent: boolean }[] = []
  for (const [index, line] of text.split('\n').entries()) {
    const setting = line.trim()
    if (setting === '' || /^[#;]/.test(setting)) continue
    if (setting.includes('='))
      settings.push({ word: setting.replace(/^-/, ''), silent: setting.startsWith('-') })
    else if (flavour === 'gnu')
      proc.printError(`sysctl: ${path}(${index + 1}): invalid syntax, continuing...`)
  }
  for (const { word, silent } of settings) assign(work, word, silent)
}
