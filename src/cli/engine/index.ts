// `docker engine`: a noun of the oldest release only; of its verbs no help was captured.

import { group } from '../command.ts'
import { refused } from '../flags/flag.ts'

export const engine = group({
  use: 'engine',
  short: 'Manage the docker engine',
  until: '20.10',
  class: refused(),
  commands: [],
})
