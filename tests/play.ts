// Plays script lines in a fresh world, for tests: each line gives what it printed and its status.

import { decode } from '../src/base/bytes.ts'
import { openScript } from '../src/world/journal.ts'
import { performScript, startScript } from '../src/world/play.ts'
import type { ScriptSession } from '../src/world/session.ts'
import type { WorldSpec } from '../src/world/spec.ts'
import { createWorld, hostNamed, type World } from '../src/world/world.ts'

export interface Line {
  readonly out: string
  readonly err: string
  readonly rc: number
}

export interface Playground {
  readonly world: World
  /** Runs one complete input on a machine, the first unless named. */
  readonly run: (line: string, machine?: string) => Line
}

/** A world with the images stored, worked on as root. */
export function playground(spec: WorldSpec = {}): Playground {
  const images = ['alpine', 'nginx', 'httpd:2.4', 'busybox', 'debian']
  const world = createWorld({ user: 'root', images, ...spec })
  const sessions = new Map<string, ScriptSession>()
  const run = (line: string, machine = ''): Line => {
    const session = sessions.get(machine) ?? open(world, machine)
    sessions.set(machine, session)
    const { out, err, rc } = performScript(world, session, line)
    return { out: decode(out), err: decode(err), rc }
  }
  return { world, run }
}

function open(world: World, machine: string): ScriptSession {
  const host = hostNamed(world, machine || undefined)
  if (!host) throw new Error('a world without machines')
  const session = openScript(world, host, 'bash')
  startScript(world, session)
  return session
}
