// `docker search`

import { invalidFilter, refuseFilters } from '../../api/filter/filters.ts'
import { inDaemon } from '../../engine/daemon/work.ts'
import { search as searchRegistry } from '../../engine/image/search.ts'
import { exactly } from '../arity.ts'
import { command } from '../command.ts'
import { bool, filter, int, string } from '../flags/flag.ts'

export const search = command({
  use: 'search [OPTIONS] TERM',
  short: { '19.03': 'Search the Docker Hub for images', '28': 'Search Docker Hub for images' },
  args: exactly(1),
  flags: {
    filter: filter('Filter output based on conditions provided', { short: 'f' }),
    format: string('Pretty-print search using a Go template'),
    limit: int('Max number of search results', { otherwise: { '19.03': 25, '28': 0 } }),
    'no-trunc': bool("Don't truncate output"),
  },
  *run({ engine, release }, [term], { filter: wanted, limit }) {
    refuseFilters(release, wanted, ['is-automated', 'is-official', 'stars'])
    for (const key of ['is-automated', 'is-official'])
      for (const value of wanted.get(key) ?? [])
        if (!['true', 'false', '1', '0'].includes(value)) throw invalidFilter(release, `${key}=[${value}]`)
    for (const value of wanted.get('stars') ?? [])
      if (!/^[+-]?\d+$/.test(value))
        throw invalidFilter(release, `stars=${value}`, `strconv.Atoi: parsing "${value}": invalid syntax`)
    yield* inDaemon(engine, searchRegistry(engine, term, limit))
  },
})
