// `type`, `command -v`, `which` as a word of the shell's: what a name means.

import { isErrno } from '../../base/errno.ts'
import { defaultPath, searchAll, searchPath } from '../../kernel/exec.ts'
import { mayAccess } from '../../kernel/fs/read.ts'
import { isDirectoryAt } from '../expand/glob.ts'
import { printFunction } from '../functions.ts'
import { builtinOf, specialBuiltins } from '../interpret/simple.ts'
import type { ShellState } from '../state.ts'
import { textOf } from '../variables.ts'
import { complain, writeError } from '../words.ts'
import { sayUsage } from './letters-check.ts'
import { type Builtin, letters, print } from './output.ts'

export const keywords: readonly string[] =
  'if then else elif fi case esac for select while until do done in function time { } ! [[ ]] coproc'.split(
    ' ',
  )

type Style = 'path' | 'words' | 'kind' | 'file'

/** Says what `name` means; false if nothing. */
export function describe(
  shell: ShellState,
  name: string,
  style: Style,
  speaker: string,
  all = false,
): boolean {
  let found = 0
  const say = (kind: string, path: string, words: string): boolean => {
    found++
    if (style === 'kind') print(shell, `${kind}\n`)
    else if (style === 'file') print(shell, kind === 'file' ? `${path}\n` : '')
    else print(shell, `${style === 'path' ? path : words}\n`)
    return !all
  }
  const alias = shell.aliases.get(name)
  const bash = shell.dialect.name === 'bash'
  const aliasWords = bash ? `${name} is aliased to \`${alias}'` : `${name} is an alias for ${alias}`
  if (alias !== undefined && say('alias', `alias ${name}='${alias}'`, aliasWords)) return true
  if (keywords.includes(name) && say('keyword', name, `${name} is a shell keyword`)) return true
  const definition = shell.functions.get(name)
  if (definition) {
    const words = bash
      ? `${name} is a function\n${printFunction(definition)}`
      : `${name} is a ${shell.dialect.name === 'dash' ? 'shell ' : ''}function`
    if (say('function', name, words)) return true
  }
  if (builtinOf(shell, name)) {
    const special = !bash && specialBuiltins.has(name) ? 'special ' : ''
    if (say('builtin', name, `${name} is a ${special}shell builtin`)) return true
  }
  const hashed = all ? undefined : shell.hash.get(name)
  if (hashed && bash && style === 'words') hashed.hits++
  if (hashed) {
    const tracked = `${name} is a tracked alias for ${hashed.path}`
    if (say('file', hashed.path, bash ? `${name} is hashed (${hashed.path})` : tracked)) return true
  }
  for (const path of pathsOf(shell, name, all)) if (say('file', path, `${name} is ${path}`)) return true
  if (found === 0 && style === 'words') sayMissing(shell, name, speaker)
  return found > 0
}

function sayMissing(shell: ShellState, name: string, speaker: string): void {
  if (shell.dialect.name === 'bash') complain(shell, `${name}: not found`, speaker)
  else print(shell, `${name}: not found\n`)
}

/** The files that would run for `name`. */
export function pathsOf(shell: ShellState, name: string, all = false): string[] {
  if (name.includes('/'))
    return mayAccess(shell.proc, name, 1) && !isDirectoryAt(shell.proc, name) ? [name] : []
  const path = textOf(shell, 'PATH') ?? defaultPath
  if (all) return searchAll(shell.proc, name, path)
  try {
    return [searchPath(shell.proc, name, path)]
  } catch (cause) {
    if (isErrno(cause)) return []
    throw cause
  }
}

export const type: Builtin = (shell, args) => {
  if (shell.dialect.name !== 'bash')
    return args.map((name) => describe(shell, name, 'words', 'type')).every(Boolean) ? 0 : 127
  const { set, operands, wrong } = letters(args, 'aftpP')
  if (wrong !== undefined) {
    complain(shell, `${wrong}: invalid option`, 'type')
    shell.proc.printError('type: usage: type [-afptP] name [name ...]')
    return 2
  }
  let status = 0
  for (const name of operands) {
    const style = set.has('t') ? 'kind' : set.has('p') || set.has('P') ? 'file' : 'words'
    if (set.has('P')) {
      const [path] = pathsOf(shell, name)
      if (path === undefined) status = 1
      else print(shell, `${path}\n`)
    } else if (!describe(shell, name, style, 'type', set.has('a'))) status = 1
  }
  return status
}

export const alias: Builtin = (shell, args) => {
  const shown = (name: string, value: string): string =>
    `${shell.dialect.name === 'bash' ? 'alias ' : ''}${name}='${value.replace(/'/g, "'\\''")}'\n`
  const words = args[0] === '-p' ? args.slice(1) : args
  if (words.length === 0)
    for (const name of [...shell.aliases.keys()].sort())
      print(shell, shown(name, shell.aliases.get(name) ?? ''))
  let status = 0
  for (const word of words) {
    const at = word.indexOf('=', 1)
    if (at > 0 && shell.dialect.name === 'bash' && /[\s$`\\"'/<>|&;()]/.test(word.slice(0, at))) {
      complain(shell, `\`${word.slice(0, at)}': invalid alias name`, 'alias')
      status = 1
      continue
    }
    if (at > 0) {
      shell.aliases.set(word.slice(0, at), word.slice(at + 1))
      continue
    }
    const value = shell.aliases.get(word)
    if (value !== undefined) print(shell, shown(word, value))
    else {
      if (shell.dialect.name === 'bash') complain(shell, `${word}: not found`, 'alias')
      else shell.proc.printError(`alias: ${word} not found`)
      status = 1
    }
  }
  return status
}

export const unalias: Builtin = (shell, args) => {
  if (args.length === 0 && shell.dialect.name === 'bash') return sayUsage(shell, 'unalias')
  if (args[0] === '-a') shell.aliases.clear()
  let status = 0
  for (const name of args[0] === '-a' ? [] : args) {
    if (shell.aliases.delete(name)) continue
    if (shell.dialect.name === 'bash') complain(shell, `${name}: not found`, 'unalias')
    else writeError(shell, `unalias: ${name} not found\n`)
    status = 1
  }
  return status
}
