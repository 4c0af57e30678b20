// A pull as the client shows it while it goes on: line by line, or on a terminal each layer on its own line
// (moby pkg/jsonmessage/jsonmessage.go).

import type { Task } from '../../base/scheduler.ts'
import { begin, finish } from '../../engine/daemon/work.ts'
import type { Image } from '../../engine/image/image.ts'
import { createReport, type PullProgress, pull } from '../../engine/image/pull.ts'
import type { Reference } from '../../engine/image/reference.ts'
import type { Process } from '../../kernel/process.ts'
import { terminalOf } from '../../kernel/tty.ts'
import type { Context } from '../context.ts'

/** Pulls in the daemon; progress goes to the descriptor `to`, or nowhere. Throws EngineError. */
export function* pullShowing(
  { engine, proc }: Context,
  reference: Reference,
  to: 1 | 2 | undefined,
): Task<Image> {
  const report = createReport()
  const work = begin(engine, pull(engine, reference, report))
  const lines = new Map<string, number>()
  for (let shown = 0; ; ) {
    for (; shown < report.progress.length; shown++) {
      const progress = report.progress[shown]
      if (progress && to !== undefined) show(proc, to, lines, progress)
    }
    if (work.worker.state === 'zombie') return yield* finish(work)
    yield { on: [report.reported, work.worker.changed] }
  }
}

/** `lines` has the layers that have a line on the screen, by id. */
function show(proc: Process, to: 1 | 2, lines: Map<string, number>, progress: PullProgress): void {
  const { id, status } = progress
  const isLayer = id !== undefined && /^[0-9a-f]{12}$/.test(id) && !status.startsWith('Pulling from')
  if (!isLayer || !terminalOf(proc.files.get(to))) {
    if (!isLayer) lines.clear()
    return proc.write(to, `${id === undefined ? '' : `${id}: `}${status}\n`)
  }
  let line = lines.get(id)
  if (line === undefined) {
    line = lines.size
    lines.set(id, line)
    proc.write(to, '\n')
  }
  const up = lines.size - line
  proc.write(to, `\x1b[${up}A\x1b[2K\r${id}: ${status} \r\x1b[${up}B`)
}
