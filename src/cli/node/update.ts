// `docker node update`: its words and flags.

import { exactly } from '../arity.ts'
import { command } from '../command.ts'
import { list, refused, string } from '../flags/flag.ts'

export const update = command({
  use: 'update [OPTIONS] NODE',
  short: 'Update a node',
  class: refused(),
  args: exactly(1),
  flags: {
    availability: string({
      '19.03': 'Availability of the node ("active"|"pause"|"drain")',
      '28': 'Availability of the node ("active", "pause", "drain")',
    }),
    'label-add': list({
      '19.03': 'Add or update a node label (key=value)',
      '28': 'Add or update a node label ("key=value")',
    }),
    'label-rm': list('Remove a node label if exists'),
    role: string({
      '19.03': 'Role of the node ("worker"|"manager")',
      '28': 'Role of the node ("worker", "manager")',
    }),
  },
})
