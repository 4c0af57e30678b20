// `docker trust signer remove`: its words and flags.

import { atLeast } from '../../arity.ts'
import { command } from '../../command.ts'
import { bool, refused } from '../../flags/flag.ts'

export const remove = command({
  use: 'remove [OPTIONS] NAME REPOSITORY [REPOSITORY...]',
  short: 'Remove a signer',
  class: refused(),
  args: atLeast(2),
  flags: {
    force: bool('Do not prompt for confirmation before removing the most recent signer', { short: 'f' }),
  },
})
