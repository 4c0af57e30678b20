// `docker checkpoint create`: its words and flags.

import { exactly } from '../arity.ts'
import { command } from '../command.ts'
import { bool, refused, string } from '../flags/flag.ts'

export const create = command({
  use: 'create [OPTIONS] CONTAINER CHECKPOINT',
  short: 'Create a checkpoint from a running container',
  args: exactly(2),
  flags: {
    'checkpoint-dir': string('Use a custom checkpoint storage directory', { class: refused('checkpoints') }),
    'leave-running': bool('Leave the container running after checkpoint'),
  },
})
