// sed(1), of GNU and of BusyBox: the everyday commands, one line after another as they come.

import { decode, encode } from '../../../base/bytes.ts'
import { isErrno, strerror } from '../../../base/errno.ts'
import { BadRegex } from '../../../base/regex.ts'
import type { Task } from '../../../base/scheduler.ts'
import { lookup } from '../../../kernel/fs/lookup.ts'
import { readText, readTextIfAny } from '../../../kernel/fs/read.ts'
import { appendFile, chmod, rename, writeText } from '../../../kernel/fs/write.ts'
import type { Process } from '../../../kernel/process.ts'
import { closeInput, Lines, openInput } from '../../input.ts'
import { both, type ParsedOptions, parseOptions, refuse } from '../../program.ts'
import { Editor } from './editor.ts'
import { BadScript, parseScript } from './script.ts'

const grammar = {
  short: 'ne:f:i::Ersuzl:',
  long: {
    quiet: 'n',
    silent: 'n',
    'expression:': 'e',
    'file:': 'f',
    'in-place::': 'i',
    'regexp-extended': 'E',
    separate: 's',
    unbuffered: 'u',
    posix: 'posix',
    sandbox: 'sandbox',
  },
}

export const sed = both({
  name: 'sed',
  *main(proc, flavour) {
    const options = parseOptions(proc.argv, grammar)
    const operands = [...options.operands]
    const pieces = options.given.flatMap(([key, value]) =>
      key === 'e' ? [value] : key === 'f' ? [readText(proc, value).replace(/\n$/, '')] : [],
    )
    const script = pieces.length > 0 ? pieces.join('\n') : operands.shift()
    if (script === undefined)
      return flavour === 'gnu'
        ? proc.fail('Usage: sed [OPTION]... {script-only-if-no-other-script} [input-file]...')
        : refuse(proc, '', flavour, 1)
    try {
      const commands = parseScript(script, options.has('E', 'r'))
      const quiet = options.has('n') || script.startsWith('#n\n')
      if (options.has('i'))
        return yield* editFiles(proc, operands, options, () => new Editor(commands, quiet))
      return yield* editStream(proc, operands, new Editor(commands, quiet))
    } catch (cause) {
      if (cause instanceof BadScript || cause instanceof BadRegex) return proc.fail(`sed: ${cause.message}`)
      throw cause
    }
  },
})

/** All inputs as one stream, each line printed before the next is read. */
function* editStream(proc: Process, operands: readonly string[], editor: Editor): Task<number> {
  const source = new Source(proc, operands.length > 0 ? operands : ['-'])
  yield* drive(proc, editor, source, (text) => proc.writeBytes(1, encode(text)))
  return editor.exitStatus || source.status
}

function* editFiles(
  proc: Process,
  operands: readonly string[],
  options: ParsedOptions,
  create: () => Editor,
): Task<number> {
  let status = 0
  for (const operand of operands) {
    const source = new Source(proc, [operand])
    let text = ''
    yield* drive(proc, create(), source, (more) => {
      text += more
    })
    status ||= source.status
    if (source.status !== 0) continue
    const suffix = options.value('i') ?? ''
    const { mode } = lookup(proc, operand)
    try {
      // GNU writes a new file beside it and renames that; so a mounted file is refused.
      const beside = `${operand.replace(/[^/]*$/, '')}sedTMP`
      if (suffix !== '') writeText(proc, operand + suffix, readText(proc, operand))
      writeText(proc, beside, text)
      chmod(proc, beside, mode)
      rename(proc, beside, operand)
    } catch (cause) {
      if (!isErrno(cause)) throw cause
      return proc.fail(
        `sed: cannot rename ${operand.replace(/[^/]*$/, '')}sedTMP: ${strerror(cause.code)}`,
        4,
      )
    }
  }
  return status
}

function* drive(proc: Process, editor: Editor, source: Source, put: (text: string) => void): Task<void> {
  // Only who asks for the last line must know whether more follows; else each line is done as it comes.
  const peek = editor.asksForMore
  let ahead = yield* source.next()
  while (ahead !== undefined && !editor.ended) {
    let line = ahead
    ahead = peek ? yield* source.next() : undefined
    editor.begin(line.text, peek && ahead === undefined)
    while (yield* editor.run(proc)) {
      // It asked for the next line in the middle of its script (n, N).
      put(finish(proc, editor, true))
      if (ahead === undefined) {
        editor.noMore()
        continue
      }
      line = ahead
      ahead = yield* source.next()
      editor.more(line.text, ahead === undefined)
    }
    put(finish(proc, editor, line.complete))
    yield* proc.flush()
    if (!peek && !editor.ended) ahead = yield* source.next()
  }
}

/** What it printed; a last line without a line feed keeps none. */
function finish(proc: Process, editor: Editor, complete: boolean): string {
  for (const { path, text } of editor.takeWrites()) appendFile(proc, path, encode(text))
  const text = editor.takeOutput((path) => readTextIfAny(proc, path))
  return complete || !text.endsWith('\n') ? text : text.slice(0, -1)
}

class Source {
  status = 0
  private readonly proc: Process
  private readonly operands: string[]
  private lines: Lines | undefined
  private descriptor = 0

  constructor(proc: Process, operands: readonly string[]) {
    this.proc = proc
    this.operands = [...operands]
  }

  *next(): Task<{ text: string; complete: boolean } | undefined> {
    for (;;) {
      if (!this.lines && !this.open()) return undefined
      try {
        const line = yield* (this.lines as Lines).next()
        if (line !== undefined) return { text: decode(line), complete: this.lines?.complete ?? true }
      } catch (cause) {
        if (!isErrno(cause)) throw cause
        this.status = this.proc.fail(`sed: couldn't edit: not a regular file`, 4)
      }
      closeInput(this.proc, this.descriptor)
      this.lines = undefined
    }
  }

  private open(): boolean {
    for (let operand = this.operands.shift(); operand !== undefined; operand = this.operands.shift())
      try {
        this.descriptor = openInput(this.proc, operand)
        this.lines = new Lines(this.proc, this.descriptor)
        return true
      } catch (cause) {
        if (!isErrno(cause)) throw cause
        const isBusybox = this.proc.program.name.endsWith('.busybox')
        const words = strerror(cause.code)
        this.status = isBusybox
          ? this.proc.fail(`sed: ${operand}: ${words}`)
          : this.proc.fail(`sed: can't read ${operand}: ${words}`, 2)
      }
    return false
  }
}
