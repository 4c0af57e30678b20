// Random topologies on the simulator alone: what must hold of any of them. `npm run fuzz:parity` plays more, and asks a
// real engine too.

import { expect, test } from 'vitest'
import { brokenInvariants } from '../../tools/fuzz/invariants.ts'
import { abilitiesOf } from '../../tools/fuzz/releases.ts'
import { worldIn } from '../../tools/fuzz/simulator.ts'
import { topology } from '../../tools/fuzz/topology.ts'

test.each(['28', '20.10'])(
  'of random topologies on %s all invariants hold',
  { timeout: 60_000 },
  (release) => {
    for (const seed of [1, 2]) {
      const lines = topology(seed, abilitiesOf(release))
      expect(topology(seed, abilitiesOf(release))).toEqual(lines)
      expect(brokenInvariants(() => worldIn(`tests/recordings/${release}/world.yaml`), lines)).toEqual([])
    }
  },
)
