// Functions as `declare -f` and `type` print them.

import { parse as parseBash } from 'unbash'
import { print as printTree } from 'unbash/printer'
import type { FunctionDefinition } from './state.ts'

/** The definition in bash's own layout: the name and `()`, the braces on lines of their own, four blanks a level. */
export function printFunction(definition: FunctionDefinition): string {
  const printed = printTree(parseBash(definition.source)).trimEnd()
  const lines = printed.split('\n')
  const head = /^(?:function\s+)?\S+\s*\(\)\s*\{?/
  const body = lines.slice(1, -1).map((line) => line.replace(/^( +)/, (blanks) => blanks + blanks))
  if (lines.length < 2 || !head.test(lines[0] ?? '')) return `${definition.name} () \n{ \n    ${printed}\n}`
  return [`${definition.name} () `, '{ ', ...separated(body), '}'].join('\n')
}

/** bash ends each command but the last of a list with a semicolon. */
function separated(lines: readonly string[]): string[] {
  const depth = (line: string | undefined): number =>
    line === undefined ? -1 : (/^ */.exec(line)?.[0].length ?? 0)
  return lines.map((line, index) => {
    const next = lines[index + 1]
    const continues = /(?:\bthen|\bdo|\belse|\{|\bin|;;|\)|&|&&|\|\|)$/.test(line)
    return depth(next) === depth(line) &&
      !continues &&
      !/^\s*(?:fi|done|esac|\}|else|elif.*)$/.test(next ?? '')
      ? `${line};`
      : line
  })
}
