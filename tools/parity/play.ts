// Plays a recording's script on the simulator, and holds each of its steps against ours.

import { decode } from '../../src/base/bytes.ts'
import { splitInputs } from '../../src/world/inputs.ts'
import { openScript } from '../../src/world/journal.ts'
import { performScript, startScript } from '../../src/world/play.ts'
import { createWorld, hostNamed } from '../../src/world/world.ts'
import { compareStep, type Step } from './compare.ts'
import type { Place, Recording } from './recordings.ts'
import { createReferences } from './references.ts'

/** A recorded step and what became of it here. */
export interface Outcome {
  /** Its number in the recording, from 1. */
  readonly step: number
  readonly recorded: Step
  /** Undefined if the script ended before. */
  readonly ours: Step | undefined
  /** In what they differ; empty if they are equal. */
  readonly differences: readonly string[]
}

/** Every step of `recording`, compared with the same one played in a fresh world of `place`. */
export function judge(recording: Recording, place: Place): Outcome[] {
  const played = play(recording.script, place)
  const references = createReferences(`${recording.script}\n${place.text}`)
  let next = 0
  return recording.steps.map((recorded, index) => {
    const at = played.findIndex(({ cmd }, place) => place >= next && cmd === recorded.cmd)
    const ours = played[at]
    if (ours) next = at + 1
    const differences = ours ? compareStep(recorded, ours, references) : ['ours has no such step']
    return { step: index + 1, recorded, ours, differences }
  })
}

/** What each input of `script` prints in a fresh world. */
export function play(script: string, place: Place): Step[] {
  const world = createWorld(place.spec)
  const host = hostNamed(world)
  if (!host) throw new Error('a world without a machine')
  const session = openScript(world, host, 'bash')
  startScript(world, session)
  const steps: Step[] = []
  for (const { text: cmd } of splitInputs(script)) {
    const { out, err, rc, ended } = performScript(world, session, cmd)
    steps.push({ cmd, out: decode(out), err: decode(err), rc })
    if (ended) break
  }
  return steps
}
