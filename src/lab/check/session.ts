// The terminals of a run and the shells in them: by its prompt a step tells which shell it was typed into, and the
// session goes there, leaving shells that the text left without a word.

import { type Bindings, bind, isConflict } from '../compare/bindings.ts'
import type { Stage, StageTerminal, Typed } from '../stage.ts'
import {
  isContainerPrompt,
  isMasked,
  type Prompt,
  promptIdentity,
  splitPrompt,
} from '../transcript/prompt.ts'
import type { Step } from '../transcript/step.ts'

/** A shell on the way from the login shell to the innermost one. */
interface Level {
  /** The prompts that the text shows for it. */
  readonly prompts: Set<string>
  /** The fence in which it was opened. */
  readonly fence: number
}

/** A terminal and the shells in it. */
export interface Seat {
  readonly terminal: StageTerminal
  readonly levels: Level[]
  /** How many shells of the terminal lie below: of the machines from which this one was reached. */
  readonly base: number
  /** The shells below, to which the terminal returns. */
  readonly outer: Seat | undefined
  /** The machine that was entered, as banners name it. */
  readonly machine?: string
  /** A command runs on, as the text left it. */
  running: boolean
}

export interface Session {
  readonly stage: Stage
  readonly seats: Map<string, Seat>
  /** The machines of the world, where it has several: a prompt may name one. */
  readonly machines: ReadonlySet<string>
  /** Where the last step was typed. */
  last: string | undefined
}

/** Where a step is to be typed, or why there is no such place. */
export type Arrival =
  | { readonly seat: Seat; readonly inserted: string[]; readonly bindings: Bindings }
  | { readonly seat: undefined; readonly why: string }

export const openSession = (stage: Stage, machines: readonly string[] = []): Session => ({
  stage,
  seats: new Map(),
  machines: new Set(machines.length > 1 ? machines : []),
  last: undefined,
})

/** Goes to the shell into which the text typed `step`. */
export function arrive(session: Session, step: Step, bindings: Bindings): Arrival {
  const seat = seatOf(session, step)
  if (!seat) return { seat: undefined, why: `the world has no machine ${step.machine}` }
  const inserted: string[] = []
  if (seat.running) {
    seat.terminal.interrupt()
    seat.running = false
    inserted.push('^C for the command that still ran')
  }
  // Colima is the workstation's.
  if (seat.outer && /^colima\b/.test(step.cmd)) {
    leaveTo(seat, -1, inserted)
    leaveMachine(session, seat)
    return arrive(session, step, bindings)
  }
  const level = levelFor(seat, step)
  if (typeof level === 'string') return { seat: undefined, why: level }
  leaveTo(seat, level, inserted)
  if (step.prompt) seat.levels[level]?.prompts.add(promptIdentity(step.prompt))
  return { seat, inserted, bindings: bindPrompt(bindings, step.prompt, seat, step.line) }
}

/** Takes note of what became of the shells after an input, and of the prompt that the text shows then. */
export function settle(session: Session, seat: Seat, step: Step, typed: Typed, bindings: Bindings): Bindings {
  seat.running = typed.running
  const depth = depthOf(seat)
  const machine = step.prompt?.host === undefined ? machineEntered(step.cmd) : undefined
  if (machine !== undefined && depth >= seat.levels.length) {
    enterMachine(session, seat, step, machine)
    return bindings
  }
  if (depth < 0 && seat.outer) leaveMachine(session, seat)
  while (seat.levels.length - 1 > depth) seat.levels.pop()
  while (seat.levels.length - 1 < depth) seat.levels.push(blankLevel(step))
  if (!step.promptAfter) return bindings
  const prompts = seat.levels.at(-1)?.prompts
  if (prompts?.size === 0) prompts.add(promptIdentity(step.promptAfter))
  return bindPrompt(bindings, step.promptAfter, seat, step.line)
}

const depthOf = ({ terminal, base }: Seat): number => terminal.depth() - base

const blankLevel = ({ fence }: Step): Level => ({ prompts: new Set(), fence })

/** From here on the terminal, and the machine by its name, mean the shell there. */
function enterMachine({ seats }: Session, outer: Seat, step: Step, machine: string): void {
  const { terminal, base } = outer
  const entered: Seat = {
    terminal,
    levels: [blankLevel(step)],
    base: base + depthOf(outer),
    outer,
    machine,
    running: false,
  }
  for (const [key, seat] of seats) if (seat === outer) seats.set(key, entered)
  seats.set(machine, entered)
}

function leaveMachine({ seats }: Session, left: Seat): void {
  for (const [key, seat] of seats) if (seat === left && left.outer) seats.set(key, left.outer)
  if (left.machine !== undefined) seats.delete(left.machine)
}

/** The machine that a command enters, by the name that banners give it: `ssh node2`, `colima ssh --profile node2`. */
function machineEntered(cmd: string): string | undefined {
  const profile = /^colima\s+(?:ssh|exec|x)\b(?:.*?\s(?:-p|--profile)[ =](\S+))?/.exec(cmd)
  if (profile) return profile[1] ?? 'colima'
  return /^ssh\s+(?:.*\s)?(?:[\w.-]+@)?([A-Za-z][\w.-]*)$/.exec(cmd)?.[1]
}

function seatOf(session: Session, step: Step): Seat | undefined {
  const machine = step.machine ?? machineOfPrompt(session, step)
  const several = session.machines.size > 0
  const key = machine ?? step.terminal ?? (several ? session.last : undefined) ?? 'main'
  session.last = key
  const known = session.seats.get(key)
  if (known) return known
  const terminal = session.stage.terminal(key, machine)
  if (!terminal) return undefined
  const seat: Seat = { terminal, levels: [blankLevel(step)], base: 0, outer: undefined, running: false }
  session.seats.set(key, seat)
  return seat
}

// `me@node2:~$` is a terminal of node2, unless a shell of node2 was reached from where the last step was typed.
function machineOfPrompt(session: Session, { prompt, terminal }: Step): string | undefined {
  if (!prompt?.host || terminal !== undefined || !session.machines.has(prompt.host)) return undefined
  const last = session.seats.get(session.last ?? '')
  const top = last?.levels.at(-1)
  const reached =
    last && last.levels.length > 1 && (top?.prompts.size === 0 || top?.prompts.has(promptIdentity(prompt)))
  return reached ? session.last : prompt.host
}

/** The depth of the shell that `step` names by its prompt, or why there is none. */
function levelFor(seat: Seat, step: Step): number | string {
  const { levels } = seat
  const current = levels.length - 1
  const top = levels[current]
  const docker = /^(?:sudo\s+)?docker/.test(step.cmd)
  const { prompt } = step
  if (!prompt && step.cmd === 'exit') return current
  if (!prompt) return current === 0 || docker || top?.prompts.size ? 0 : current
  const identity = promptIdentity(prompt)
  const seen = levels.slice(0, current).findLastIndex(({ prompts }) => prompts.has(identity))
  // A bare `$` may be two shells': the inner one's only in the fence that opened it.
  const elsewhere = seen >= 0 && prompt.host === undefined && (top?.fence !== step.fence || docker)
  if (top?.prompts.has(identity) && !elsewhere) return current
  if (top?.prompts.size === 0) {
    const stays = seen < 0 || (prompt.host === undefined && !elsewhere)
    if (stays && (current > 0 || !isContainerPrompt(prompt))) return current
  }
  if (seen >= 0) return seen
  if (isContainerPrompt(prompt)) return `the text opens no shell whose prompt is ${prompt.text}`
  return isMasked(prompt) || prompt.host !== undefined || docker ? 0 : current
}

function leaveTo(seat: Seat, level: number, inserted: string[]): void {
  for (let depth = depthOf(seat); depth > level; depth = depthOf(seat)) {
    inserted.push(`exit, out of the shell ${seat.terminal.prompt().trim()}`)
    seat.terminal.type('exit')
    if (depthOf(seat) >= depth) seat.terminal.endOfInput()
    if (depthOf(seat) >= depth) break
  }
  while (seat.levels.length - 1 > level) seat.levels.pop()
}

// A container's shell has the first digits of its id in the prompt.
function bindPrompt(bindings: Bindings, prompt: Prompt | undefined, seat: Seat, line: number): Bindings {
  const ours = splitPrompt(`${seat.terminal.prompt().trimEnd()} `)?.prompt
  if (!prompt?.host || !ours?.host || !isContainerPrompt(prompt) || !isContainerPrompt(ours)) return bindings
  const bound = bind(bindings, { kind: 'id', text: prompt.host, ours: ours.host, line })
  return isConflict(bound) ? bindings : bound
}
