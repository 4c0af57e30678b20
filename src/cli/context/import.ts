// `docker context import`: its words and flags.

import { exactly } from '../arity.ts'
import { command } from '../command.ts'

export const importCommand = command({
  use: 'import CONTEXT FILE|-',
  short: 'Import a context from a tar or zip file',
  args: exactly(2),
  flags: {},
})
