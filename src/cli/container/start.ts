// `docker container start`: its words and flags.

import { atLeast } from '../arity.ts'
import { command } from '../command.ts'
import { bool, refused, string } from '../flags/flag.ts'

export const start = command({
  use: 'start [OPTIONS] CONTAINER [CONTAINER...]',
  short: 'Start one or more stopped containers',
  spellings: 'docker container start, docker start',
  args: atLeast(1),
  flags: {
    attach: bool('Attach STDOUT/STDERR and forward signals', { short: 'a' }),
    checkpoint: string('Restore from this checkpoint', { until: '20.10', class: refused('checkpoints') }),
    'checkpoint-dir': string('Use a custom checkpoint storage directory', {
      until: '20.10',
      class: refused('checkpoints'),
    }),
    'detach-keys': string('Override the key sequence for detaching a container'),
    interactive: bool("Attach container's STDIN", { short: 'i' }),
  },
})
