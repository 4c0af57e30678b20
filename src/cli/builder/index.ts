// `docker builder`: the verbs under it.

import { group, shortcut } from '../command.ts'
import { build } from '../image/build.ts'
import { prune } from './prune.ts'
import { builderWarning } from './warning.ts'

export const builder = group({
  warning: builderWarning,
  use: 'builder',
  short: 'Manage builds',
  commands: [prune, shortcut(build)],
})
