// npm run fuzz:parity: random topologies on a real engine and on the simulator, and their differences.

import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { playReal } from './engine.ts'
import type { Ability } from './plan.ts'
import { playSimulated, worldIn } from './simulator.ts'
import { nextPool, topology } from './topology.ts'

const abilities: Readonly<Record<string, readonly Ability[]>> = {
  '20.10': [],
  '28': ['several-networks', 'gateway-priority'],
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    seed: { type: 'string', default: '1' },
    count: { type: 'string', default: '1' },
    release: { type: 'string', default: '28' },
    world: { type: 'string' },
    host: { type: 'string' },
    out: { type: 'string', default: '/tmp/fz' },
  },
})

const save = (file: string, value: unknown) => writeFileSync(file, `${JSON.stringify(value, null, 1)}\n`)
const first = Number(values.seed)
const { release, out, world = `tests/recordings/${release}/world.yaml` } = values
mkdirSync(join(out, release, 'real'), { recursive: true })
mkdirSync(join(out, release, 'sim'), { recursive: true })
for (let seed = first; positionals.length === 0 && seed < first + Number(values.count); seed++) {
  const lines = topology(seed, abilities[release] ?? [])
  const name = `${seed}.json`
  if (values.host !== undefined)
    save(join(out, release, 'real', name), { name: String(seed), steps: playReal(values.host, lines) })
  else
    save(join(out, release, 'sim', name), {
      name: String(seed),
      steps: playSimulated(worldIn(world), lines).steps,
    })
}
for (const file of positionals) {
  const { name, steps } = JSON.parse(readFileSync(file, 'utf8'))
  try {
    const played = playSimulated(
      worldIn(world),
      steps.map(({ cmd }: { cmd: string }) => cmd),
      steps[0].cmd === nextPool ? steps[0].out : undefined,
    ).steps
    save(join(out, release, 'sim', `${name}.json`), { name, steps: played })
  } catch (cause) {
    console.log(name, cause)
  }
}
