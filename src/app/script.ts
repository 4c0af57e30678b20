// Running a script in a world: input by input, each to its end.

import { decode } from '../base/bytes.ts'
import { writeBytes, writeOutput } from '../edge/output.ts'
import { splitInputs } from '../world/inputs.ts'
import { openScript } from '../world/journal.ts'
import { type Limits, performScript, startScript } from '../world/play.ts'
import { type Host, hostNamed, type World } from '../world/world.ts'
import { Failure } from './failure.ts'

export interface Script {
  /** `$0` */
  readonly name: string
  readonly text: string
  readonly limits: Limits
  /** Print one JSON object for each input, in the form of the recordings. */
  readonly json?: boolean
}

/** The machine of that name, or the first. Throws Failure. */
export function hostOf(world: World, name: string | undefined): Host {
  const host = hostNamed(world, name)
  if (!host)
    throw new Failure(`there is no machine "${name}"; there is ${[...world.machines.keys()].join(', ')}`)
  return host
}

/** Plays the inputs of a script one by one; returns the exit status of the last. */
export function runScript(world: World, host: Host, script: Script): number {
  const session = openScript(world, host, script.name)
  startScript(world, session)
  let status = 0
  for (const { text: cmd } of splitInputs(script.text)) {
    const { out, err, rc, ended } = performScript(world, session, cmd, script.limits)
    status = rc
    if (script.json) writeOutput(`${JSON.stringify({ cmd, out: decode(out), err: decode(err), rc })}\n`)
    else {
      writeBytes(1, out)
      writeBytes(2, err)
    }
    if (ended) break
  }
  return status
}
