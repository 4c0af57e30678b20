// Inputs: every way into a world, as plain records. `apply` is the only door. It knows nothing of what an input leads to:
// the scheduler does that.

import type { Bytes } from '../base/bytes.ts'
import type { Instant } from '../base/instant.ts'
import { disconnect, endSending } from '../engine/daemon/connect.ts'
import { typeKeys } from '../kernel/discipline.ts'
import { type Process, signalProcess } from '../kernel/process.ts'
import { hangUp } from '../kernel/tty.ts'
import {
  type ConnectionSession,
  createConnectionSession,
  createScriptSession,
  createTerminalSession,
  endFeed,
  feed,
  interruptScript,
  nameScript,
  type ScriptSession,
  type Session,
  type TerminalSession,
} from './session.ts'
import type { World } from './world.ts'

/** An input with the point at which it enters: the instant, and how many steps the scheduler had taken. */
export type Input = Event & { readonly at: Instant; readonly steps: number }

/** What enters. `session` is the number of a session; an `open-` input gives it. */
export type Event =
  | {
      readonly kind: 'open-script'
      readonly session: number
      readonly machine: string
      readonly name: string
      readonly words: readonly string[]
    }
  | {
      readonly kind: 'open-terminal'
      readonly session: number
      readonly machine: string
      readonly rows: number
      readonly columns: number
    }
  /** The shell of a script has started, and is told the user's name for the script. */
  | { readonly kind: 'name-script'; readonly session: number }
  /** A client connects to the socket of a machine's Docker; sends bytes; has no more to send; and goes. */
  | { readonly kind: 'open-connection'; readonly session: number; readonly machine: string }
  | { readonly kind: 'send'; readonly session: number; readonly bytes: Bytes }
  | { readonly kind: 'end-send'; readonly session: number }
  | { readonly kind: 'disconnect'; readonly session: number }
  | { readonly kind: 'feed'; readonly session: number; readonly text: string }
  | { readonly kind: 'end-feed'; readonly session: number }
  /** ^C for what a script runs in the foreground. */
  | { readonly kind: 'interrupt'; readonly session: number }
  /** KILL for all that a script runs. */
  | { readonly kind: 'kill'; readonly session: number }
  | { readonly kind: 'keys'; readonly session: number; readonly keys: Bytes }
  | { readonly kind: 'resize'; readonly session: number; readonly rows: number; readonly columns: number }
  | { readonly kind: 'hang-up'; readonly session: number }

/** Lets an input into the world. Throws an Error for a machine or session that the world has not. */
export function apply(world: World, input: Event): void {
  switch (input.kind) {
    case 'open-script': {
      const host = hostOf(world, input.machine)
      return addSession(world, createScriptSession(host, input.session, input.name, input.words))
    }
    case 'open-terminal': {
      const host = hostOf(world, input.machine)
      return addSession(world, createTerminalSession(host, input.session, input.rows, input.columns))
    }
    case 'open-connection':
      return addSession(world, createConnectionSession(hostOf(world, input.machine), input.session))
    case 'send': {
      const { toDaemon } = connectionOf(world, input.session).connection
      return toDaemon.operations.write(toDaemon, input.bytes)
    }
    case 'end-send':
      return endSending(connectionOf(world, input.session).connection)
    case 'disconnect':
      return disconnect(connectionOf(world, input.session).connection)
    case 'name-script':
      return nameScript(scriptOf(world, input.session))
    case 'feed':
      return feed(scriptOf(world, input.session), input.text)
    case 'end-feed':
      return endFeed(scriptOf(world, input.session))
    case 'interrupt':
      return interruptScript(scriptOf(world, input.session))
    case 'kill':
      return killAll(scriptOf(world, input.session))
    case 'keys':
      return typeKeys(terminalOf(world, input.session).terminal, input.keys)
    case 'hang-up':
      return hangUp(terminalOf(world, input.session).terminal)
    case 'resize':
      return resize(terminalOf(world, input.session), input.rows, input.columns)
  }
}

function hostOf(world: World, machine: string) {
  const host = world.machines.get(machine)
  if (!host) throw new Error(`an input names the machine ${machine}, which does not exist`)
  return host
}

function addSession(world: World, session: Session): void {
  world.sessions.set(session.id, session)
}

function scriptOf(world: World, id: number): ScriptSession {
  const session = world.sessions.get(id)
  if (session?.kind !== 'script') throw new Error(`an input names the script ${id}, which does not exist`)
  return session
}

function terminalOf(world: World, id: number): TerminalSession {
  const session = world.sessions.get(id)
  if (session?.kind !== 'terminal') throw new Error(`an input names the terminal ${id}, which does not exist`)
  return session
}

function connectionOf(world: World, id: number): ConnectionSession {
  const session = world.sessions.get(id)
  if (session?.kind !== 'connection')
    throw new Error(`an input names the connection ${id}, which does not exist`)
  return session
}

function resize({ terminal }: TerminalSession, rows: number, columns: number): void {
  terminal.rows = rows
  terminal.columns = columns
}

function killAll({ shell }: ScriptSession): void {
  const found: Process[] = [...shell.children]
  for (const child of found) found.push(...child.children)
  for (const child of found) signalProcess(child, 'KILL')
}
