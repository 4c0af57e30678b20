// Running a script in a world: input by input, each to its end.

import { type Bytes, decode } from '../base/bytes.ts'
import { readInputFile, readStandardInput, UnreadableFile } from '../edge/input.ts'
import { writeBytes, writeOutput } from '../edge/output.ts'
import type { Host } from '../world/host.ts'
import { splitInputs } from '../world/inputs.ts'
import { openScript } from '../world/journal.ts'
import { endScript, type Limits, type Performed, performScript, startScript } from '../world/play.ts'
import type { Piece } from '../world/session.ts'
import { hostNamed, type World } from '../world/world.ts'
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
  const show = script.json ? undefined : showPiece
  const print = (cmd: string, { out, err, rc }: Performed) => {
    if (script.json) writeOutput(`${JSON.stringify({ cmd, out: recorded(out), err: recorded(err), rc })}\n`)
  }
  for (const { text: cmd } of splitInputs(script.text)) {
    const performed = performScript(world, session, cmd, script.limits, show)
    print(cmd, performed)
    if (performed.ended) return performed.rc
  }
  const last = endScript(world, session, script.limits, show)
  if (last.out !== '' || last.err !== '') print('', last)
  return last.rc
}

/** As recordings have it: whatever ends a line is a line feed. */
const recorded = (bytes: Bytes): string => decode(bytes).replace(/\r\n?/g, '\n')

const showPiece = ({ stream, bytes }: Piece): void => writeBytes(stream === 'out' ? 1 : 2, bytes)

/** The text of a script: of `file`, or of standard input. Throws Failure for what is none. */
export function readScript(file: string | undefined): string {
  const name = file === undefined || file === '-' ? undefined : file
  try {
    const bytes = name === undefined ? readStandardInput() : readInputFile(name)
    if (bytes.includes('\0')) throw new UnreadableFile(`${name ?? 'standard input'}: this is no text`)
    return decode(bytes)
  } catch (cause) {
    if (cause instanceof UnreadableFile) throw new Failure(cause.message)
    throw cause
  }
}
