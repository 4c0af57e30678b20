// `docker volume create`

import { type Dated, inRelease } from '../../base/release.ts'
import { createVolume } from '../../engine/volume/volume.ts'
import { atMost } from '../arity.ts'
import { command } from '../command.ts'
import { StatusError } from '../errors.ts'
import * as checks from '../flags/checks.ts'
import { list, map, string } from '../flags/flag.ts'
import { labelsOf } from '../labels.ts'

export const create = command({
  use: 'create [OPTIONS] [VOLUME]',
  short: 'Create a volume',
  args: atMost(1),
  flags: {
    driver: string('Specify volume driver name', { short: 'd', otherwise: 'local' }),
    label: list('Set metadata for a volume', { check: checks.label }),
    name: string('Specify volume name', { hidden: true }),
    opt: map('Set driver specific options', { short: 'o' }),
  },
  run({ proc, engine, release }, [operand], { driver, label, name, opt }) {
    if (operand !== undefined && name !== '')
      throw new StatusError(inRelease(twoNames, release) ?? '', inRelease(twoNamesStatus, release))
    const sent = (map: ReadonlyMap<string, string>) =>
      map.size > 0 || inRelease(sendsEmptyMaps, release) ? map : undefined
    const settings = { driver, labels: sent(labelsOf(label)), options: sent(opt) }
    proc.print(createVolume(engine, operand ?? name, settings).name)
  },
})

/** What is not said is sent as an empty map, or not at all. */
const sendsEmptyMaps: Dated<boolean> = { '19.03': true, '28': false }

const twoNames: Dated<string> = {
  '19.03': 'Conflicting options: either specify --name or provide positional arg, not both',
  '28': 'conflicting options: cannot specify a volume-name through both --name and as a positional arg',
}
const twoNamesStatus: Dated<number> = { '19.03': 1 }
