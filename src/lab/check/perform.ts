// Types one step of a text and compares what is printed; puts in what the text evidently leaves out.

import { type Bindings, withOurs } from '../compare/bindings.ts'
import { type Comparison, compareOutput } from '../compare/output.ts'
import { screenOf } from '../compare/screen.ts'
import type { StageTerminal } from '../stage.ts'
import { saysItFails } from '../transcript/form.ts'
import type { Step } from '../transcript/step.ts'
import { makingFor, type Source } from './belongings.ts'
import { linesUntilInterrupt } from './endless.ts'

export interface Performance {
  /** What was typed: the text's command with our values. */
  readonly typed: string
  readonly printed: string
  /** Undefined while the command runs on, and where it opened a shell. */
  readonly status: number | undefined
  readonly running: boolean
  /** What was put in, one sentence each. */
  readonly inserted: readonly string[]
  /** Undefined where the text shows no output. */
  readonly comparison: Comparison | undefined
}

/** Types `step` at `terminal`. `before` are the steps before it, `source` is the text. */
export function perform(
  terminal: StageTerminal,
  step: Step,
  before: readonly Step[],
  bindings: Bindings,
  source: Source,
): Performance {
  const inserted: string[] = []
  const typed = withOurs(bindings, step.cmd)
  setVariables(terminal, step, before, bindings, inserted)
  let attempt = typeStep(terminal, typed, step, inserted)
  const removal = removalFor(step, attempt.printed)
  if (removal && terminal.type(removal).status === 0) {
    inserted.push(`${removal}, which the text ${removal.includes('$(') ? 'has removed' : 'makes again'}`)
    attempt = typeStep(terminal, typed, step, inserted)
  }
  const making = makingFor(step, before, attempt.printed, source)
  if (making) {
    for (const command of making.commands) terminal.type(command)
    inserted.push(...making.told)
    attempt = typeStep(terminal, typed, step, inserted)
  }
  const comparison = step.expected && compareOutput(step.expected, attempt.printed, bindings, step.cmd)
  const first = { typed, ...attempt, inserted, comparison }
  return comparison && onlyPredefinedAnew(step, comparison)
    ? (afterRestart(terminal, step, bindings, first) ?? first)
    : first
}

interface Attempt {
  readonly printed: string
  readonly status: number | undefined
  readonly running: boolean
}

function typeStep(terminal: StageTerminal, typed: string, step: Step, inserted: string[]): Attempt {
  const lines = linesUntilInterrupt(step)
  const first = terminal.type(typed, lines === undefined ? {} : { lines })
  if (!first.running || (lines === undefined && !step.expected)) return first
  const rest = terminal.interrupt()
  if (!step.interrupted) inserted.push('^C, since the command does not end by itself')
  return { printed: first.printed + rest.printed, status: rest.status, running: rest.running }
}

// `curl ${WEB_IP}` with a comment that gives one address: the author set the variable out of sight.
function setVariables(
  terminal: StageTerminal,
  step: Step,
  before: readonly Step[],
  bindings: Bindings,
  inserted: string[],
): void {
  const addresses = [...new Set(step.remark.match(/(?<![\d.])\d{1,3}(?:\.\d{1,3}){3}(?![\d.]*\d)/g))]
  const [address] = addresses
  if (address === undefined || addresses.length > 1) return
  for (const [, name = ''] of step.cmd.matchAll(/\$\{?([A-Z][A-Z0-9_]*(?:IP|ADDR(?:ESS)?)[A-Z0-9_]*)\}?/g)) {
    const assignment = new RegExp(`\\b${name}=`)
    if (before.some(({ cmd }) => assignment.test(cmd)) || assignment.test(step.cmd)) continue
    const typed = `${name}=${withOurs(bindings, address)}`
    terminal.type(typed)
    inserted.push(`${typed}, as the comment says`)
  }
}

/** The command that makes room for what the text makes again, if that is why the step failed. */
function removalFor(step: Step, printed: string): string | undefined {
  const shown = step.expected?.some(({ text }) => /already (?:in use|exists)|active endpoints/.test(text))
  if (shown || saysItFails(step.remark)) return undefined
  const container = /The container name "\/([\w.-]+)" is already in use/.exec(printed)?.[1]
  if (container) return `docker rm -f ${container}`
  const network = /network with name ([\w.-]+) already exists/.exec(printed)?.[1]
  if (network) return `docker network rm ${network}`
  if (!/network (?:rm|remove)\b/.test(step.cmd) || !printed.includes('has active endpoints')) return undefined
  const busy = /network ([\w.-]+) (?:id \w+ )?has active endpoints/.exec(printed)?.[1]
  return busy && `docker rm -f $(docker ps -aq --filter network=${busy})`
}

const listing = /\bdocker network (?:ls|list)\b/
const predefined = /^\S+ +(?:bridge|host|none) +(?:bridge|host|null) +local$/

/** All that differs are ids of the predefined networks, which are new in the text: its daemon was restarted. */
function onlyPredefinedAnew(step: Step, comparison: Comparison): boolean {
  if (comparison.outcome !== 'differs' || !listing.test(step.cmd)) return false
  const { missing, conflicts } = comparison
  return (
    missing.length > 0 &&
    missing.length === conflicts.length &&
    conflicts.every(({ line, conflict }) => conflict.kind === 'id' && predefined.test(line.text.trim()))
  )
}

const restart = 'sudo systemctl restart docker'

function afterRestart(
  terminal: StageTerminal,
  step: Step,
  bindings: Bindings,
  first: Performance,
): Performance | undefined {
  const restarted = terminal.type(restart)
  if (restarted.running) terminal.interrupt()
  if (restarted.status !== 0 || !step.expected) return undefined
  const again = terminal.type(first.typed)
  const inserted = [...first.inserted, `${restart}: in the text only predefined networks have new ids`]
  const comparison = compareOutput(step.expected, again.printed, bindings, step.cmd)
  return { ...first, ...again, inserted, comparison }
}

/** What ours printed, as the screen shows it. */
export const shownOf = ({ printed }: Performance): string => screenOf(printed)
