// `docker plugin create`: its words and flags.

import { atLeast } from '../arity.ts'
import { command } from '../command.ts'
import { bool, refused } from '../flags/flag.ts'

export const create = command({
  use: 'create [OPTIONS] PLUGIN PLUGIN-DATA-DIR',
  short:
    'Create a plugin from a rootfs and configuration. Plugin data directory must contain config.json and rootfs directory.',
  class: refused(),
  args: atLeast(2),
  flags: {
    compress: bool('Compress the context using gzip'),
  },
})
