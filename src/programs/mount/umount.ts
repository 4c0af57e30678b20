// umount(8) of util-linux 2.41 and BusyBox' applet.

import { isErrno } from '../../base/errno.ts'
import { unmount } from '../../kernel/fs/filesystem.ts'
import { exists, realPath } from '../../kernel/fs/lookup.ts'
import type { Process } from '../../kernel/process.ts'
import { parseOptions, program, refuse } from '../program.ts'
import { badUsage, umountHelp } from './words.ts'

const grammar = {
  short: 'acAdfhilnqrRt:vVO:N:',
  long: {
    all: 'a',
    'all-targets': 'A',
    'no-canonicalize': 'c',
    'detach-loop': 'd',
    fake: 'fake',
    force: 'f',
    help: 'h',
    'internal-only': 'i',
    lazy: 'l',
    'no-mtab': 'n',
    quiet: 'q',
    'read-only': 'r',
    recursive: 'R',
    'types:': 't',
    verbose: 'v',
    version: 'V',
    'test-opts:': 'O',
    'namespace:': 'N',
  },
}

interface Wish {
  readonly lazy: boolean
  readonly recursive: boolean
  readonly verbose: boolean
  readonly quiet: boolean
}

const umountProgram = program({
  name: 'umount',
  *main(proc) {
    const line = parseOptions(proc.argv, grammar)
    if (line.has('h')) return print(proc, umountHelp)
    if (line.has('V'))
      return print(
        proc,
        'umount from util-linux 2.41.5 (libmount 2.41.5: selinux, smack, btrfs, verity, namespaces, idmapping, fd-based-mount, statmount, statx, assert, debug)',
      )
    for (const key of ['a', 'A', 'O', 'N', 't'])
      if (line.has(key)) return proc.fail(`umount: docksim does not simulate -${key}`)
    if (line.operands.length === 0) return badUsage(proc)
    if (line.has('fake')) return 0
    const wish = {
      lazy: line.has('l'),
      recursive: line.has('R'),
      verbose: line.has('v'),
      quiet: line.has('q'),
    }
    let status = 0
    for (const operand of line.operands) status = unmountOne(proc, operand, wish) || status
    return status
  },
})

function print(proc: Process, text: string): number {
  proc.print(text)
  return 0
}

function unmountOne(proc: Process, operand: string, wish: Wish): number {
  const refused = (words: string, status = 32): number => proc.fail(`umount: ${operand}: ${words}`, status)
  if (proc.credentials.uid !== 0 && !exists(proc, operand)) return refused('No such file or directory', 1)
  if (!proc.may('SYS_ADMIN')) return refused('must be superuser to unmount.')
  const path = mountNamed(proc, operand)
  if (path === undefined) {
    if (!exists(proc, operand)) return refused('no mount point specified.')
    return wish.quiet ? 32 : refused('not mounted.')
  }
  const paths = wish.recursive ? [...below(proc, path), path] : [path]
  if (!wish.lazy && isBusy(proc, path, wish.recursive)) return refused('target is busy.')
  for (const one of paths) {
    unmount(proc.fs, one)
    if (wish.verbose) proc.print(`umount: ${one} unmounted`)
  }
  return 0
}

/** The place of the mount that `operand` names: by its mount point, or by its source. */
function mountNamed(proc: Process, operand: string): string | undefined {
  const path = pathOf(proc, operand)
  if (proc.fs.mounts.has(path)) return path
  return [...proc.fs.mounts.values()].findLast(({ source }) => source === operand)?.path
}

function pathOf(proc: Process, operand: string): string {
  try {
    return realPath(proc, operand)
  } catch (cause) {
    if (isErrno(cause)) return operand
    throw cause
  }
}

const below = (proc: Process, path: string): string[] =>
  [...proc.fs.mounts.keys()].filter((other) => other.startsWith(`${path}/`)).reverse()

/** Someone works in it, or something is mounted in it. */
function isBusy(proc: Process, path: string, recursive: boolean): boolean {
  const within = (place: string): boolean => place === path || place.startsWith(`${path}/`)
  if (!recursive && below(proc, path).length > 0) return true
  return [...proc.machine.processes.values()].some(
    ({ fs, directory, state }) => fs === proc.fs && state !== 'zombie' && within(directory),
  )
}

const busyboxUmount = program({
  name: 'umount.busybox',
  flavour: 'busybox',
  *main(proc) {
    const line = parseOptions(proc.argv, { short: 'rlfdnat:' })
    for (const key of ['a', 't'])
      if (line.has(key)) return proc.fail(`umount: docksim does not simulate -${key}`)
    if (line.operands.length === 0) return refuse(proc, '', 'busybox', 1)
    let status = 0
    for (const operand of line.operands) {
      const words = refusalOf(proc, operand, line.has('l'))
      if (words === undefined) unmount(proc.fs, mountNamed(proc, operand) ?? operand)
      else status = proc.fail(`umount: can't unmount ${operand}: ${words}`)
    }
    return status
  },
})

function refusalOf(proc: Process, operand: string, lazy: boolean): string | undefined {
  if (!proc.may('SYS_ADMIN')) return 'Operation not permitted'
  const path = mountNamed(proc, operand)
  if (path === undefined) return exists(proc, operand) ? 'Invalid argument' : 'No such file or directory'
  return !lazy && isBusy(proc, path, false) ? 'Device or resource busy' : undefined
}

export const unmounting = [umountProgram, busyboxUmount]
