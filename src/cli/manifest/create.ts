// `docker manifest create`: its words and flags.

import { atLeast } from '../arity.ts'
import { command } from '../command.ts'
import { bool, refused } from '../flags/flag.ts'

export const create = command({
  use: 'create MANIFEST_LIST MANIFEST [MANIFEST...]',
  short: 'Create a local manifest list for annotating and pushing to a registry',
  experimental: true,
  class: refused(),
  args: atLeast(2),
  flags: {
    amend: bool('Amend an existing manifest list', { short: 'a' }),
    insecure: bool('Allow communication with an insecure registry'),
  },
})
