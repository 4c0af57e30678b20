// `docker container logs`.

import { firstEntry, type LogWish, linesFrom } from '../../api/log-lines.ts'
import { readMoment } from '../../api/timestamp.ts'
import type { Moment } from '../../base/calendar.ts'
import type { Condition } from '../../base/scheduler.ts'
import { isRunning } from '../../engine/container/container.ts'
import { detailsOf, logDriverOf } from '../../engine/container/logdriver.ts'
import { EngineError } from '../../engine/error.ts'
import { exactly } from '../arity.ts'
import { command } from '../command.ts'
import type { Context } from '../context.ts'
import { StatusError } from '../errors.ts'
import { bool, string } from '../flags/flag.ts'
import { pace } from '../pace.ts'
import { inspected } from './find.ts'

export const logs = command({
  use: 'logs [OPTIONS] CONTAINER',
  short: 'Fetch the logs of a container',
  spellings: 'docker container logs, docker logs',
  args: exactly(1),
  flags: {
    details: bool('Show extra details provided to logs'),
    follow: bool('Follow log output', { short: 'f' }),
    since: string({
      '19.03': 'Show logs since timestamp (e.g. 2013-01-02T13:23:37) or relative (e.g. 42m for 42 minutes)',
      '20.10': 'Show logs since timestamp (e.g. 2013-01-02T13:23:37Z) or relative (e.g. 42m for 42 minutes)',
      '28': 'Show logs since timestamp (e.g. "2013-01-02T13:23:37Z") or relative (e.g. "42m" for 42 minutes)',
    }),
    tail: string('Number of lines to show from the end of the logs', {
      short: { '19.03': '', '20.10': 'n' },
      otherwise: 'all',
    }),
    timestamps: bool('Show timestamps', { short: 't' }),
    until: string({
      '19.03':
        'Show logs before a timestamp (e.g. 2013-01-02T13:23:37) or relative (e.g. 42m for 42 minutes)',
      '20.10':
        'Show logs before a timestamp (e.g. 2013-01-02T13:23:37Z) or relative (e.g. 42m for 42 minutes)',
      '28': 'Show logs before a timestamp (e.g. "2013-01-02T13:23:37Z") or relative (e.g. "42m" for 42 minutes)',
    }),
  },
  *run(context, [name], flags) {
    const { proc } = context
    yield* proc.sleep(pace.command)
    const container = inspected(context, name)
    const wish: LogWish = {
      tail: /^\d+$/.test(flags.tail) ? Number(flags.tail) : undefined,
      since: momentOf(context, 'since', flags.since),
      until: flags.until === '0' ? undefined : momentOf(context, 'until', flags.until),
      timestamps: flags.timestamps,
      details: flags.details ? detailsOf(container) : undefined,
    }
    if (logDriverOf(container.host.kept) === 'none')
      throw new EngineError('invalid', 'configured logging driver does not support reading')
    const { log } = container
    let number = firstEntry(log, wish)
    for (;;) {
      const goesOn = flags.follow && (isRunning(container) || container.state.status === 'restarting')
      const { lines, next } = linesFrom(log, number, wish)
      number = next
      for (const { to, bytes } of lines) {
        proc.writeBytes(to, bytes)
        yield* proc.flush(to)
      }
      if (!goesOn || (wish.until !== undefined && proc.moment() > wish.until)) return
      const ends: Condition[] = [log.logged, container.changed]
      if (number === log.dropped + log.entries.length) yield { on: ends }
    }
  },
})

function momentOf({ engine }: Context, flag: 'since' | 'until', text: string): Moment | undefined {
  if (text === '') return undefined
  try {
    return readMoment(text, engine.machine)
  } catch (cause) {
    if (cause instanceof EngineError) throw new StatusError(`invalid value for "${flag}": ${cause.message}`)
    throw cause
  }
}
