// What dash and ash make of a text that the parser, which speaks bash, takes: other words, or a syntax error.
// Recorded: tests/shell/dash-refuses.json, ash-refuses.json.

import type { Redirect, SyntaxNode, Word, WordPart } from 'unbash'
import { nodesOf, parse, type SyntaxFault } from './parse.ts'
import type { ShellState } from './state.ts'

/** The syntax error in `text` for this shell; in bash `@(a|b)` needs `extglob`, but not in `[[ ]]`. */
export function foreignFault(shell: ShellState, text: string): SyntaxFault | undefined {
  if (shell.dialect.name === 'bash') {
    if (shell.shopts.has('extglob') || !/[?*+@!]\(/.test(text)) return undefined
    for (const node of nodesOf(parse(text))) {
      const fault = node.type === 'Word' ? extendedGlob(node) : undefined
      if (fault) return fault
    }
    return undefined
  }
  if (!/[(<>]|function|select|\$\{|\|&/.test(text)) return undefined
  for (const node of nodesOf(parse(text))) {
    const fault = faultOf(shell, text, node)
    if (fault) return fault
  }
  return undefined
}

const at = (token: string, offset: number): SyntaxFault => ({ token, lookingFor: undefined, offset })
const said = (words: string, offset: number): SyntaxFault => ({ ...at('', offset), words })

function extendedGlob(node: Word): SyntaxFault | undefined {
  const part = node.parts?.find((one) => one.type === 'ExtendedGlob')
  return part && at('(', part.pos + 1)
}

function faultOf(shell: ShellState, text: string, node: SyntaxNode): SyntaxFault | undefined {
  const dash = shell.dialect.name === 'dash'
  switch (node.type) {
    case 'Word':
      return extendedGlob(node) ?? wordFault(node, dash)
    case 'Assignment':
      return node.value.type === 'ArrayValue' ? at('(', node.value.pos) : wordFault(node.value, dash)
    case 'Function':
      return functionFault(text, node, dash)
    case 'ArithmeticFor':
      return said(dash ? 'Bad for loop variable' : 'bad for loop variable', node.pos)
    case 'Select': {
      const from = node.wordlist?.at(-1)?.end ?? node.name.end
      return at('do', from + Math.max(0, text.slice(from).search(/\bdo\b/)))
    }
    case 'Pipeline': {
      const joint = node.operators.indexOf('|&')
      return joint < 0 ? undefined : at('&', node.commands[joint]?.end ?? node.pos)
    }
    case 'HereString':
      return at('redirection', node.pos)
    case 'Redirect':
      return dash ? redirectFault(node) : undefined
    default:
      return undefined
  }
}

function wordFault(word: Word, dash: boolean): SyntaxFault | undefined {
  for (const part of word.parts ?? []) {
    if (part.type === 'ProcessSubstitution' && dash) return at('(', part.pos + 1)
    if (isCutOff(part)) return said(dash ? "Missing '}'" : "missing '}'", part.pos)
  }
  return undefined
}

/** `${x:}` */
const isCutOff = (part: WordPart): boolean =>
  part.type === 'ParameterExpansion' && /^\$\{\w+:\}$/.test(part.text)

function redirectFault(node: Redirect): SyntaxFault | undefined {
  const part = node.target?.parts?.find((one) => one.type === 'ProcessSubstitution')
  return part && at('redirection', part.pos)
}

function functionFault(
  text: string,
  node: Extract<SyntaxNode, { type: 'Function' }>,
  dash: boolean,
): SyntaxFault | undefined {
  if (!dash) return undefined
  const source = text.slice(node.pos, node.end)
  if (/^function\s/.test(source)) {
    const open = /^function\s+\S+?\s*\(/.exec(source)
    return open ? at('(', node.pos + open[0].length - 1) : at('}', node.end - 1)
  }
  return /^[A-Za-z_]\w*$/.test(node.name.text) ? undefined : said('Bad function name', node.pos)
}

/** The text as bash would have to write it to mean what dash or ash takes it for. */
export function inOwnWords(shell: ShellState, text: string): string {
  const { name } = shell.dialect
  if (name === 'bash' || !/&>|\(\(|\[\[|\]=|\+=|\]\+|coproc/.test(text)) return text
  const edits: [number, string, number][] = []
  for (const node of nodesOf(parse(text))) {
    if (node.type === 'Redirect' && name === 'dash' && node.operator.startsWith('&'))
      edits.push([text.indexOf('&', node.pos), '& ', 1])
    else if (node.type === 'ArithmeticCommand') {
      edits.push([node.pos, '( (', 2])
      edits.push([node.end - 2, ') )', 2])
    } else if (node.type === 'TestCommand' && name === 'dash') edits.push([node.pos, '\\', 0])
    else if (node.type === 'Coproc') edits.push([node.pos, '\\', 0])
    else if (node.type === 'Assignment' && (node.index || node.append) && node.value.type !== 'ArrayValue')
      edits.push([node.pos, '\\', 0])
  }
  let result = text
  for (const [from, words, length] of edits.sort((a, b) => b[0] - a[0]))
    if (from >= 0) result = result.slice(0, from) + words + result.slice(from + length)
  return result
}
