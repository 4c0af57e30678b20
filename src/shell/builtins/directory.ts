// `cd`, `pwd`, `pushd`, `popd`, `dirs`: the working directory.

import { Errno, isErrno, strerror } from '../../base/errno.ts'
import { joinPath, locate, permits } from '../../kernel/fs/lookup.ts'
import { isDirectory } from '../../kernel/fs/node.ts'
import type { ShellState } from '../state.ts'
import { assign, textOf } from '../variables.ts'
import { complain } from '../words.ts'
import { type Builtin, letters, print, usage } from './output.ts'

export const cd: Builtin = (shell, args) => {
  const { set, operands, wrong } = letters(args[0] === '-' ? [] : args, 'LPe@')
  if (wrong !== undefined)
    return usage(shell, 'cd', `${wrong}: invalid option`, 'cd [-L|[-P [-e]] [-@]] [dir]')
  const [given] = args[0] === '-' ? ['-'] : operands
  if (operands.length > 1 && shell.dialect.name === 'bash') {
    complain(shell, 'too many arguments', 'cd')
    return 1
  }
  const target = given === undefined ? textOf(shell, 'HOME') : given === '-' ? textOf(shell, 'OLDPWD') : given
  if (target === undefined) {
    if (shell.dialect.name !== 'bash' && given === undefined) return 0
    complain(shell, `${given === '-' ? 'OLDPWD' : 'HOME'} not set`, 'cd')
    return 1
  }
  const found = throughPath(shell, target)
  const status = enter(shell, found ?? target, target, set.has('P') || shell.options.has('physical'), 'cd')
  if (status === 0 && (given === '-' || found !== undefined)) print(shell, `${textOf(shell, 'PWD') ?? ''}\n`)
  return status
}

/** A relative directory is looked for in CDPATH. */
function throughPath(shell: ShellState, target: string): string | undefined {
  const path = textOf(shell, 'CDPATH')
  if (!path || /^\.{0,2}\//.test(target) || target === '.' || target === '..') return undefined
  for (const directory of path.split(':')) {
    if (directory === '' || directory === '.') continue
    const candidate = `${directory}/${target}`
    try {
      const { node } = locate(shell.proc, candidate)
      if (node && isDirectory(node)) return candidate
    } catch (cause) {
      if (!isErrno(cause)) throw cause
    }
  }
  return undefined
}

function enter(shell: ShellState, path: string, shown: string, physical: boolean, speaker: string): number {
  const { proc } = shell
  try {
    const logical = joinPath(textOf(shell, 'PWD') || proc.directory, path === '' ? '.' : path)
    const found = locate(proc, physical ? path || '.' : logical)
    if (!found.node) throw new Errno('ENOENT')
    if (!isDirectory(found.node)) throw new Errno('ENOTDIR')
    if (!permits(proc.credentials, found.node, 1)) throw new Errno('EACCES')
    assign(shell, 'OLDPWD', textOf(shell, 'PWD') ?? proc.directory)
    proc.directory = found.path
    assign(shell, 'PWD', physical ? found.path : logical)
    return 0
  } catch (cause) {
    if (!isErrno(cause)) throw cause
    if (shell.dialect.name === 'bash') complain(shell, `${shown}: ${strerror(cause.code)}`, speaker)
    else if (shell.dialect.name === 'dash') complain(shell, `can't cd to ${shown}`, speaker)
    else complain(shell, `can't cd to ${shown}: ${strerror(cause.code)}`, speaker)
    return shell.dialect.name === 'bash' ? 1 : 2
  }
}

export const pwd: Builtin = (shell, args) => {
  const { set } = letters(args, 'LP')
  print(shell, `${set.has('P') ? shell.proc.directory : (textOf(shell, 'PWD') ?? shell.proc.directory)}\n`)
  return 0
}

const here = (shell: ShellState): string => textOf(shell, 'PWD') ?? shell.proc.directory

export const pushd: Builtin = (shell, args) => {
  const stay = args[0] === '-n'
  const [given] = stay ? args.slice(1) : args
  const all = [here(shell), ...shell.directoryStack]
  if (given !== undefined && /^[+-]\d+$/.test(given)) {
    const at = placeOf(all, given)
    if (at === undefined) return outOfRange(shell, given, 'pushd')
    return settle(shell, [...all.slice(at), ...all.slice(0, at)], stay, 'pushd')
  }
  if (given === undefined && all.length === 1) {
    complain(shell, 'no other directory', 'pushd')
    return 1
  }
  const [top = '/', second = '/', ...rest] = all
  if (given === undefined) return settle(shell, [second, top, ...rest], stay, 'pushd')
  if (stay) return settle(shell, [top, given, ...all.slice(1)], true, 'pushd')
  return settle(shell, [given, ...all], false, 'pushd')
}

/** Makes `all` the stack: goes to its first directory, unless it stays, and shows it. */
function settle(shell: ShellState, all: readonly string[], stay: boolean, speaker: string): number {
  const [top = '/', ...rest] = all
  const status = stay ? 0 : enter(shell, top, top, false, speaker)
  if (status !== 0) return status
  shell.directoryStack = rest
  return dirs(shell, [], noCall) as number
}

/** The index that `+N` (from the left) or `-N` (from the right) means. */
function placeOf(all: readonly string[], given: string): number | undefined {
  const count = Number(given.slice(1))
  const at = given.startsWith('+') ? count : all.length - 1 - count
  return at >= 0 && at < all.length ? at : undefined
}

function outOfRange(shell: ShellState, given: string, speaker: string): number {
  const words =
    shell.directoryStack.length === 0
      ? 'directory stack empty'
      : `${given}: directory stack index out of range`
  complain(shell, words, speaker)
  return 1
}

const noCall = { name: 'dirs', assignments: new Map(), text: '', last: false, keepFiles: false }

export const popd: Builtin = (shell, args) => {
  const stay = args[0] === '-n'
  const [given = '+0'] = stay ? args.slice(1) : args
  const all = [here(shell), ...shell.directoryStack]
  if (all.length === 1) {
    complain(shell, 'directory stack empty', 'popd')
    return 1
  }
  const at = placeOf(all, given)
  if (at === undefined) return outOfRange(shell, given, 'popd')
  const gone = stay && at === 0 ? 1 : at
  return settle(shell, [...all.slice(0, gone), ...all.slice(gone + 1)], stay || gone > 0, 'popd')
}

export const dirs: Builtin = (shell, args) => {
  const { set, operands } = letters(
    args.filter((word) => !/^-\d+$/.test(word)),
    'clpv',
  )
  if (set.has('c')) {
    shell.directoryStack = []
    return 0
  }
  const home = textOf(shell, 'HOME')
  const short = (path: string): string =>
    home && !set.has('l') && (path === home || path.startsWith(`${home}/`))
      ? `~${path.slice(home.length)}`
      : path
  const all = [here(shell), ...shell.directoryStack].map(short)
  const wanted = [...operands, ...args].find((word) => /^[+-]\d+$/.test(word))
  if (wanted !== undefined) {
    const at = placeOf(all, wanted)
    if (at === undefined) return outOfRange(shell, wanted, 'dirs')
    print(shell, set.has('v') ? `${String(at).padStart(2)}  ${all[at]}\n` : `${all[at]}\n`)
    return 0
  }
  if (set.has('v')) print(shell, all.map((path, index) => `${String(index).padStart(2)}  ${path}\n`).join(''))
  else print(shell, set.has('p') ? all.map((path) => `${path}\n`).join('') : `${all.join(' ')}\n`)
  return 0
}
