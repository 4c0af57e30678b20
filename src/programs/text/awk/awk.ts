// awk(1): mawk, gawk and BusyBox' applet, as far as they are alike.

import { isErrno, strerror } from '../../../base/errno.ts'
import { BadRegex } from '../../../base/regex.ts'
import { readText } from '../../../kernel/fs/read.ts'
import type { Process } from '../../../kernel/process.ts'
import { both, type Flavour, type ParsedOptions, parseOptions, refuse } from '../../program.ts'
import { Interpreter } from './interpreter.ts'
import { DivisionByZero } from './operators.ts'
import { parseAwk } from './parser.ts'
import { Streams } from './streams.ts'
import { BadScript } from './syntax.ts'
import { unescapeText } from './tokens.ts'
import { fromInput } from './values.ts'

const grammar = {
  short: 'F:v:f:W:e:',
  long: { 'field-separator:': 'F', 'assign:': 'v', 'file:': 'f' },
  stopAtOperand: true,
}

export const awk = both({
  name: 'awk',
  trouble: 2,
  busyboxTrouble: 1,
  *main(proc, flavour) {
    const options = parseOptions(proc.argv, grammar)
    const operands = [...options.operands]
    const program = textOf(proc, options, operands)
    if (program === undefined)
      return flavour === 'gnu'
        ? proc.fail('Usage: mawk [Options] [Program] [file ...]', 2)
        : refuse(proc, '', flavour, 1)
    try {
      const streams = new Streams(proc, operands, (path, words) => complain(flavour, path, words))
      const interpreter = new Interpreter(parseAwk(program), streams)
      prepare(interpreter, proc, options, operands)
      const status = yield* interpreter.run()
      return status || streams.status
    } catch (cause) {
      if (cause instanceof BadScript || cause instanceof BadRegex || cause instanceof DivisionByZero)
        return proc.fail(`awk: ${cause.message}`, flavour === 'gnu' ? 2 : 1)
      if (isErrno(cause)) return proc.fail(`awk: ${strerror(cause.code)}`, 2)
      throw cause
    }
  },
})

function textOf(proc: Process, options: ParsedOptions, operands: string[]): string | undefined {
  if (!options.has('f', 'e')) return operands.shift()
  return options.given
    .flatMap(([key, value]) => (key === 'f' ? [readText(proc, value)] : key === 'e' ? [value] : []))
    .join('\n')
}

function prepare(
  interpreter: Interpreter,
  proc: Process,
  options: ParsedOptions,
  operands: readonly string[],
): void {
  const separator = options.value('F')
  if (separator !== undefined)
    interpreter.memory.set('FS', separator === 't' ? '\t' : unescapeText(separator))
  for (const assignment of options.values('v')) {
    const [name = '', ...value] = assignment.split('=')
    interpreter.memory.set(name, fromInput(unescapeText(value.join('='))))
  }
  const environment = interpreter.memory.array('ENVIRON')
  for (const [name, value] of proc.environment) environment.set(name, fromInput(value))
  interpreter.memory.set('ARGC', operands.length + 1)
  const argv = interpreter.memory.array('ARGV')
  for (const [index, word] of ['awk', ...operands].entries()) argv.set(String(index), fromInput(word))
}

const complain = (flavour: Flavour, path: string, words: string): string =>
  flavour === 'gnu' ? `awk: cannot open ${path} (${words})` : `awk: ${path}: ${words}`
