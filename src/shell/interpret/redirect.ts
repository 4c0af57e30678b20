// Redirections: `>file`, `2>&1`, `<<EOF`, `{fd}<file`. They change the shell's own descriptors; what they replaced is kept.

import type { HereDoc, Redirect, Redirection } from 'unbash'
import { encode } from '../../base/bytes.ts'
import { type ErrnoName, isErrno, strerror } from '../../base/errno.ts'
import type { Task } from '../../base/scheduler.ts'
import { type OpenFile, release, retain } from '../../kernel/file.ts'
import { type OpenMode, openFile } from '../../kernel/open.ts'
import { createPipe } from '../../kernel/pipe.ts'
import { limitOf } from '../builtins/limits.ts'
import { startBuilding } from '../expand/fields.ts'
import { buildPart, expandToText, expandWords } from '../expand/word.ts'
import type { ShellState } from '../state.ts'
import { assign, textOf } from '../variables.ts'
import { complain } from '../words.ts'

export interface SavedFile {
  readonly descriptor: number
  readonly file: OpenFile | undefined
}

/** Carries out the redirections; false after a complaint. What they replace goes into `saved`. */
export function* redirect(
  shell: ShellState,
  redirections: readonly Redirection[],
  saved: SavedFile[],
): Task<boolean> {
  for (const redirection of redirections) {
    if (redirection.type === 'Redirect') {
      if (!(yield* redirectToTarget(shell, redirection, saved))) return false
      continue
    }
    const text =
      redirection.type === 'HereDoc'
        ? yield* hereText(shell, redirection)
        : redirection.target
          ? `${yield* expandToText(shell, redirection.target)}\n`
          : '\n'
    place(shell, descriptorOf(shell, redirection, 0), fileOfText(shell, text), saved)
  }
  return true
}

/** Puts back what was replaced, the last first; `keep`: lets the new files stay (`exec`). */
export function restoreFiles(shell: ShellState, saved: readonly SavedFile[], keep: boolean): void {
  for (const { descriptor, file } of [...saved].reverse()) {
    if (!keep) {
      if (file) shell.proc.setFile(descriptor, file)
      else shell.proc.closeFile(descriptor)
    }
    if (file) release(file)
  }
}

function save(shell: ShellState, descriptor: number, saved: SavedFile[]): void {
  const file = shell.proc.files.get(descriptor)
  saved.push({ descriptor, file: file && retain(file) })
}

/** No descriptor below the limit is free (open(2) EMFILE). */
function full(shell: ShellState): boolean {
  const { soft } = limitOf(shell, 'n')
  if (shell.proc.files.size < soft) return false
  for (let descriptor = 0; descriptor < soft; descriptor++)
    if (!shell.proc.files.has(descriptor)) return false
  return true
}

/** A descriptor beyond the limit of open files is none (dup2(2) EBADF). */
function withinLimit(shell: ShellState, descriptor: number, shown = String(descriptor)): boolean {
  if (descriptor < limitOf(shell, 'n').soft) return true
  complain(shell, `${shown}: Bad file descriptor`)
  return false
}

function place(shell: ShellState, descriptor: number, file: OpenFile, saved: SavedFile[]): void {
  save(shell, descriptor, saved)
  shell.proc.setFile(descriptor, file)
}

function descriptorOf(shell: ShellState, redirection: Redirection, standard: number): number {
  const { descriptor } = redirection
  if (!descriptor) return standard
  if (descriptor.type === 'FileDescriptor') return descriptor.value
  let free = 10
  while (shell.proc.files.has(free)) free++
  assign(shell, descriptor.name, String(free))
  return free
}

function* hereText(shell: ShellState, node: HereDoc): Task<string> {
  const strip = (text: string): string => (node.operator === '<<-' ? text.replace(/^\t+/gm, '') : text)
  const { body } = node
  if (node.delimiter?.quoted || !body.parts)
    return strip(node.delimiter?.quoted ? body.text : unescapeHere(body.text))
  const building = startBuilding()
  let atLineStart = true
  for (const part of body.parts) {
    if (part.type !== 'Literal') {
      yield* buildPart(shell, part, building, true)
      atLineStart = false
      continue
    }
    const text: string = node.operator === '<<-' ? stripTabs(part.value, atLineStart) : part.value
    building.text += text
    atLineStart = text.endsWith('\n')
  }
  return building.text
}

const stripTabs = (text: string, atLineStart: boolean): string => {
  const stripped = text.replace(/\n\t+/g, '\n')
  return atLineStart ? stripped.replace(/^\t+/, '') : stripped
}

const unescapeHere = (text: string): string =>
  text.replace(/\\([$`\\\n])/g, (_whole, character) => (character === '\n' ? '' : character))

/** A file from which `text` can be read: a pipe whose writer has gone. */
function fileOfText(shell: ShellState, text: string): OpenFile {
  const { reader, writer } = createPipe(shell.proc.scheduler)
  retain(writer)
  writer.operations.write(writer, encode(text))
  release(writer)
  return reader
}

const modes: Readonly<Record<string, OpenMode>> = {
  '>': 'w',
  '>|': 'w',
  '>>': 'a',
  '<': 'r',
  '<>': 'rw',
  '&>': 'w',
  '&>>': 'a',
}

function* redirectToTarget(shell: ShellState, node: Redirect, saved: SavedFile[]): Task<boolean> {
  const targets = node.target ? yield* expandWords(shell, [node.target]) : []
  const [target = ''] = targets
  if (targets.length !== 1) {
    complain(shell, `${node.target?.text ?? ''}: ambiguous redirect`)
    return false
  }
  const duplicates = node.operator === '>&' || node.operator === '<&'
  const closesVariable = node.descriptor?.type === 'FileDescriptorVariable' && target === '-'
  const descriptor = closesVariable
    ? Number(textOf(shell, (node.descriptor as { name: string }).name) ?? -1)
    : descriptorOf(shell, node, node.operator.startsWith('<') ? 0 : 1)
  if (duplicates && /^(\d+-?|-)$/.test(target)) return duplicate(shell, descriptor, target, saved)
  const both = node.operator.startsWith('&') || (node.operator === '>&' && !node.descriptor)
  if (duplicates && !both) {
    complain(shell, `${target}: ambiguous redirect`)
    return false
  }
  if (full(shell)) {
    complain(shell, `${target}: ${strerror('EMFILE')}`)
    return false
  }
  const file = open(shell, target, node.operator)
  if (!file) return false
  if (!withinLimit(shell, descriptor)) {
    release(retain(file))
    return false
  }
  place(shell, descriptor, file, saved)
  if (both) place(shell, 2, file, saved)
  return true
}

function duplicate(shell: ShellState, descriptor: number, target: string, saved: SavedFile[]): boolean {
  if (!withinLimit(shell, descriptor, target)) return false
  const source = Number.parseInt(target, 10)
  const file = shell.proc.files.get(source)
  if (target !== '-' && !file) {
    complain(shell, badDescriptor(shell, source))
    return false
  }
  save(shell, descriptor, saved)
  if (file) shell.proc.setFile(descriptor, file)
  else shell.proc.closeFile(descriptor)
  if (target.length > 1 && target.endsWith('-')) {
    save(shell, source, saved)
    shell.proc.closeFile(source)
  }
  return true
}

const badDescriptor = (shell: ShellState, descriptor: number): string =>
  shell.dialect.name === 'ash'
    ? `dup2(${descriptor},1): Bad file descriptor`
    : `${descriptor}: ${shell.dialect.name === 'bash' ? 'Bad file descriptor' : 'Bad file descriptor'}`

function open(shell: ShellState, path: string, operator: string): OpenFile | undefined {
  const noclobber = shell.options.has('noclobber') && (operator === '>' || operator === '&>')
  const mode = modes[operator] ?? 'w'
  try {
    if (!noclobber) return openFile(shell.proc, path, mode)
    return openFile(shell.proc, path, path === '/dev/null' ? 'w' : 'wx')
  } catch (cause) {
    if (!isErrno(cause)) throw cause
    complain(shell, openWords(shell, path, cause.code, mode))
    return undefined
  }
}

function openWords(shell: ShellState, path: string, code: ErrnoName, mode: OpenMode): string {
  if (shell.dialect.name === 'bash')
    return `${path}: ${code === 'EEXIST' ? 'cannot overwrite existing file' : strerror(code)}`
  const reads = mode === 'r'
  if (shell.dialect.name === 'dash') {
    const words = code === 'ENOENT' ? (reads ? 'No such file' : 'Directory nonexistent') : strerror(code)
    return `cannot ${reads ? 'open' : 'create'} ${path}: ${code === 'EEXIST' ? 'File exists' : words}`
  }
  const words = code === 'ENOENT' ? (reads ? 'no such file' : 'nonexistent directory') : strerror(code)
  return `can't ${reads ? 'open' : 'create'} ${path}: ${words}`
}
