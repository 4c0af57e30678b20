// `docker volume rm`

import { rm as removeVolume } from '../../engine/volume/rm.ts'
import { atLeast } from '../arity.ts'
import { command } from '../command.ts'
import { StatusError } from '../errors.ts'
import { bool } from '../flags/flag.ts'
import { checkName, lookUpRefusal, refusalOf } from '../refusal.ts'

export const rm = command({
  use: 'rm [OPTIONS] VOLUME [VOLUME...]',
  short: 'Remove one or more volumes',
  long: 'Remove one or more volumes. You cannot remove a volume that is in use by a container.',
  aliases: ['remove'],
  example: {
    '19.03': `$ docker volume rm hello
hello`,
    '28': '',
  },
  args: atLeast(1),
  flags: {
    force: bool('Force the removal of one or more volumes', { short: 'f' }),
  },
  run({ proc, engine, release }, names, { force }) {
    const refusals: string[] = []
    for (const name of names) {
      const refusal = refusalOf(
        () => {
          checkName(release, 'volume', name)
          removeVolume(engine, name, force)
        },
        (cause) => lookUpRefusal(release, cause, 'volume', name),
      )
      if (refusal === undefined) proc.print(name)
      else refusals.push(refusal)
    }
    if (refusals.length > 0) throw new StatusError(refusals.join('\n'))
  },
})
