// `docker container wait`.

import { requireContainer } from '../../engine/container/container.ts'
import { waitFor } from '../../engine/container/wait.ts'
import { atLeast } from '../arity.ts'
import { command } from '../command.ts'
import { pace } from '../pace.ts'
import { refusalText } from './find.ts'
import { throwAll } from './several.ts'

export const wait = command({
  use: 'wait CONTAINER [CONTAINER...]',
  short: 'Block until one or more containers stop, then print their exit codes',
  spellings: 'docker container wait, docker wait',
  args: atLeast(1),
  flags: {},
  *run({ engine, proc }, operands) {
    yield* proc.sleep(pace.command)
    const refusals: string[] = []
    for (const asked of operands) {
      try {
        proc.print(String(yield* waitFor(requireContainer(engine, asked))))
      } catch (cause) {
        refusals.push(refusalText(cause))
      }
    }
    throwAll(refusals)
  },
})
