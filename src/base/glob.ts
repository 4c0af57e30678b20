// Patterns of fnmatch(3): `*`, `?` and `[...]`, against whole names. The shell has its own, richer ones.

import { literalRegex, translatePosix } from './posix.ts'
import { BadRegex, compileRegex } from './regex.ts'

export interface GlobOptions {
  readonly ignoreCase?: boolean
  /** `*` and `?` never match a slash (FNM_PATHNAME). */
  readonly pathname?: boolean
}

/** A test for the whole of a name. A bracket that does not close stands for itself. */
export function compileGlob(pattern: string, options: GlobOptions = {}): (name: string) => boolean {
  const source = sourceOf(pattern, options.pathname ? '[^/]' : '.')
  const regex = compileRegex(`^(?:${source})$`, { ignoreCase: options.ignoreCase === true, dotAll: true })
  return (name) => regex.find(name) !== undefined
}

function sourceOf(pattern: string, any: string): string {
  let out = ''
  for (let at = 0; at < pattern.length; at++) {
    const char = pattern.charAt(at)
    const set = char === '[' ? bracketAt(pattern, at) : undefined
    if (set) {
      out += set.source
      at = set.end
    } else if (char === '*') out += `${any}*`
    else if (char === '?') out += any
    else if (char === '\\' && at + 1 < pattern.length) out += literalRegex(pattern.charAt(++at))
    else out += literalRegex(char)
  }
  return out
}

function bracketAt(pattern: string, at: number): { source: string; end: number } | undefined {
  const end = pattern.indexOf(']', at + (/^\[[!^]/.test(pattern.slice(at)) ? 3 : 2))
  if (end < 0) return undefined
  try {
    return { source: translatePosix(pattern.slice(at, end + 1).replace(/^\[!/, '[^')), end }
  } catch (cause) {
    if (cause instanceof BadRegex) return undefined
    throw cause
  }
}
