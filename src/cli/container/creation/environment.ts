// Environment variables and labels of a new container: those of files first, then those of the line
// (docker/cli opts/file.go, opts/parse.go).

import { Errno, strerror } from '../../../base/errno.ts'
import { type Dated, inRelease, type Release } from '../../../base/release.ts'
import { readText } from '../../../kernel/fs/read.ts'
import type { Process } from '../../../kernel/process.ts'
import { ValueError } from '../../flags/strconv.ts'

/** `NAME=value` lines; a NAME alone is looked up in the client's environment. @throws ValueError */
export function environmentLines(
  proc: Process,
  release: Release,
  files: readonly string[],
  given: readonly string[],
): string[] {
  const fromFiles = files.flatMap((file) => linesOf(proc, release, file, true))
  return [...fromFiles, ...given.map((line) => lookUp(proc, line) ?? line)]
}

/** Labels by name. @throws ValueError */
export function labelsOf(
  proc: Process,
  release: Release,
  files: readonly string[],
  given: readonly string[],
): ReadonlyMap<string, string> {
  const lines = [...files.flatMap((file) => linesOf(proc, release, file, false)), ...given]
  return new Map(lines.map(splitLine))
}

function splitLine(line: string): [string, string] {
  const equals = line.indexOf('=')
  return equals < 0 ? [line, ''] : [line.slice(0, equals), line.slice(equals + 1)]
}

/** The line with the variable's value; undefined where it has none. */
function lookUp(proc: Process, line: string): string | undefined {
  if (line.includes('=')) return line
  const value = proc.environment.get(line)
  return value === undefined ? undefined : `${line}=${value}`
}

const badFile: Dated<string> = {
  '19.03': 'poorly formatted environment: ',
  '28': 'invalid env file (FILE): ',
}

function linesOf(proc: Process, release: Release, file: string, looksUp: boolean): string[] {
  const frame = (inRelease(badFile, release) ?? '').replace('FILE', () => file)
  const lines: string[] = []
  for (const raw of readLines(proc, file)) {
    const line = raw.trimStart()
    if (line === '' || line.startsWith('#')) continue
    const name = splitLine(line)[0]
    if (name === '') throw new ValueError(`${frame}no variable name on line '${line}'`)
    if (/[ \t]/.test(name)) throw new ValueError(`${frame}variable '${name}' contains whitespaces`)
    const found = looksUp ? lookUp(proc, line) : line
    if (found !== undefined) lines.push(found)
  }
  return lines
}

function readLines(proc: Process, file: string): string[] {
  try {
    return readText(proc, file).split(/\r?\n/)
  } catch (cause) {
    if (cause instanceof Errno) throw new ValueError(`open ${file}: ${strerror(cause.code).toLowerCase()}`)
    throw cause
  }
}
