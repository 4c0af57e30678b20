// docker top, as the daemon sees it (moby daemon/top_unix.go): it runs the machine's ps, and keeps of what that prints
// the lines of the container's processes.

import { type Bytes, decode } from '../../base/bytes.ts'
import { Errno } from '../../base/errno.ts'
import type { Task } from '../../base/scheduler.ts'
import { openNull } from '../../kernel/device.ts'
import { findExecutable } from '../../kernel/exec.ts'
import { release } from '../../kernel/file.ts'
import { createPipe } from '../../kernel/pipe.ts'
import { reap, spawn } from '../../kernel/process.ts'
import { type Engine, schedulerOf } from '../engine.ts'
import { EngineError } from '../error.ts'
import { logEvent } from '../event/log.ts'
import type { Container } from './container.ts'
import { eventAttributes } from './create.ts'
import { requireRunning } from './pause.ts'
import { processesOf } from './sharing.ts'

export interface ProcessList {
  readonly titles: readonly string[]
  readonly processes: readonly (readonly string[])[]
}

/** The container's processes as `ps` with `options` (`-ef` if none) tells them. Throws EngineError. */
export function* top(engine: Engine, container: Container, options: readonly string[]): Task<ProcessList> {
  requireRunning(engine, container)
  const { out, err, status } = yield* runPs(engine, options.length > 0 ? options : ['-ef'])
  if (status !== 0) throw new EngineError('system', `ps: ${err.split('\n')[0]}`)
  logEvent(engine, 'container', 'top', container.id, eventAttributes(container))
  return parseProcesses(out, new Set(processesOf(engine, container).map(({ pid }) => pid)))
}

function* runPs(engine: Engine, options: readonly string[]) {
  const { machine, daemon } = engine
  const output = createPipe(schedulerOf(engine))
  const errors = createPipe(schedulerOf(engine))
  const found = find(engine, ['ps', ...options])
  const files = new Map([
    [0, openNull()],
    [1, output.writer],
    [2, errors.writer],
  ])
  const worker = spawn(machine, daemon, { ...found, files })
  for (const { reader } of [output, errors]) reader.references++
  while (worker.state !== 'zombie') yield { on: [worker.changed] }
  reap(worker)
  const texts = [output, errors].map(({ reader }) => {
    const bytes = reader.operations.read(reader, 1_000_000) ?? ('' as Bytes)
    release(reader)
    return decode(bytes)
  })
  return { out: texts[0] ?? '', err: texts[1] ?? '', status: worker.status }
}

function find({ daemon }: Engine, argv: readonly string[]) {
  try {
    return findExecutable(daemon, argv)
  } catch (cause) {
    if (!(cause instanceof Errno)) throw cause
    throw new EngineError('system', 'exec: "ps": executable file not found in $PATH')
  }
}

function parseProcesses(text: string, pids: ReadonlySet<number>): ProcessList {
  const [head = '', ...lines] = text.trimEnd().split('\n')
  const titles = head.trim().split(/\s+/)
  const column = titles.indexOf('PID')
  if (column < 0) throw new EngineError('system', "Couldn't find PID field in ps output")
  const processes = lines.map((line) => fieldsOf(line, titles.length))
  return { titles, processes: processes.filter((fields) => pids.has(Number(fields[column]))) }
}

/** The last field is all that is left. */
function fieldsOf(line: string, count: number): string[] {
  const words = line.trim().split(/\s+/)
  return [...words.slice(0, count - 1), words.slice(count - 1).join(' ')]
}
