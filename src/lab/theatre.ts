// Stages on simulated worlds: what check and replay play on.

import { type Bytes, decode, encode } from '../base/bytes.ts'
import { openTerminalSession } from '../world/journal.ts'
import { type Limits, performKeys, settle, usualLimits, type Typed as WorldTyped } from '../world/play.ts'
import { offered } from '../world/releases.ts'
import { statusOf, type TerminalSession } from '../world/session.ts'
import { innermostTerminal, promptingShell, shellsOn } from '../world/terminals.ts'
import { createWorld, hostNamed, type World } from '../world/world.ts'
import type { Patience, Stage, StageTerminal, Theatre, Typed } from './stage.ts'

/** Stages with those limits for each input. */
export const createTheatre = (limits: Limits = usualLimits): Theatre => ({
  releases: offered,
  open: ({ release, world }) => new WorldStage(createWorld({ ...world, release }), limits),
})

const rows = 50
const columns = 200

class WorldStage implements Stage {
  private readonly world: World
  private readonly limits: Limits
  private readonly terminals = new Map<string, WorldTerminal>()

  constructor(world: World, limits: Limits) {
    this.world = world
    this.limits = limits
    settle(world)
  }

  terminal(name: string, machine: string | undefined): StageTerminal | undefined {
    const known = this.terminals.get(name)
    if (known) return known
    const host = hostNamed(this.world, machine)
    if (!host) return undefined
    const terminal = new WorldTerminal(
      this.world,
      openTerminalSession(this.world, host, rows, columns),
      this.limits,
    )
    this.terminals.set(name, terminal)
    return terminal
  }
}

class WorldTerminal implements StageTerminal {
  private readonly world: World
  private readonly session: TerminalSession
  private readonly limits: Limits
  private shown = ''

  constructor(world: World, session: TerminalSession, limits: Limits) {
    this.world = world
    this.session = session
    this.limits = limits
    this.shown = decode(performKeys(world, session, '' as Bytes, limits).printed)
  }

  prompt(): string {
    return this.prompting() ? lastLine(this.shown) : ''
  }

  depth(): number {
    let count = 0
    let { terminal } = this.session
    for (;;) {
      count += shellsOn(terminal).length
      const inner = innermostTerminal({ ...this.session, terminal }, this.machines())
      if (inner === terminal) return Math.max(count - 1, 0)
      terminal = this.nextInner(terminal)
    }
  }

  type(input: string, patience: Patience = {}): Typed {
    return this.perform(encode(`${input}\n`), patience.lines)
  }

  interrupt(): Typed {
    return this.perform('\x03' as Bytes)
  }

  endOfInput(): Typed {
    return this.perform('\x04' as Bytes)
  }

  private perform(keys: Bytes, lines?: number): Typed {
    const depth = this.depth()
    const echoed = keys.split('\n').length - 1
    const limits = { ...this.limits, lines: lines === undefined ? undefined : lines + echoed }
    const played = performKeys(this.world, this.session, keys, limits)
    this.shown = decode(played.printed)
    return this.typed(played, depth, echoed)
  }

  private typed(played: WorldTyped, depthBefore: number, echoed: number): Typed {
    const running = this.prompting() === undefined
    const printed = withoutEcho(this.shown, echoed)
    const shell = this.prompting()
    const opened = this.depth() > depthBefore
    const text = running ? printed : printed.slice(0, printed.length - lastLine(printed).length)
    return {
      printed: text,
      status: running || opened || !shell ? undefined : statusOf(shell),
      running: running && played.outcome !== 'prompt',
    }
  }

  private prompting() {
    return promptingShell(innermostTerminal(this.session, this.machines()))
  }

  private machines() {
    return [...this.world.machines.values()].map((host) => host.machine)
  }

  private nextInner(terminal: TerminalSession['terminal']): TerminalSession['terminal'] {
    for (const machine of this.machines())
      for (const process of machine.processes.values())
        if (process.terminal?.relay && process.terminal.relay.terminal === terminal) return process.terminal
    return terminal
  }
}

const lastLine = (text: string): string => text.slice(text.lastIndexOf('\n') + 1)

/** Drops the lines that are the echo of what was typed. */
function withoutEcho(text: string, lines: number): string {
  let rest = text
  for (let line = 0; line < lines; line++) {
    const end = rest.indexOf('\n')
    if (end < 0) return ''
    rest = rest.slice(end + 1)
  }
  return rest
}
