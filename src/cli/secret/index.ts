// `docker secret`: the verbs under it.

import { group } from '../command.ts'
import { create } from './create.ts'
import { inspect } from './inspect.ts'
import { ls } from './ls.ts'
import { rm } from './rm.ts'

export const secret = group({
  use: 'secret',
  short: { '19.03': 'Manage Docker secrets', '28': 'Manage Swarm secrets' },
  hidden: { '19.03': false, '28': true },
  commands: [create, inspect, ls, rm],
})
