// `docker trust signer add`: its words and flags.

import { atLeast } from '../../arity.ts'
import { command } from '../../command.ts'
import { list, refused } from '../../flags/flag.ts'

export const add = command({
  use: 'add OPTIONS NAME REPOSITORY [REPOSITORY...] ',
  short: 'Add a signer',
  class: refused(),
  args: atLeast(2),
  flags: {
    key: list("Path to the signer's public key file"),
  },
})
