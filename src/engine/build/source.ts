// Images that a build begins with or copies from: of this engine, or pulled.

import type { Task } from '../../base/scheduler.ts'
import type { Engine } from '../engine.ts'
import type { Image } from '../image/image.ts'
import { createReport, pull } from '../image/pull.ts'
import { parseReference } from '../image/reference.ts'
import { findImage } from '../image/store.ts'
import { type BuildOutput, tell } from './request.ts'

/** The image `name`; pulled where it is not there, or always. Throws EngineError. */
export function* sourceImage(
  engine: Engine,
  output: BuildOutput,
  name: string,
  always: boolean,
): Task<Image> {
  const present = findImage(engine.images, name)
  if (present && !always) return present
  const reference = parseReference(name)
  const report = createReport()
  const work = pull(engine, reference, report)
  let told = 0
  const tellAll = (): void => {
    for (; told < report.progress.length; told++) {
      const progress = report.progress[told]
      if (progress) tell(engine, output, { kind: 'pull', progress })
    }
  }
  for (let step = work.next(); ; step = work.next()) {
    tellAll()
    if (step.done) return step.value
    yield step.value
  }
}
