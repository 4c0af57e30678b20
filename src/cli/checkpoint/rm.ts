// `docker checkpoint rm`: its words and flags.

import { exactly } from '../arity.ts'
import { command } from '../command.ts'
import { refused, string } from '../flags/flag.ts'

export const rm = command({
  use: 'rm [OPTIONS] CONTAINER CHECKPOINT',
  short: 'Remove a checkpoint',
  aliases: ['remove'],
  args: exactly(2),
  flags: {
    'checkpoint-dir': string('Use a custom checkpoint storage directory', { class: refused('checkpoints') }),
  },
})
