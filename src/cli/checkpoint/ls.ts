// `docker checkpoint ls`: its words and flags.

import { exactly } from '../arity.ts'
import { command } from '../command.ts'
import { refused, string } from '../flags/flag.ts'

export const ls = command({
  use: 'ls [OPTIONS] CONTAINER',
  short: 'List checkpoints for a container',
  aliases: ['list'],
  args: exactly(1),
  flags: {
    'checkpoint-dir': string('Use a custom checkpoint storage directory', { class: refused('checkpoints') }),
  },
})
