// The tests that `test`, `[` and `[[ ]]` share.

import { isErrno } from '../../base/errno.ts'
import { isDirectory, isSymlink, type Node } from '../../kernel/fs/node.ts'
import { mayAccess, stat } from '../../kernel/fs/read.ts'
import { terminalOf } from '../../kernel/tty.ts'
import { optionNames } from '../options.ts'
import type { ShellState } from '../state.ts'
import { elementsOf, findRaw, findVariable, textOf } from '../variables.ts'

export const unaryOperators: ReadonlySet<string> = new Set(
  '-a -b -c -d -e -f -g -h -k -n -o -p -r -s -t -u -v -w -x -z -G -L -N -O -R -S'.split(' '),
)

export function unaryTest(shell: ShellState, operator: string, text: string): boolean {
  const { proc } = shell
  switch (operator) {
    case '-n':
      return text !== ''
    case '-z':
      return text === ''
    case '-v':
      return isSet(shell, text)
    case '-R':
      return findRaw(shell, text)?.attributes.has('reference') === true
    case '-o':
      return optionNames.includes(text) && shell.options.has(text)
    case '-t':
      return terminalOf(proc.files.get(Number(text))) !== undefined
    case '-r':
      return mayAccess(proc, text, 4)
    case '-w':
      return mayAccess(proc, text, 2)
    case '-x':
      return mayAccess(proc, text, 1)
    case '-h':
    case '-L': {
      const node = nodeAt(shell, text, false)
      return node !== undefined && isSymlink(node)
    }
    default: {
      const status = statusAt(shell, text)
      return status !== undefined && nodeTest(shell, operator, status)
    }
  }
}

function nodeTest(shell: ShellState, operator: string, status: ReturnType<typeof stat>): boolean {
  const { node, mode } = status
  switch (operator) {
    case '-a':
    case '-e':
      return true
    case '-f':
      return node.kind === 'file' || node.kind === 'dynamic'
    case '-d':
      return isDirectory(node)
    case '-s':
      return status.size > 0
    case '-c':
      return node.kind === 'device'
    case '-p':
      return node.kind === 'fifo'
    case '-S':
      return node.kind === 'socket'
    case '-g':
      return (mode & 0o2000) !== 0
    case '-u':
      return (mode & 0o4000) !== 0
    case '-k':
      return (mode & 0o1000) !== 0
    case '-O':
      return status.uid === shell.proc.credentials.uid
    case '-G':
      return status.gid === shell.proc.credentials.gid
    case '-N':
      return true
    default:
      return false
  }
}

function isSet(shell: ShellState, name: string): boolean {
  const element = /^(\w+)\[(.*)\]$/s.exec(name)
  if (!element) return textOf(shell, name) !== undefined
  const [, array = '', subscript = ''] = element
  if (subscript === '@' || subscript === '*') return elementsOf(shell, array).length > 0
  const associative = findVariable(shell, array)?.kind === 'associative'
  return elementsOf(shell, array).some(([key]) =>
    associative ? key === subscript : key === Number(subscript),
  )
}

function statusAt(shell: ShellState, path: string, follow = true) {
  try {
    return stat(shell.proc, path, { follow })
  } catch (cause) {
    if (isErrno(cause)) return undefined
    throw cause
  }
}

const nodeAt = (shell: ShellState, path: string, follow: boolean): Node | undefined =>
  statusAt(shell, path, follow)?.node

/** Tests of two texts or files; undefined if there is no such operator. */
export function binaryTest(
  shell: ShellState,
  operator: string,
  left: string,
  right: string,
): boolean | undefined {
  switch (operator) {
    case '=':
    case '==':
      return left === right
    case '!=':
      return left !== right
    case '<':
      return left < right
    case '>':
      return left > right
    case '-nt':
    case '-ot': {
      const a = statusAt(shell, left)?.mtime
      const b = statusAt(shell, right)?.mtime
      const [newer, older] = operator === '-nt' ? [a, b] : [b, a]
      return newer !== undefined && (older === undefined || newer > older)
    }
    case '-ef': {
      const node = nodeAt(shell, left, true)
      return node !== undefined && node === nodeAt(shell, right, true)
    }
    default:
      return undefined
  }
}
