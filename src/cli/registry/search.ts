// `docker search`: its words and flags.

import { exactly } from '../arity.ts'
import { command } from '../command.ts'
import { bool, filter, int, refused, string } from '../flags/flag.ts'

export const search = command({
  use: 'search [OPTIONS] TERM',
  short: { '19.03': 'Search the Docker Hub for images', '28': 'Search Docker Hub for images' },
  class: refused(),
  args: exactly(1),
  flags: {
    filter: filter('Filter output based on conditions provided', { short: 'f' }),
    format: string('Pretty-print search using a Go template'),
    limit: int('Max number of search results', { otherwise: { '19.03': 25, '28': 0 } }),
    'no-trunc': bool("Don't truncate output"),
  },
})
