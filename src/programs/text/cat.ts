// cat(1), of GNU and of BusyBox.

import type { Bytes } from '../../base/bytes.ts'
import { isErrno, strerror } from '../../base/errno.ts'
import type { Task } from '../../base/scheduler.ts'
import type { Process } from '../../kernel/process.ts'
import { closeInput, openInput } from '../input.ts'
import { both, type Flavour, type ParsedOptions, parseOptions } from '../program.ts'
import { quoteOddName } from '../quotation.ts'

const gnu = {
  short: 'AbeEnstTuv',
  long: {
    'show-all': 'A',
    'number-nonblank': 'b',
    'show-ends': 'E',
    number: 'n',
    'squeeze-blank': 's',
    'show-tabs': 'T',
    'show-nonprinting': 'v',
  },
}

export const cat = both({
  name: 'cat',
  *main(proc, flavour) {
    const options = parseOptions(proc.argv, flavour === 'gnu' ? gnu : { short: 'nbvteA' })
    const shown: Shown = { line: 0, atStart: true, blank: false }
    let status = 0
    for (const operand of options.operands.length > 0 ? options.operands : ['-'])
      if (!(yield* copy(proc, operand, options, shown, flavour))) status = 1
    return status
  },
})

interface Shown {
  line: number
  atStart: boolean
  blank: boolean
}

function* copy(
  proc: Process,
  operand: string,
  options: ParsedOptions,
  shown: Shown,
  flavour: Flavour,
): Task<boolean> {
  let open = false
  try {
    const descriptor = openInput(proc, operand)
    open = true
    const plain = options.given.length === 0
    for (;;) {
      const bytes = yield* proc.read(descriptor)
      if (bytes === '') break
      proc.writeBytes(1, plain ? bytes : decorate(bytes, options, shown))
      yield* proc.flush()
    }
    closeInput(proc, descriptor)
    return true
  } catch (cause) {
    if (!isErrno(cause)) throw cause
    const words = strerror(cause.code)
    if (flavour === 'gnu') proc.printError(`cat: ${quoteOddName(operand)}: ${words}`)
    else proc.printError(open ? `cat: read error: ${words}` : `cat: can't open '${operand}': ${words}`)
    return false
  }
}

function decorate(bytes: Bytes, options: ParsedOptions, shown: Shown): Bytes {
  const numberAll = options.has('n') && !options.has('b')
  const ends = options.has('A', 'e', 'E')
  const tabs = options.has('A', 't', 'T')
  const odd = options.has('A', 'e', 't', 'v')
  let out = ''
  for (const byte of bytes) {
    if (shown.atStart) {
      const empty = byte === '\n'
      if (empty && shown.blank && options.has('s')) continue
      shown.blank = empty
      if (numberAll || (options.has('b') && !empty)) out += `${String(++shown.line).padStart(6)}\t`
    }
    shown.atStart = byte === '\n'
    if (byte === '\n') out += ends ? '$\n' : '\n'
    else if (byte === '\t') out += tabs ? '^I' : '\t'
    else out += odd ? visible(byte) : byte
  }
  return out as Bytes
}

function visible(byte: string): string {
  const code = byte.charCodeAt(0)
  if (code >= 128) return `M-${visible(String.fromCharCode(code - 128))}`
  if (code === 127) return '^?'
  return code < 32 ? `^${String.fromCharCode(code + 64)}` : byte
}
