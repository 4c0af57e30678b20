// `docker builder`: the verbs under it.

import { group, shortcut } from '../command.ts'
import { build } from '../image/build.ts'
import { prune } from './prune.ts'

export const builder = group({
  use: 'builder',
  short: 'Manage builds',
  commands: [prune, shortcut(build)],
})
