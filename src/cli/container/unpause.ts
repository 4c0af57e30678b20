// `docker container unpause`.

import { requireContainer } from '../../engine/container/container.ts'
import { unpause as unpauseContainer } from '../../engine/container/pause.ts'
import { atLeast } from '../arity.ts'
import { command } from '../command.ts'
import { eachAtOnce } from './several.ts'

export const unpause = command({
  use: 'unpause CONTAINER [CONTAINER...]',
  short: 'Unpause all processes within one or more containers',
  spellings: 'docker container unpause, docker unpause',
  args: atLeast(1),
  flags: {},
  run: (context, operands) =>
    eachAtOnce(context, operands, function* (asked) {
      unpauseContainer(context.engine, requireContainer(context.engine, asked))
    }),
})
