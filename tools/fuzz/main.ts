// npm run fuzz:parity: random topologies on a real engine and on the simulator, and their differences by cause; with no
// engine, what must hold of the simulator alone.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Step } from '../parity/compare.ts'
import { engineAt, imagesOf, leftovers, releaseOf, wipe } from '../record/engine.ts'
import { recordSession } from '../record/session.ts'
import { compareTopology, type Difference } from './compare.ts'
import { brokenInvariants } from './invariants.ts'
import { abilitiesOf } from './releases.ts'
import { playSimulated, worldIn } from './simulator.ts'
import { nextPool, topology } from './topology.ts'

const usage = `npm run fuzz:parity -- [--seed N] [--count M] [--release R] [--host unix:///...] [--keep FOLDER] [RECORDING...]
  Makes M random topologies from seed N on, and plays each on the simulator: networks, containers, changes, then every
  pair asked by ping, DNS and HTTP, and rules, links, routes, files and listings.
  --host HOST    plays them on this engine too, which must be empty, and prints the differences by cause; run it where the
                 engine's network is. Without it, the simulator's own invariants are checked.
  --release R    the release that is imitated; the engine's own, or 28
  --world FILE   the description of the engine's machine; that of the recordings unless given
  --keep FOLDER  writes down what the engine printed; given as RECORDING later, it is compared without an engine`

interface Topology {
  readonly name: string
  readonly steps: readonly Step[]
}

function main(words: string[]): number {
  const { values, positionals } = parseArgs({
    args: words,
    allowPositionals: true,
    options: {
      seed: { type: 'string', default: '1' },
      count: { type: 'string', default: '1' },
      release: { type: 'string' },
      world: { type: 'string' },
      host: { type: 'string' },
      keep: { type: 'string' },
      help: { type: 'boolean' },
    },
  })
  if (values.help) {
    console.log(usage)
    return 0
  }
  const engine = values.host === undefined ? undefined : engineAt(values.host)
  const release = values.release ?? (engine && releaseOf(engine)) ?? '28'
  const world = values.world ?? `tests/recordings/${release}/world.yaml`
  const seeds = Array.from({ length: Number(values.count) }, (_, index) => Number(values.seed) + index)
  if (positionals.length > 0) return judge(positionals.map(readTopology), release, world)
  if (!engine) return check(seeds, release, world)
  const kept = imagesOf(engine)
  const recorded = seeds.map((seed): Topology => {
    const left = leftovers(engine)
    if (left.length > 0) throw new Error(`the engine has ${left.join(' and ')}`)
    const steps = recordSession(topology(seed, abilitiesOf(release)).join('\n'), engine.env, 240)
    wipe(engine, kept)
    const played = { name: String(seed), steps }
    if (values.keep !== undefined) keep(join(values.keep, release), played)
    return played
  })
  return judge(recorded, release, world)
}

function check(seeds: readonly number[], release: string, world: string): number {
  let broken = 0
  for (const seed of seeds)
    for (const line of brokenInvariants(() => worldIn(world), topology(seed, abilitiesOf(release)))) {
      console.log(`seed ${seed}: ${line}`)
      broken++
    }
  console.log(`${seeds.length} topologies on the simulator of ${release}: ${broken} invariants broken`)
  return broken === 0 ? 0 : 1
}

/** Plays the lines of each topology here, and prints in what they differ. */
function judge(topologies: readonly Topology[], release: string, world: string): number {
  const given = readFileSync(world, 'utf8')
  const causes = new Map<string, number>()
  let equal = 0
  for (const { name, steps } of topologies) {
    const pool = steps[0]?.cmd === nextPool ? steps[0].out : undefined
    const ours = playSimulated(
      worldIn(world),
      steps.map(({ cmd }) => cmd),
      pool,
    ).steps
    const differences = compareTopology(steps, ours, given, abilitiesOf(release).includes('several-networks'))
    if (differences.length === 0) equal++
    for (const difference of differences) {
      console.log(tell(name, difference))
      causes.set(difference.cause, (causes.get(difference.cause) ?? 0) + 1)
    }
  }
  console.log(`${equal} of ${topologies.length} topologies are equal on ${release}`)
  for (const [cause, count] of [...causes].sort(([a], [b]) => (a < b ? -1 : 1)))
    console.log(`  ${cause}: ${count}`)
  return equal === topologies.length ? 0 : 1
}

const tell = (name: string, { cause, cmd, part, real, ours }: Difference): string =>
  [`--- ${name}, ${cause}: ${part} of $ ${cmd.slice(0, 120)}`, ...differing(real, ours)].join('\n')

/** The lines that only one side has. */
function differing(real: string, ours: string): string[] {
  const [left, right] = [masked(real).split('\n'), masked(ours).split('\n')]
  const only = (lines: readonly string[], others: readonly string[], mark: string) =>
    lines.filter((line) => !others.includes(line)).map((line) => mark + line.slice(0, 600))
  const lines = [...only(left, right, '-'), ...only(right, left, '+')]
  return lines.length > 0 ? lines.slice(0, 24) : ['(the same lines in another order)']
}

/** Ids say nothing to a reader. */
const masked = (text: string): string => text.replace(/\b(?:[0-9a-f]{64}|[0-9a-f]{12})\b/g, 'ID')

function readTopology(file: string): Topology {
  return JSON.parse(readFileSync(file, 'utf8')) as Topology
}

function keep(folder: string, topology: Topology): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(join(folder, `${topology.name}.json`), `${JSON.stringify(topology, undefined, 1)}\n`)
}

try {
  process.exitCode = main(process.argv.slice(2))
} catch (cause) {
  console.error(`fuzz:parity: ${cause instanceof Error ? cause.message : String(cause)}`)
  process.exitCode = 1
}
