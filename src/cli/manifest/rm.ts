// `docker manifest rm`: its words and flags.

import { atLeast } from '../arity.ts'
import { command } from '../command.ts'
import { refused } from '../flags/flag.ts'

export const rm = command({
  use: 'rm MANIFEST_LIST [MANIFEST_LIST...]',
  short: 'Delete one or more manifest lists from local storage',
  experimental: true,
  class: refused(),
  args: atLeast(1),
  flags: {},
})
