// `docker checkpoint`: the verbs under it.

import { group } from '../command.ts'
import { create } from './create.ts'
import { ls } from './ls.ts'
import { rm } from './rm.ts'

export const checkpoint = group({
  use: 'checkpoint',
  short: 'Manage checkpoints',
  hidden: true,
  experimentalDaemon: true,
  commands: [create, ls, rm],
})
