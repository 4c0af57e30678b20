// Functions as `declare -f` and `type` print them: bash's own layout (bash print_cmd.c).

import type {
  AndOr,
  Case,
  Command,
  CommandNode,
  CompoundList,
  If,
  Pipeline,
  PipelineNode,
  Redirection,
  Statement,
  TestExpression,
} from 'unbash'
import { parse } from './parse.ts'
import type { FunctionDefinition } from './state.ts'

/** The definition: the name and `()`, the braces on lines of their own, four blanks a level. */
export function printFunction(definition: FunctionDefinition): string {
  const node = parse(definition.source).commands[0]?.command
  if (node?.type !== 'Function') return definition.source
  const printing: Printing = { source: definition.source, external: false }
  return `${definition.name} () \n${bodyText(printing, node.body)}`
}

/** As a child finds it in its environment: `() {  …` (bash print_cmd.c, FUNC_EXTERNAL). */
export function printExported(definition: FunctionDefinition): string {
  const node = parse(definition.source).commands[0]?.command
  if (node?.type !== 'Function') return definition.source
  const printing: Printing = { source: definition.source, external: true }
  return `() ${bodyText(printing, node.body)}`
}

/** One command on a line, as `$BASH_COMMAND` and `jobs` show it. */
export const printCommand = (source: string, part: PipelineNode | AndOr | CommandNode): string =>
  node({ source, external: false }, part, 0)

interface Printing {
  readonly source: string
  readonly external: boolean
}

/** An exported function begins on the line of its brace. */
const newline = (printing: Printing): string => (printing.external ? '' : '\n')

function bodyText(printing: Printing, body: CommandNode | CompoundList): string {
  if (body.type === 'BraceGroup') return `{ ${newline(printing)}${list(printing, body.body, 1)}\n}`
  if (body.type === 'Redirected' && body.command.type === 'BraceGroup')
    return `{ ${newline(printing)}${list(printing, body.command.body, 1)}\n} ${redirections(printing, body.redirects)}`
  if (body.type === 'CompoundList') return `{ ${newline(printing)}${list(printing, body, 1)}\n}`
  return `{ ${newline(printing)}${indent(printing, 1)}${node(printing, body, 1)}\n}`
}

const indent = (printing: Printing, level: number): string =>
  printing.external ? ' '.repeat(Math.min(level, 1)) : '    '.repeat(level)
const sourceOf = (printing: Printing, part: { pos: number; end: number }): string =>
  printing.source.slice(part.pos, part.end)

/** Statements on lines of their own, each but the last with its semicolon; what follows an `&` stays on its line. */
function list(printing: Printing, body: CompoundList, level: number): string {
  const last = body.commands.length - 1
  return body.commands
    .map((statement, at) => {
      const text = statementText(printing, statement, level)
      const head = at > 0 && body.commands[at - 1]?.background ? '' : indent(printing, level)
      if (text.endsWith('\n')) return head + text + (at === last ? '' : '\n')
      return head + text + (at === last ? '' : statement.background ? ' ' : ';\n')
    })
    .join('')
}

/** As `list`, but the last has its semicolon too: before `done`, `fi`, `else`. */
const closedList = (printing: Printing, body: CompoundList, level: number): string =>
  `${list(printing, body, level)}${body.commands.at(-1)?.background ? '' : ';'}`

/** Statements on one line: the condition of `if` and `while`. */
const inline = (printing: Printing, body: CompoundList, level: number): string =>
  body.commands.map((statement) => statementText(printing, statement, level)).join('; ')

const statementText = (printing: Printing, statement: Statement, level: number): string =>
  node(printing, statement.command, level) + (statement.background ? ' &' : '')

function node(printing: Printing, part: PipelineNode | AndOr | CommandNode, level: number): string {
  switch (part.type) {
    case 'AndOr':
      return part.commands
        .map(
          (command, at) => (at === 0 ? '' : ` ${part.operators[at - 1]} `) + node(printing, command, level),
        )
        .join('')
    case 'Pipeline':
      return pipeline(printing, part, level)
    case 'Command':
      return simple(printing, part)
    case 'BraceGroup':
      return `{ \n${list(printing, part.body, level + 1)}\n${indent(printing, level)}}`
    case 'Subshell':
      return `( ${list(printing, part.body, level).trimStart()} )`
    case 'Redirected':
      return `${node(printing, part.command, level)} ${redirections(printing, part.redirects)}`
    case 'If':
      return ifText(printing, part.clause, part.then, part.elif, part.else, level)
    case 'While':
      return `${part.kind} ${inline(printing, part.clause, level)}; do\n${loopBody(printing, part.body, level)}`
    case 'For':
    case 'Select':
      return loop(printing, part, level)
    case 'ArithmeticFor': {
      const head = /^for\s*(\(\(.*?\)\))\s*;?\s*(?:do\b|\{)/s.exec(sourceOf(printing, part))?.[1] ?? ''
      return `for ${head.replace(/\s*;\s*/g, '; ')}\n${indent(printing, level)}do\n${loopBody(printing, part.body, level)}`
    }
    case 'Case':
      return caseText(printing, part, level)
    case 'TestCommand':
      return `[[ ${testText(printing, part.expression)} ]]`
    case 'ArithmeticCommand':
      return `((${part.body}))`
    case 'Function':
      return `function ${part.name.text} () \n${indent(printing, level)}${bodyText(printing, part.body).replace(/\n/g, `\n${indent(printing, level)}`)}`
    case 'Coproc':
      return sourceOf(printing, part)
  }
}

const join = (operator: string | undefined): string => (operator === '|&' ? ' 2>&1 | ' : ' | ')

function pipeline(printing: Printing, part: Pipeline, level: number): string {
  const prefixes = part.prefixes.map((prefix) => (prefix.type === 'Negation' ? '! ' : 'time '))
  const stages = part.commands.map(
    (command, at) => (at === 0 ? '' : join(part.operators[at - 1])) + node(printing, command, level),
  )
  return prefixes.join('') + stages.join('')
}

function simple(printing: Printing, part: Command): string {
  const words = [...part.prefix, ...(part.name ? [part.name] : []), ...part.suffix]
  const plain = words.filter((word) => word.type === 'Word' || word.type === 'Assignment')
  const shown = plain.map((word) => sourceOf(printing, word)).join(' ')
  const redirected = redirections(printing, part.redirects)
  return [shown, redirected].filter(Boolean).join(' ')
}

function redirections(printing: Printing, items: readonly Redirection[]): string {
  return items.map((item) => redirection(printing, item)).join(' ')
}

function redirection(printing: Printing, item: Redirection): string {
  if (item.type === 'HereDoc')
    return `${item.operator}${item.delimiter?.text ?? ''}\n${item.body.text}${item.delimiter?.value ?? ''}\n`
  const descriptor = item.descriptor
    ? item.descriptor.type === 'FileDescriptor'
      ? item.descriptor.value
      : `{${item.descriptor.name}}`
    : ''
  const target = item.target ? sourceOf(printing, item.target) : ''
  const duplicates = item.operator === '>&' || item.operator === '<&'
  if (!duplicates) return `${descriptor}${item.operator} ${target}`
  return `${descriptor === '' ? (item.operator === '>&' ? 1 : 0) : descriptor}${item.operator}${target}`
}

function ifText(
  printing: Printing,
  clause: CompoundList,
  then: CompoundList,
  elif: If['elif'],
  otherwise: CompoundList | undefined,
  level: number,
): string {
  const begin = `if ${inline(printing, clause, level)}; then\n${closedList(printing, then, level + 1)}\n`
  const [branch, ...others] = elif
  if (branch) {
    const nested = ifText(printing, branch.clause, branch.then, others, otherwise, level + 1)
    return `${begin}${indent(printing, level)}else\n${indent(printing, level + 1)}${nested};\n${indent(printing, level)}fi`
  }
  const rest = otherwise
    ? `${indent(printing, level)}else\n${closedList(printing, otherwise, level + 1)}\n`
    : ''
  return `${begin}${rest}${indent(printing, level)}fi`
}

const loopBody = (printing: Printing, body: CompoundList, level: number): string =>
  `${closedList(printing, body, level + 1)}\n${indent(printing, level)}done`

function loop(
  printing: Printing,
  part: Extract<CommandNode, { type: 'For' | 'Select' }>,
  level: number,
): string {
  const words = part.wordlist ? part.wordlist.map((word) => sourceOf(printing, word)).join(' ') : '"$@"'
  const keyword = part.type === 'For' ? 'for' : 'select'
  return `${keyword} ${part.name.text} in ${words};\n${indent(printing, level)}do\n${loopBody(printing, part.body, level)}`
}

function caseText(printing: Printing, part: Case, level: number): string {
  const items = part.items.map((item) => {
    const patterns = item.pattern.map((word) => sourceOf(printing, word)).join(' | ')
    const body = item.body.commands.length > 0 ? `${list(printing, item.body, level + 2)}\n` : '\n'
    return `${indent(printing, level + 1)}${patterns})\n${body}${indent(printing, level + 1)}${item.terminator ?? ';;'}\n`
  })
  return `case ${sourceOf(printing, part.word)} in \n${items.join('')}${indent(printing, level)}esac`
}

function testText(printing: Printing, expression: TestExpression): string {
  switch (expression.type) {
    case 'TestUnary':
      return `${expression.operator} ${sourceOf(printing, expression.operand)}`
    case 'TestBinary':
      return `${sourceOf(printing, expression.left)} ${expression.operator} ${sourceOf(printing, expression.right)}`
    case 'TestLogical':
      return expression.operands
        .map((operand) => testText(printing, operand))
        .join(` ${expression.operator} `)
    case 'TestNot':
      return `${'! '.repeat(expression.negations.length)}${testText(printing, expression.operand)}`
    case 'TestGroup':
      return `( ${testText(printing, expression.expression)} )`
  }
}
