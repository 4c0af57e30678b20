// Routes about the daemon itself (moby api/server/router/system).

import { encode } from '../../base/bytes.ts'
import type { Moment } from '../../base/calendar.ts'
import type { Engine } from '../../engine/engine.ts'
import type { EngineEvent } from '../../engine/event/log.ts'
import { eventView } from '../event.ts'
import { eventFilter } from '../filter/event.ts'
import { infoView } from '../info.ts'
import { jsonBytes } from '../json.ts'
import { asked, type Call, jsonRoute, route } from '../route.ts'
import { readMoment } from '../timestamp.ts'
import { serverView } from '../version.ts'
import { askedFilter } from './filters.ts'

export const systemRoutes = [
  route('GET /_ping', function* ({ exchange }) {
    exchange.answer(200, encode('OK'), 'text/plain; charset=utf-8', [
      ['Builder-Version', '1'],
      ['Cache-Control', 'no-cache, no-store, must-revalidate'],
      ['Pragma', 'no-cache'],
      ['Swarm', 'inactive'],
    ])
  }),
  jsonRoute('GET /version', ({ engine }) => serverView(engine)),
  jsonRoute('GET /info', ({ engine, traits }) => infoView(engine, traits)),
  jsonRoute('GET /plugins', () => []),
  route('GET /events', tellEvents),
]

/** Those that were, then those that come, until the client goes or the time is over. */
function* tellEvents(call: Call) {
  const { engine, exchange } = call
  const { events: log, machine } = engine
  const moment = (name: string): Moment | undefined =>
    asked(call, name) === '' ? undefined : readMoment(asked(call, name), machine)
  const [since, until] = [moment('since'), moment('until')]
  const accepts = eventFilter(engine, askedFilter(call))
  let next = since === undefined ? log.nextNumber : 0
  exchange.begin()
  yield* exchange.proc.flush(1)
  for (;;) {
    for (const event of eventsFrom(engine, next)) {
      next = event.number + 1
      if (isWithin(event, since, until) && accepts(event)) yield* exchange.send(jsonBytes(eventView(event)))
    }
    const now = exchange.proc.moment()
    if (exchange.abandoned || (until !== undefined && now >= until)) return
    const deadline =
      until === undefined ? undefined : exchange.proc.now() + Math.ceil(Number(until - now) / 1000)
    yield { on: [log.logged, ...exchange.readable], until: deadline }
  }
}

const eventsFrom = ({ events: { events } }: Engine, number: number): EngineEvent[] =>
  events.filter((event) => event.number >= number)

const isWithin = ({ moment }: EngineEvent, since: Moment | undefined, until: Moment | undefined): boolean =>
  (since === undefined || moment >= since) && (until === undefined || moment <= until)
