// A world to measure: bash on its first machine, and containers that idle.

import { fork } from '../../src/world/fork.ts'
import { openScript } from '../../src/world/journal.ts'
import { performScript, startScript } from '../../src/world/play.ts'
import type { ScriptSession } from '../../src/world/session.ts'
import { createWorld, hostNamed, type World } from '../../src/world/world.ts'

export interface Bench {
  readonly world: World
  readonly session: ScriptSession
}

export function openBench(): Bench {
  const world = createWorld({ images: ['alpine', 'nginx'] })
  const host = hostNamed(world)
  if (!host) throw new Error('a world without a machine')
  const session = openScript(world, host, 'bash')
  startScript(world, session)
  return { world, session }
}

/** Runs a command that must succeed; what it printed. */
export function perform({ world, session }: Bench, command: string): string {
  const { out, err, rc, cut } = performScript(world, session, command)
  if (rc !== 0 || cut) throw new Error(`${command}: status ${rc}: ${err} ${cut ?? ''}`)
  return out
}

/** Starts idle containers `idle1`…, spread over `networks` networks of the user (0: all on the default bridge). */
export function populate(bench: Bench, count: number, networks: number): void {
  for (let index = 0; index < networks; index++) perform(bench, `docker network create net${index}`)
  for (let index = 1; index <= count; index++) {
    const network = networks === 0 ? '' : `--network net${index % networks} `
    perform(bench, `docker run -d --name idle${index} ${network}alpine sleep 1000000`)
  }
}

/** A second bench that goes on from where `bench` stands. */
export function forkBench({ world, session }: Bench): Bench {
  const copy = fork(world)
  return { world: copy, session: copy.sessions.get(session.id) as ScriptSession }
}

/** Milliseconds that each of `count` calls took, in rising order. */
export function times(count: number, call: (index: number) => void): number[] {
  const taken: number[] = []
  for (let index = 0; index < count; index++) {
    const start = performance.now()
    call(index)
    taken.push(performance.now() - start)
  }
  return taken.sort((a, b) => a - b)
}

export const median = (sorted: readonly number[]): number =>
  sorted[Math.floor(sorted.length / 2)] ?? Number.NaN
