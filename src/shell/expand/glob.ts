// Pathname expansion: the names in the file system that a pattern matches, in the order of their bytes.

import { isErrno } from '../../base/errno.ts'
import { exists } from '../../kernel/fs/lookup.ts'
import { isDirectory } from '../../kernel/fs/node.ts'
import { directoryEntries, stat } from '../../kernel/fs/read.ts'
import type { Process } from '../../kernel/process.ts'
import { isPattern, matches, unescapePattern } from './pattern.ts'

export interface GlobOptions {
  readonly extended: boolean
  readonly hidden: boolean
  readonly ignoreCase: boolean
  readonly anyDepth: boolean
}

/** The paths that match `pattern`; empty if none does. */
export function glob(proc: Process, pattern: string, options: GlobOptions): string[] {
  const segments = splitSegments(pattern)
  const rooted = pattern.startsWith('/')
  let paths = [rooted ? (/^\/+/.exec(pattern)?.[0] ?? '/') : '']
  const wanted = segments.filter((segment) => segment !== '')
  const onlyDirectories = pattern.endsWith('/')
  for (const [index, segment] of wanted.entries()) {
    const last = index === wanted.length - 1
    paths = paths.flatMap((path) => step(proc, path, segment, last, options))
  }
  if (onlyDirectories) paths = paths.filter((path) => isDirectoryAt(proc, path)).map((path) => `${path}/`)
  return [...new Set(paths)].sort(byBytes)
}

const byBytes = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0)

function splitSegments(pattern: string): string[] {
  const segments = ['']
  let depth = 0
  for (let at = 0; at < pattern.length; at++) {
    const character = pattern[at] as string
    if (character === '\\') {
      segments[segments.length - 1] += character + (pattern[++at] ?? '')
      continue
    }
    if (character === '(') depth++
    if (character === ')') depth--
    if (character === '/' && depth <= 0) segments.push('')
    else segments[segments.length - 1] += character
  }
  return segments
}

function step(proc: Process, path: string, segment: string, last: boolean, options: GlobOptions): string[] {
  const prefix = path === '' || path.endsWith('/') ? path : `${path}/`
  if (segment === '**' && options.anyDepth)
    return [...(last && path !== '' ? [prefix] : []), ...descend(proc, path, last, options)]
  if (!isPattern(segment, options.extended)) {
    const literal = prefix + unescapePattern(segment)
    return last || exists(proc, literal) ? (exists(proc, literal, { follow: false }) ? [literal] : []) : []
  }
  return names(proc, path)
    .filter((name) => showsHidden(name, segment, options) && matches(segment, name, options))
    .map((name) => prefix + name)
    .filter((found) => last || isDirectoryAt(proc, found))
}

function showsHidden(name: string, segment: string, options: GlobOptions): boolean {
  if (!name.startsWith('.')) return true
  return (
    segment.startsWith('.') || segment.startsWith('\\.') || (options.hidden && name !== '.' && name !== '..')
  )
}

function descend(proc: Process, path: string, last: boolean, options: GlobOptions): string[] {
  const prefix = path === '' || path.endsWith('/') ? path : `${path}/`
  const found = last ? [] : [path]
  for (const name of names(proc, path).sort(byBytes)) {
    if (name.startsWith('.') && !options.hidden) continue
    const below = prefix + name
    if (isDirectoryAt(proc, below))
      found.push(...(last ? [below] : []), ...descend(proc, below, last, options))
    else if (last) found.push(below)
  }
  return found
}

function names(proc: Process, path: string): string[] {
  try {
    return ['.', '..', ...directoryEntries(proc, path === '' ? '.' : path).keys()].filter(
      (name) => name !== '.' && name !== '..',
    )
  } catch (cause) {
    if (isErrno(cause)) return []
    throw cause
  }
}

export function isDirectoryAt(proc: Process, path: string): boolean {
  try {
    return isDirectory(stat(proc, path).node)
  } catch (cause) {
    if (isErrno(cause)) return false
    throw cause
  }
}
