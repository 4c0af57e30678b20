// `docker container pause`.

import { requireContainer } from '../../engine/container/container.ts'
import { pause as pauseContainer } from '../../engine/container/pause.ts'
import { atLeast } from '../arity.ts'
import { command } from '../command.ts'
import { eachAtOnce } from './several.ts'

export const pause = command({
  use: 'pause CONTAINER [CONTAINER...]',
  short: 'Pause all processes within one or more containers',
  spellings: 'docker container pause, docker pause',
  args: atLeast(1),
  flags: {},
  run: (context, operands) =>
    eachAtOnce(context, operands, function* (asked) {
      pauseContainer(context.engine, requireContainer(context.engine, asked))
    }),
})
