// `docker trust sign`: its words and flags.

import { exactly } from '../arity.ts'
import { command } from '../command.ts'
import { bool, refused } from '../flags/flag.ts'

export const sign = command({
  use: 'sign IMAGE:TAG',
  short: 'Sign an image',
  class: refused(),
  args: exactly(1),
  flags: {
    local: bool('Sign a locally tagged image'),
  },
})
