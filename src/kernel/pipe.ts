// Pipes (pipe(7)): two open files over one buffer.

import { type Bytes, noBytes } from '../base/bytes.ts'
import { Errno } from '../base/errno.ts'
import { type Condition, createCondition, type Scheduler, signal } from '../base/scheduler.ts'
import type { FileOperations, OpenFile } from './file.ts'

/** A writer that waits does so beyond this many unread bytes. */
const capacity = 65536

export interface Pipe {
  readonly scheduler: Scheduler
  buffer: Bytes
  readerOpen: boolean
  writerOpen: boolean
  readonly readable: Condition
  readonly writable: Condition
}

interface PipeEnd extends OpenFile {
  readonly pipe: Pipe
}

/** A new pipe: its read end and its write end, each without a descriptor yet. */
export function createPipe(scheduler: Scheduler): { reader: OpenFile; writer: OpenFile; pipe: Pipe } {
  const pipe: Pipe = {
    scheduler,
    buffer: noBytes,
    readerOpen: true,
    writerOpen: true,
    readable: createCondition(),
    writable: createCondition(),
  }
  const reader: PipeEnd = { operations: readEnd, references: 0, pipe }
  const writer: PipeEnd = { operations: writeEnd, references: 0, pipe }
  return { reader, writer, pipe }
}

/** One end of an existing pipe as another open file: opening a fifo (fifo(7)). */
export function openFifo(pipe: Pipe, end: 'reader' | 'writer'): OpenFile {
  if (end === 'reader') pipe.readerOpen = true
  else pipe.writerOpen = true
  const file: PipeEnd = { operations: end === 'reader' ? readEnd : writeEnd, references: 0, pipe }
  return file
}

const pipeOf = (file: OpenFile): Pipe => (file as PipeEnd).pipe

const readEnd = Object.freeze<FileOperations>({
  kind: 'pipe',
  read(file, max) {
    const pipe = pipeOf(file)
    if (pipe.buffer === '') return pipe.writerOpen ? undefined : noBytes
    const taken = pipe.buffer.slice(0, max) as Bytes
    pipe.buffer = pipe.buffer.slice(max) as Bytes
    if (pipe.buffer.length < capacity) signal(pipe.scheduler, pipe.writable)
    return taken
  },
  readable: (file) => pipeOf(file).readable,
  write() {
    throw new Errno('EBADF')
  },
  congested: () => undefined,
  close(file) {
    const pipe = pipeOf(file)
    pipe.readerOpen = false
    pipe.buffer = noBytes
    signal(pipe.scheduler, pipe.writable)
  },
})

const writeEnd = Object.freeze<FileOperations>({
  kind: 'pipe',
  read() {
    throw new Errno('EBADF')
  },
  readable: () => undefined,
  write(file, bytes) {
    const pipe = pipeOf(file)
    if (!pipe.readerOpen) throw new Errno('EPIPE')
    pipe.buffer = (pipe.buffer + bytes) as Bytes
    signal(pipe.scheduler, pipe.readable)
  },
  congested(file) {
    const pipe = pipeOf(file)
    return pipe.readerOpen && pipe.buffer.length >= capacity ? pipe.writable : undefined
  },
  close(file) {
    const pipe = pipeOf(file)
    pipe.writerOpen = false
    signal(pipe.scheduler, pipe.readable)
  },
})
