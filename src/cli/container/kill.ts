// `docker container kill`.

import { killNamed } from '../../engine/container/stop.ts'
import { atLeast } from '../arity.ts'
import { command } from '../command.ts'
import { string } from '../flags/flag.ts'
import { eachAtOnce } from './several.ts'

export const kill = command({
  use: 'kill [OPTIONS] CONTAINER [CONTAINER...]',
  short: 'Kill one or more running containers',
  spellings: 'docker container kill, docker kill',
  args: atLeast(1),
  flags: {
    signal: string('Signal to send to the container', {
      short: 's',
      otherwise: { '19.03': 'KILL', '28': '' },
    }),
  },
  run: (context, operands, flags) =>
    eachAtOnce(context, operands, (asked) => killNamed(context.engine, asked, flags.signal || 'KILL')),
})
