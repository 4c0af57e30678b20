// The lines of a pull as they come (moby pkg/jsonmessage): one after the other, or on a terminal each layer's in its
// own place.

import type { Condition, Task } from '../../base/scheduler.ts'
import { inDaemon } from '../../engine/daemon/work.ts'
import type { Engine } from '../../engine/engine.ts'
import type { Image } from '../../engine/image/image.ts'
import { createReport, type PullProgress, pull } from '../../engine/image/pull.ts'
import type { Reference } from '../../engine/image/reference.ts'
import type { Process } from '../../kernel/process.ts'

export interface Screen {
  /** The descriptor that gets the lines. */
  readonly descriptor: 1 | 2
  readonly isTerminal: boolean
}

/** Pulls an image and shows how it goes; with no screen, silently. Throws EngineError. */
export function* pullShown(
  proc: Process,
  engine: Engine,
  reference: Reference,
  screen: Screen | undefined,
): Task<Image> {
  const report = createReport()
  const work = inDaemon(engine, pull(engine, reference, report))
  const places = new Map<string, number>()
  let shown = 0
  for (let step = work.next(); ; step = work.next()) {
    for (; shown < report.progress.length; shown++) {
      const progress = report.progress[shown]
      if (screen && progress) proc.write(screen.descriptor, lineOf(progress, places, screen.isTerminal))
    }
    if (step.done) return step.value
    const on: Condition[] = [...(step.value.on ?? []), report.reported]
    yield { ...step.value, on }
  }
}

/** About the whole image, of which no line is rewritten. */
const isHeadline = ({ id, status }: PullProgress): boolean =>
  id === undefined || status.startsWith('Pulling from')

function lineOf(progress: PullProgress, places: Map<string, number>, isTerminal: boolean): string {
  const text = progress.id === undefined ? progress.status : `${progress.id}: ${progress.status}`
  if (!isTerminal) return `${text}\n`
  if (isHeadline(progress)) {
    places.clear()
    return `${text}\n`
  }
  const id = progress.id ?? ''
  const isNew = !places.has(id)
  if (isNew) places.set(id, places.size)
  const up = places.size - (places.get(id) ?? 0)
  return `${isNew ? '\n' : ''}\x1b[${up}A\x1b[2K\r${text} \r\x1b[${up}B`
}
