// `docker network rm`

import { type Dated, inRelease } from '../../base/release.ts'
import { findNetwork } from '../../engine/network/network.ts'
import { rm as removeNetwork } from '../../engine/network/rm.ts'
import { atLeast } from '../arity.ts'
import { command } from '../command.ts'
import { StatusError } from '../errors.ts'
import { bool } from '../flags/flag.ts'
import { checkName, lookUpRefusal, refusalOf } from '../refusal.ts'

export const rm = command({
  use: 'rm NETWORK [NETWORK...]',
  short: 'Remove one or more networks',
  aliases: ['remove'],
  args: atLeast(1),
  flags: {
    force: bool('Do not error if the network does not exist', { short: 'f', since: '28' }),
  },
  run({ proc, engine, release }, names, { force }) {
    let failed = false
    for (const name of names) {
      if (force && !findNetwork(engine, name)) continue
      const refusal = refusalOf(
        () => {
          checkName(release, 'network', name)
          removeNetwork(engine, name)
        },
        (cause) => lookUpRefusal(release, cause, 'network', name),
      )
      if (refusal === undefined) proc.print(name)
      else proc.printError(refusal)
      failed ||= refusal !== undefined
    }
    if (failed) throw new StatusError(inRelease(lastWords, release) ?? '')
  },
})

/** What comes out of the client that only says how it ends. */
const lastWords: Dated<string> = { '19.03': '', '28': 'exit status 1' }
