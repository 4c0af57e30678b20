// docksim replay: plays a scenario in the terminal as if it were typed.

import { Chalk } from 'chalk'
import { encode } from '../base/bytes.ts'
import type { Release } from '../base/release.ts'
import { choose } from '../edge/choose.ts'
import { writeBytes, writeError, writeOutput } from '../edge/output.ts'
import { pause } from '../edge/pace.ts'
import { shippedScenarios } from '../edge/scenarios.ts'
import { colourLevel, isTerminal } from '../edge/screen.ts'
import { described, FileError } from '../lab/errors.ts'
import { type ReplayEnd, replay, type Shown } from '../lab/replay.ts'
import { readScenario } from '../lab/scenario.ts'
import { createTheatre } from '../lab/theatre.ts'
import { Failure } from './failure.ts'
import { type LimitOptions, limitsOf, readUserFile } from './options.ts'
import type { ReplayOptions } from './verbs.ts'

export async function replayFile(asked: string | undefined, options: ReplayOptions): Promise<void> {
  const speed = Number(options.speed)
  if (!(speed > 0)) throw new Failure(`--speed must be a number above 0, not "${options.speed}"`)
  const file = asked === undefined ? await chooseScenario() : pathOf(asked)
  if (file === undefined) return
  const { differing } = playFile(file, {
    wait: options.wait,
    speed,
    release: options.release,
    limits: options,
  })
  if (differing > 0) process.exitCode = 1
}

/** A scenario that comes with docksim may be called by its name: `networking/ports`. */
const pathOf = (asked: string): string =>
  shippedScenarios().find((scenario) => scenario.name === asked)?.path ?? asked

async function chooseScenario(): Promise<string | undefined> {
  const scenarios = shippedScenarios()
  if (!isTerminal(0) || !isTerminal(1))
    throw new Failure(`name a scenario: a file, or ${scenarios.map((scenario) => scenario.name).join(', ')}`)
  const choices = scenarios.map(({ name, path }) => {
    const { title, summary } = readScenario(path, readUserFile(path))
    return { name: `${name}: ${title}`, value: path, description: summary }
  })
  return choose('Which scenario?', choices)
}

export interface Pace {
  readonly wait: boolean
  readonly speed: number
  readonly release?: Release | undefined
  readonly limits?: LimitOptions
}

/** Plays a scenario file to standard output. Throws Failure for a file that is none. */
export function playFile(file: string, pace: Pace): ReplayEnd {
  try {
    const scenario = readScenario(file, readUserFile(file))
    const playing = replay(scenario, createTheatre(limitsOf(pace.limits ?? {})), pace.release)
    const screen = new Chalk({ level: colourLevel(1) })
    for (;;) {
      const next = playing.next()
      if (next.done) return next.value
      show(next.value, pace, screen)
    }
  } catch (cause) {
    if (cause instanceof FileError) throw new Failure(described(cause))
    throw cause
  }
}

/** Seconds between two keys, and after a line of prose. */
const keyPause = 0.045
const linePause = 0.6

function show(shown: Shown, pace: Pace, screen: InstanceType<typeof Chalk>): void {
  switch (shown.kind) {
    case 'prose':
      return showProse(shown.lines, pace, screen)
    case 'typed':
      writeOutput(shown.prompt)
      for (const letter of shown.cmd) {
        writeOutput(letter)
        rest(keyPause, pace)
      }
      rest(linePause / 2, pace)
      return writeOutput('\n')
    case 'printed':
      return writeBytes(1, encode(isTerminal(1) ? shown.printed : shown.printed.replace(/\r\n/g, '\n')))
    case 'differs':
      return writeError(screen.red(`line ${shown.line}: the output differs: ${shown.cause}\n${shown.diff}\n`))
  }
}

function showProse(lines: readonly string[], pace: Pace, screen: InstanceType<typeof Chalk>): void {
  const text = lines.join('\n').trim()
  if (text === '') return
  writeOutput(`\n${screen.cyan(text)}\n\n`)
  rest(linePause * text.split('\n').length, pace)
}

function rest(seconds: number, { wait, speed }: Pace): void {
  if (wait) pause(seconds / speed)
}
