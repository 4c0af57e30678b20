// Aliases: replaced in the text of a command before it is parsed for good.

import type { Command, SyntaxNode } from 'unbash'
import { parse } from './parse.ts'
import type { ShellState } from './state.ts'

/** `text` with the aliases of its command words replaced. */
export function expandAliases(shell: ShellState, text: string): string {
  if (shell.aliases.size === 0 || !works(shell)) return text
  return expand(shell, text, new Set())
}

const works = (shell: ShellState): boolean =>
  shell.interactive || shell.dialect.aliasesInScripts || shell.shopts.has('expand_aliases')

function expand(shell: ShellState, text: string, used: ReadonlySet<string>): string {
  let result = text
  for (const command of commandsOf(parse(text)).sort((a, b) => b.pos - a.pos)) {
    const name = command.name
    const value = name && !used.has(name.text) ? shell.aliases.get(name.text) : undefined
    if (!name || value === undefined) continue
    let rest = result.slice(name.end)
    if (/\s$/.test(value)) rest = expandNextWord(shell, rest, used)
    result = result.slice(0, name.pos) + expand(shell, value, new Set([...used, name.text])) + rest
  }
  return result
}

/** An alias that ends with a blank lets the next word be one too. */
function expandNextWord(shell: ShellState, rest: string, used: ReadonlySet<string>): string {
  const found = /^(\s*)([^\s;&|<>()]+)/.exec(rest)
  const value = found?.[2] === undefined || used.has(found[2]) ? undefined : shell.aliases.get(found[2])
  return found && value !== undefined ? (found[1] ?? '') + value + rest.slice(found[0].length) : rest
}

/** All simple commands, those in substitutions left out. */
function commandsOf(node: unknown, found: Command[] = []): Command[] {
  if (Array.isArray(node)) for (const item of node) commandsOf(item, found)
  else {
    const { type } = node as SyntaxNode
    if (type === 'Command') found.push(node as Command)
    else if (type !== 'Word')
      for (const value of Object.values(node as object))
        if (typeof value === 'object' && value) commandsOf(value, found)
  }
  return found
}
