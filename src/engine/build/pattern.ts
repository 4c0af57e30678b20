// Patterns of file names: Go's filepath.Match, and those of .dockerignore (moby patternmatcher).

/** Go's words for a pattern with an open bracket. */
export const badPattern = 'syntax error in pattern'

/** Whether a path matches `pattern` as Go's filepath.Match does. Throws Error. */
export function fileMatcher(pattern: string): (path: string) => boolean {
  const expression = new RegExp(`^${sourceOf(pattern, false)}$`, 's')
  return (path) => expression.test(path)
}

function sourceOf(pattern: string, deep: boolean): string {
  let source = ''
  for (let at = 0; at < pattern.length; at++) {
    const letter = pattern.charAt(at)
    if (letter === '*' && deep && pattern[at + 1] === '*') {
      at++
      if (pattern[at + 1] === '/') at++
      source += at + 1 >= pattern.length ? '.*' : '(?:.*/)?'
    } else if (letter === '*') source += '[^/]*'
    else if (letter === '?') source += '[^/]'
    else if (letter === '[') {
      const end = classEnd(pattern, at)
      source += classSource(pattern.slice(at + 1, end))
      at = end
    } else if (letter === '\\') {
      if (at + 1 >= pattern.length) throw new Error(badPattern)
      source += escaped(pattern.charAt(++at))
    } else source += escaped(letter)
  }
  return source
}

const escaped = (letter: string): string => letter.replace(/[.+^${}()|\\[\]*?]/, '\\$&')

function classEnd(pattern: string, start: number): number {
  const end = pattern.indexOf(']', start + (pattern[start + 1] === '^' ? 3 : 2))
  const inside = pattern.slice(start + 1, end)
  if (end < 0 || /^\^?-|-$/.test(inside)) throw new Error(badPattern)
  return end
}

const classSource = (inside: string): string => `[${inside.replace(/^\^/, '^').replace(/[\\\]]/g, '\\$&')}]`

interface IgnorePattern {
  readonly text: string
  readonly excludes: boolean
  readonly matches: (path: string) => boolean
}

export interface Ignore {
  readonly patterns: readonly IgnorePattern[]
}

/** The lines of a .dockerignore. Throws Error with the reason. */
export function readIgnore(content: string, more: readonly string[] = []): Ignore {
  const lines = content
    .replace(/^\ufeff/, '')
    .split(/\r?\n/)
    .filter((line) => !line.startsWith('#'))
    .map((line) => line.trim())
    .filter((line) => line !== '')
  return { patterns: [...lines, ...more].map(ignorePattern) }
}

function ignorePattern(line: string): IgnorePattern {
  const excludes = !line.startsWith('!')
  const written = excludes ? line : line.slice(1).trim()
  if (written === '') throw new Error(`illegal exclusion pattern: "${line}"`)
  const text = cleaned(written)
  const expression = new RegExp(`^${sourceOf(text, true)}$`, 's')
  return { text, excludes, matches: (path) => expression.test(path) }
}

/** filepath.Clean, without a slash at the beginning. */
function cleaned(path: string): string {
  const names: string[] = []
  for (const name of path.split('/')) {
    if (name === '..' && names.length > 0 && names.at(-1) !== '..') names.pop()
    else if (name !== '' && name !== '.') names.push(name)
  }
  return names.join('/') || '.'
}

/** Whether the file at `path` (`dir/x`) stays out. The last pattern that matches it, or a directory above it, decides. */
export function isIgnored({ patterns }: Ignore, path: string): boolean {
  const above = path.split('/').map((_, index, names) => names.slice(0, index + 1).join('/'))
  let ignored = false
  for (const { excludes, matches } of patterns) if (above.some(matches)) ignored = excludes
  return ignored
}

/** Whether something below an ignored directory might still be wanted: an exception begins with its path. */
export const mayHold = ({ patterns }: Ignore, directory: string): boolean =>
  patterns.some(({ excludes, text }) => !excludes && `${text}/`.startsWith(`${directory}/`))
