// `docker context show`

import { none } from '../arity.ts'
import { command } from '../command.ts'
import { currentContext } from './current.ts'

export const show = command({
  use: 'show',
  short: 'Print the name of the current context',
  since: '28',
  args: none,
  flags: {},
  needsDaemon: false,
  run: (context) => context.proc.print(currentContext(context)),
})
