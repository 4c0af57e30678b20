// For tests: a stage that answers from a script, enough of a world to see how check types, leaves, interrupts and judges.
// It knows no Docker.

import type { Release } from '../../base/release.ts'
import type { Patience, StageTerminal, Theatre, Typed } from '../stage.ts'
import type { WorldSpec } from '../world-file.ts'

export interface Answer {
  readonly printed?: string
  readonly status?: number
  /** The prompt of a shell that the command opens. */
  readonly opens?: string
  /** It runs until interrupted, and then prints this. */
  readonly onInterrupt?: string
}
export type Answers = (cmd: string, typed: readonly string[], release: Release) => Answer

export interface ScriptedStage {
  readonly theatre: Theatre
  /** `terminal> what was typed` of the last stage. */
  readonly typed: string[]
  readonly worlds: WorldSpec[]
}

/** A theatre whose stages answer with `answers`. */
export function scripted(answers: Answers, releases: Release[] = ['28'], machines?: string[]): ScriptedStage {
  const typed: string[] = []
  const worlds: WorldSpec[] = []
  const theatre: Theatre = {
    releases,
    open({ release, world }) {
      worlds.push(world)
      typed.length = 0
      return {
        terminal: (name, machine) =>
          machine !== undefined && machines && !machines.includes(machine)
            ? undefined
            : terminalOf(name, answers, typed, release),
      }
    },
  }
  return { theatre, typed, worlds }
}

function terminalOf(name: string, answers: Answers, log: string[], release: Release): StageTerminal {
  const prompts = ['ubuntu@docksim:~$ ']
  let waiting: string | undefined
  const typed = (printed: string, status: number | undefined, running = false): Typed => ({
    printed,
    status,
    running,
  })
  const leave = () => {
    if (prompts.length > 1) prompts.pop()
    return typed('exit\r\n', 0)
  }
  return {
    prompt: () => (waiting === undefined ? (prompts.at(-1) ?? '') : ''),
    depth: () => prompts.length - 1,
    type(input: string, patience?: Patience) {
      log.push(`${name}> ${input}${patience?.lines ? ` (${patience.lines})` : ''}`)
      if (input === 'exit') return leave()
      const { printed = '', status = 0, opens, onInterrupt } = answers(input, log, release)
      if (opens) prompts.push(opens)
      if (onInterrupt === undefined) return typed(printed, opens ? undefined : status)
      waiting = onInterrupt
      return typed(printed, undefined, true)
    },
    interrupt() {
      log.push(`${name}> ^C`)
      const rest = waiting ?? ''
      waiting = undefined
      return typed(`^C${rest}`, 130)
    },
    endOfInput: leave,
  }
}
