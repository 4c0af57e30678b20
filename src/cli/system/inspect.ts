// `docker inspect`: its words and flags.

import { atLeast } from '../arity.ts'
import { command } from '../command.ts'
import { bool, string } from '../flags/flag.ts'
import { formatInspect } from '../words.ts'

export const inspect = command({
  use: 'inspect [OPTIONS] NAME|ID [NAME|ID...]',
  short: 'Return low-level information on Docker objects',
  args: atLeast(1),
  flags: {
    format: string(
      { '19.03': 'Format the output using the given Go template', '28': formatInspect },
      { short: 'f' },
    ),
    size: bool('Display total file sizes if the type is container', { short: 's' }),
    type: string({
      '19.03': 'Return JSON for specified type',
      '28': 'Only inspect objects of the given type',
    }),
  },
})
