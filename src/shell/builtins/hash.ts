// `hash` and `enable`: the paths that commands were found under, and the builtins that are there.

import type { ShellState } from '../state.ts'
import { complain } from '../words.ts'
import { builtins } from './index.ts'
import { type Builtin, letters, print } from './output.ts'
import { pathsOf } from './type.ts'

export const hash: Builtin = (shell, args) => {
  const bash = shell.dialect.name === 'bash'
  if (bash && !shell.options.has('hashall')) {
    complain(shell, 'hashing disabled', 'hash')
    return 1
  }
  const { set, operands } = letters(args, 'lrtdp')
  if (set.has('r')) shell.hash.clear()
  if (set.has('p')) return remember(shell, operands[1], operands[0] ?? '')
  for (const letter of ['t', 'd'])
    if (set.has(letter) && operands.length === 0) {
      complain(shell, `-${letter}: option requires an argument`, 'hash')
      return 1
    }
  let status = 0
  for (const name of operands) if (!lookUp(shell, name, set)) status = 1
  if (operands.length > 0 || (set.has('r') && !set.has('l'))) return status
  return bash ? list(shell, set.has('l')) : listPaths(shell)
}

function remember(shell: ShellState, name: string | undefined, path: string): number {
  if (name !== undefined) shell.hash.set(name, { path, hits: 0 })
  return 0
}

function lookUp(shell: ShellState, name: string, set: ReadonlySet<string>): boolean {
  const known = shell.hash.get(name)
  if (set.has('t') && known) print(shell, `${known.path}\n`)
  else if (set.has('d') && known) shell.hash.delete(name)
  else {
    const [path] = set.has('t') || set.has('d') ? [] : pathsOf(shell, name)
    if (path === undefined) {
      complain(shell, `${name}: not found`, 'hash')
      return false
    }
    shell.hash.set(name, { path, hits: 0 })
  }
  return true
}

function list(shell: ShellState, reusable: boolean): number {
  if (shell.hash.size === 0) print(shell, reusable ? '' : 'hash: hash table empty\n')
  else if (!reusable) print(shell, 'hits\tcommand\n')
  for (const [name, { path, hits }] of shell.hash)
    print(shell, reusable ? `builtin hash -p ${path} ${name}\n` : `${String(hits).padStart(4)}\t${path}\n`)
  return 0
}

function listPaths(shell: ShellState): number {
  for (const { path } of shell.hash.values()) print(shell, `${path}\n`)
  return 0
}

const special: readonly string[] =
  '. : break continue eval exec exit export readonly return set shift source times trap unset'.split(' ')

export const enable: Builtin = (shell, args) => {
  const { set, operands } = letters(args, 'adfnps')
  if (set.has('f') || set.has('d')) {
    complain(shell, 'loadable builtins are not simulated here', 'enable')
    return 1
  }
  if (operands.length === 0 || set.has('p')) return listBuiltins(shell, set)
  let status = 0
  for (const name of operands) {
    if (!builtins.has(name) || name === 'chdir') {
      complain(shell, `${name}: not a shell builtin`, 'enable')
      status = 1
    } else if (set.has('n')) shell.disabled.add(name)
    else shell.disabled.delete(name)
  }
  return status
}

function listBuiltins(shell: ShellState, set: ReadonlySet<string>): number {
  for (const name of [...builtins.keys()].sort()) {
    const off = shell.disabled.has(name)
    if (set.has('s') && !special.includes(name)) continue
    if (!set.has('a') && off !== set.has('n')) continue
    print(shell, `enable ${off ? '-n ' : ''}${name}\n`)
  }
  return 0
}
