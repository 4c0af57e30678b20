// What an awk script reads and writes besides its variables: its input files, redirections, commands.

import { decode, encode } from '../../../base/bytes.ts'
import { isErrno, strerror } from '../../../base/errno.ts'
import type { Task } from '../../../base/scheduler.ts'
import { startProgram } from '../../../kernel/exec.ts'
import { openFile } from '../../../kernel/open.ts'
import { createPipe } from '../../../kernel/pipe.ts'
import type { Process } from '../../../kernel/process.ts'
import { closeInput, Lines, openInput } from '../../input.ts'
import { formatDate } from '../../proc/date.ts'
import { unescapeText } from './tokens.ts'
import { fromInput, type Value } from './values.ts'

interface Variables {
  set(name: string, value: Value): void
}

export class Streams {
  readonly proc: Process
  private readonly operands: string[]
  private readonly complain: (path: string, words: string) => string
  private lines: Lines | undefined
  private descriptor = 0
  private readAny = false
  status = 0
  private readonly outputs = new Map<string, { descriptor: number; child: Process | undefined }>()
  private readonly inputs = new Map<
    string,
    { lines: Lines; descriptor: number; child: Process | undefined }
  >()

  constructor(proc: Process, operands: readonly string[], complain: (path: string, words: string) => string) {
    this.proc = proc
    this.operands = [...operands]
    this.complain = complain
  }

  print(text: string): void {
    this.proc.writeBytes(1, encode(text))
  }

  *flush(): Task<void> {
    yield* this.proc.flush()
  }

  printTo(to: '>' | '>>' | '|', target: string, text: string): void {
    if (to !== '|' && target === '/dev/stderr') return this.proc.writeBytes(2, encode(text))
    if (to !== '|' && target === '/dev/stdout') return this.print(text)
    let output = this.outputs.get(target)
    if (!output) {
      output = to === '|' ? this.pipeTo(target) : this.openOutput(target, to === '>' ? 'w' : 'a')
      this.outputs.set(target, output)
    }
    this.proc.writeBytes(output.descriptor, encode(text))
  }

  private openOutput(path: string, mode: 'w' | 'a'): { descriptor: number; child: undefined } {
    return { descriptor: this.proc.attach(openFile(this.proc, path, mode), 3), child: undefined }
  }

  private pipeTo(command: string): { descriptor: number; child: Process } {
    const { reader, writer } = createPipe(this.proc.scheduler)
    const descriptor = this.proc.attach(writer, 3)
    const files = new Map([...this.proc.files].filter(([number]) => number < 3)).set(0, reader)
    return { descriptor, child: startProgram(this.proc, ['sh', '-c', command], { files }) }
  }

  /** The next line of the input files; assignments among them are made on the way. */
  *nextLine(separator: string, variables: Variables): Task<string | undefined> {
    for (;;) {
      if (!this.lines && !this.openNext(variables)) return undefined
      const { lines } = this
      if (!lines) return undefined
      try {
        const line = yield* this.record(lines, separator)
        if (line !== undefined) return line
      } catch (cause) {
        if (!isErrno(cause)) throw cause
        this.status = this.proc.fail(this.complain('', strerror(cause.code)), 2)
      }
      this.skipFile()
    }
  }

  private *record(lines: Lines, separator: string): Task<string | undefined> {
    if (separator === '\n') {
      const line = yield* lines.next()
      return line === undefined ? undefined : decode(line)
    }
    // Paragraphs (RS empty), or records of one character: collected over lines.
    return yield* lines.record(separator)
  }

  private openNext(variables: Variables): boolean {
    for (;;) {
      const operand = this.operands.shift() ?? (this.readAny ? undefined : '-')
      if (operand === undefined) return false
      const [, name, value] = /^([A-Za-z_]\w*)=(.*)$/s.exec(operand) ?? []
      if (name !== undefined && value !== undefined) {
        variables.set(name, fromInput(unescapeText(value)))
        continue
      }
      this.readAny = true
      try {
        this.descriptor = openInput(this.proc, operand)
        this.lines = new Lines(this.proc, this.descriptor)
        variables.set('FILENAME', operand === '-' ? '' : operand)
        variables.set('FNR', 0)
        return true
      } catch (cause) {
        if (!isErrno(cause)) throw cause
        this.status = this.proc.fail(this.complain(operand, strerror(cause.code)), 2)
      }
    }
  }

  skipFile(): void {
    closeInput(this.proc, this.descriptor)
    this.lines = undefined
  }

  /** A line of another file or of a command's output; false if it cannot be opened. */
  *lineFrom(from: 'file' | 'command', source: string): Task<string | undefined | false> {
    let input = this.inputs.get(source)
    if (!input) {
      try {
        input = from === 'file' ? this.openFile(source) : this.pipeFrom(source)
      } catch (cause) {
        if (isErrno(cause)) return false
        throw cause
      }
      this.inputs.set(source, input)
    }
    const line = yield* input.lines.next()
    return line === undefined ? undefined : decode(line)
  }

  private openFile(path: string): { lines: Lines; descriptor: number; child: undefined } {
    const descriptor = openInput(this.proc, path)
    return { lines: new Lines(this.proc, descriptor), descriptor, child: undefined }
  }

  private pipeFrom(command: string): { lines: Lines; descriptor: number; child: Process } {
    const { reader, writer } = createPipe(this.proc.scheduler)
    const descriptor = this.proc.attach(reader, 3)
    const files = new Map([...this.proc.files].filter(([number]) => number < 3)).set(1, writer)
    const child = startProgram(this.proc, ['sh', '-c', command], { files })
    return { lines: new Lines(this.proc, descriptor), descriptor, child }
  }

  *system(command: string): Task<number> {
    return yield* this.proc.waitFor(startProgram(this.proc, ['sh', '-c', command]))
  }

  *close(name: string): Task<number> {
    let status = -1
    for (const streams of [this.outputs, this.inputs]) {
      const stream = streams.get(name)
      if (!stream) continue
      streams.delete(name)
      closeInput(this.proc, stream.descriptor)
      status = stream.child ? yield* this.proc.waitFor(stream.child) : 0
    }
    return status
  }

  *closeAll(): Task<void> {
    for (const name of [...this.outputs.keys(), ...this.inputs.keys()]) yield* this.close(name)
  }

  secondsNow(): number {
    return Number(this.proc.moment() / 1_000_000_000n)
  }

  formatDate(format: string, seconds = this.secondsNow()): string {
    const { zoneMinutes, zoneName } = this.proc.machine.calendar
    return formatDate(format, BigInt(Math.trunc(seconds)) * 1_000_000_000n, {
      minutes: zoneMinutes,
      name: zoneName,
    })
  }
}
