// The streams between a client and what runs in a container: output that waits to be fetched, and files whose
// writes end up in a log and in the streams of those who are attached.

import type { Bytes } from '../../base/bytes.ts'
import { momentOf } from '../../base/calendar.ts'
import { type Condition, createCondition, signal } from '../../base/scheduler.ts'
import type { FileOperations, OpenFile } from '../../kernel/file.ts'
import type { Machine } from '../../kernel/machine.ts'
import { addToLog, type ContainerLog } from './log.ts'

/** One attached client's view of the output. */
export interface Stream {
  chunks: { readonly to: 1 | 2; readonly bytes: Bytes }[]
  /** Bytes in `chunks`. */
  waiting: number
  /** No more will come: the process has ended, or the client has detached. */
  closed: boolean
  readonly ready: Condition
  readonly drained: Condition
  /** Of so many bytes it keeps the first and drops the rest, so that nobody waits for it; undefined for all. */
  readonly keeps: number | undefined
  /** Something was dropped. */
  truncated: boolean
}

export const createStream = (keeps?: number): Stream => ({
  chunks: [],
  waiting: 0,
  closed: false,
  ready: createCondition(),
  drained: createCondition(),
  keeps,
  truncated: false,
})

/** Everything that waits, in order; '' chunks never occur. */
export function takeChunks(machine: Machine, stream: Stream): Stream['chunks'] {
  const { chunks } = stream
  stream.chunks = []
  stream.waiting = 0
  signal(machine.fabric.scheduler, stream.drained)
  return chunks
}

export function closeStream(machine: Machine, stream: Stream): void {
  stream.closed = true
  signal(machine.fabric.scheduler, stream.ready)
}

/** Where output goes: the log of a container, if it is one's, and all streams. */
export interface OutputTarget {
  readonly machine: Machine
  readonly log: ContainerLog | undefined
  readonly streams: ReadonlySet<Stream>
}

/** Sends output to the log and to everyone attached. */
export function sendOutput(target: OutputTarget, to: 1 | 2, bytes: Bytes): void {
  const { scheduler } = target.machine.fabric
  if (target.log) {
    addToLog(target.log, to, bytes, momentOf(target.machine.calendar, scheduler.now))
    signal(scheduler, target.log.logged)
  }
  for (const stream of target.streams) {
    if (stream.closed) continue
    const room = stream.keeps === undefined ? bytes.length : stream.keeps - stream.waiting
    const kept = room < bytes.length ? (bytes.slice(0, room) as Bytes) : bytes
    if (kept !== bytes) stream.truncated = true
    if (kept !== '') stream.chunks.push({ to, bytes: kept })
    stream.waiting += kept.length
    signal(scheduler, stream.ready)
  }
}

interface OutputFile extends OpenFile {
  readonly target: OutputTarget
  readonly to: 1 | 2
}

/** A file for the standard output or error of what runs in a container. */
export const openOutput = (target: OutputTarget, to: 1 | 2): OpenFile & { readonly target: OutputTarget } => {
  const file: OutputFile = { operations: outputOperations, references: 0, target, to }
  return file
}

/** A writer waits while an attached client has this many bytes to fetch. */
const capacity = 65536

const outputOperations = Object.freeze<FileOperations>({
  kind: 'pipe',
  read: () => undefined,
  readable: () => undefined,
  write(file, bytes) {
    const { target, to } = file as OutputFile
    if (bytes !== '') sendOutput(target, to, bytes)
  },
  congested(file) {
    for (const stream of (file as OutputFile).target.streams)
      if (!stream.closed && stream.keeps === undefined && stream.waiting >= capacity) return stream.drained
    return undefined
  },
  close() {},
})
