// Executing files (execve(2), execvp(3)): from a name to the program that its file names.

import { decode } from '../base/bytes.ts'
import { Errno } from '../base/errno.ts'
import { joinPath, locate, permits } from './fs/lookup.ts'
import { isDirectory } from './fs/node.ts'
import type { Process, SpawnOptions } from './process.ts'
import type { Program } from './program.ts'

/** What `findExecutable` looks through: a process, or what one will be. */
export type Looker = Pick<Process, 'fs' | 'credentials' | 'directory' | 'umask' | 'machine'>

export interface Executable {
  readonly program: Program
  /** What the program gets: for a script its interpreter's, with the script's path. */
  readonly argv: readonly string[]
  /** The file that was found: `/bin/sh`, without symbolic links. */
  readonly executable: string
}

/** The PATH of execvp(3) where the environment has none (glibc's confstr _CS_PATH and Docker's default). */
export const defaultPath = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin'

/**
 * What runs for `argv`: its first word is searched for in `path` (a value of PATH) unless it has a slash. Throws Errno:
 * ENOENT, EACCES (not executable, a directory), ENOEXEC (no `#!` and no program), ELOOP.
 */
export function findExecutable(proc: Looker, argv: readonly string[], path = defaultPath): Executable {
  const [name = ''] = argv
  if (name === '') throw new Errno('ENOENT', name)
  return executableAt(proc, name.includes('/') ? name : searchPath(proc, name, path), argv)
}

/** The path under which execvp(3) finds `name`. Throws ENOENT, or EACCES if only files that may not run have the name. */
export function searchPath(proc: Looker, name: string, path: string): string {
  let refused = false
  for (const directory of path.split(':')) {
    const candidate = directory === '' ? `./${name}` : `${directory.replace(/\/$/, '')}/${name}`
    const answer = isExecutable(proc, candidate)
    if (answer === true) return candidate
    refused ||= answer === 'refused'
  }
  throw new Errno(refused ? 'EACCES' : 'ENOENT', name)
}

/** All paths under which `name` may be executed, for `which -a` and `type -a`. */
export const searchAll = (proc: Looker, name: string, path: string): string[] =>
  path
    .split(':')
    .map((directory) => joinPath(directory === '' ? proc.directory : directory, name))
    .filter((candidate) => isExecutable(proc, candidate) === true)

function isExecutable(proc: Looker, path: string): boolean | 'refused' {
  try {
    const { node } = locate(proc, path)
    if (!node) return false
    if (node.kind !== 'file') return 'refused'
    return permits(proc.credentials, node, 1) || 'refused'
  } catch (cause) {
    if (cause instanceof Errno) return false
    throw cause
  }
}

/** As execve(2) of `path`. Throws ENOENT, EACCES, ENOEXEC, ELOOP. */
function executableAt(proc: Looker, path: string, argv: readonly string[], depth = 0): Executable {
  const { node, path: real } = locate(proc, path)
  if (!node) throw new Errno('ENOENT', path)
  if (isDirectory(node) || node.kind !== 'file' || !permits(proc.credentials, node, 1))
    throw new Errno('EACCES', path)
  if (node.program !== undefined) {
    const program = proc.machine.programs.get(node.program)
    if (!program) throw new Errno('ENOEXEC', path)
    return { program, argv, executable: real }
  }
  const line = /^#! *([^ \n]+)(?: +([^\n]*[^ \n]))? *(?:\n|$)/.exec(decode(node.content))
  if (!line?.[1]) throw new Errno('ENOEXEC', path)
  if (depth > 3) throw new Errno('ELOOP', path)
  const option = line[2] === undefined ? [] : [line[2]]
  return executableAt(proc, line[1], [line[1], ...option, path, ...argv.slice(1)], depth + 1)
}

/** Starts `argv` as a child of `proc`, searched for in its PATH. Throws as `findExecutable`. */
export function startProgram(
  proc: Process,
  argv: readonly string[],
  options: Omit<SpawnOptions, 'program' | 'argv' | 'executable'> = {},
): Process {
  const environment = options.environment ?? proc.environment
  const found = findExecutable(proc, argv, environment.get('PATH') ?? defaultPath)
  return proc.spawn({ ...options, ...found })
}
