// `docker system events`: its words and flags.

import { none } from '../arity.ts'
import { command } from '../command.ts'
import { filter, string } from '../flags/flag.ts'
import { formatInspect } from '../words.ts'

export const events = command({
  use: 'events [OPTIONS]',
  short: 'Get real time events from the server',
  spellings: 'docker system events, docker events',
  args: none,
  flags: {
    filter: filter('Filter output based on conditions provided', { short: 'f' }),
    format: string({ '19.03': 'Format the output using the given Go template', '28': formatInspect }),
    since: string('Show all events created since timestamp'),
    until: string('Stream events until this timestamp'),
  },
})
