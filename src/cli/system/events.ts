// `docker system events`

import { eventFilter } from '../../api/filter/event.ts'
import { readMoment } from '../../api/timestamp.ts'
import type { Moment } from '../../base/calendar.ts'
import type { Instant } from '../../base/instant.ts'
import { EngineError } from '../../engine/error.ts'
import type { Machine } from '../../kernel/machine.ts'
import { none } from '../arity.ts'
import { command } from '../command.ts'
import { StatusError } from '../errors.ts'
import { filter, string } from '../flags/flag.ts'
import { formatInspect } from '../words.ts'
import { eventLine } from './eventline.ts'

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
  *run({ proc, engine, traits }, _, { since, until, filter: wanted, format }) {
    const { machine, events: log } = engine
    const line = eventLine(format, traits.format, machine.calendar.zoneMinutes)
    const from = since === '' ? proc.moment() : readClientMoment(since, machine)
    const end = until === '' ? undefined : readClientMoment(until, machine)
    if (since !== '' && end !== undefined && from > end)
      throw new EngineError(
        'invalid',
        `\`since\` time (${printSeconds(from)}) cannot be after \`until\` time (${printSeconds(end)})`,
      )
    const accepts = eventFilter(engine, wanted)
    let next = since === '' ? log.nextNumber : 0
    for (;;) {
      for (const event of log.events) {
        if (event.number < next) continue
        next = event.number + 1
        if (event.moment < from || (end !== undefined && event.moment > end) || !accepts(event)) continue
        proc.print(line(event))
      }
      if (end !== undefined && proc.moment() >= end) return
      const deadline = end === undefined ? undefined : instantOf(machine, end)
      yield { on: [log.logged], until: deadline }
    }
  },
})

const printSeconds = (moment: Moment): string =>
  `${moment / 1_000_000_000n}.${String(moment % 1_000_000_000n).padStart(9, '0')}`

/** The first instant at which the clock is past `moment`. */
const instantOf = ({ calendar }: Machine, moment: Moment): Instant =>
  Number(moment / 1000n) + 1 - calendar.epochOffset

/** What is wrong with a time is found by the client itself. @throws StatusError */
function readClientMoment(text: string, machine: Machine): Moment {
  try {
    return readMoment(text, machine)
  } catch (cause) {
    if (cause instanceof EngineError) throw new StatusError(cause.message)
    throw cause
  }
}
