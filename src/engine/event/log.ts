// The event log: what `docker events` tells (moby daemon/events). The last 256 events are kept.

import type { Moment } from '../../base/calendar.ts'
import { momentOf } from '../../base/calendar.ts'
import { type Condition, createCondition, signal } from '../../base/scheduler.ts'
import type { Machine } from '../../kernel/machine.ts'

export interface EngineEvent {
  readonly type: 'container' | 'network' | 'image' | 'volume' | 'daemon'
  readonly action: string
  readonly id: string
  readonly attributes: ReadonlyMap<string, string>
  readonly moment: Moment
  /** Counts all events since the daemon began, so that a follower knows what it has seen. */
  readonly number: number
}

export interface EventLog {
  events: EngineEvent[]
  nextNumber: number
  readonly logged: Condition
}

const eventsKept = 256

export const createEventLog = (): EventLog => ({ events: [], nextNumber: 0, logged: createCondition() })

/** Logs an event; its attributes are kept in the order of their names, as Docker prints them. */
export function logEvent(
  engine: { readonly machine: Machine; readonly events: EventLog },
  type: EngineEvent['type'],
  action: string,
  id: string,
  attributes: Readonly<Record<string, string>>,
): void {
  const { events: log, machine } = engine
  const sorted = new Map(Object.entries(attributes).sort(([a], [b]) => (a < b ? -1 : 1)))
  const moment = momentOf(machine.calendar, machine.fabric.scheduler.now)
  log.events.push({ type, action, id, attributes: sorted, moment, number: log.nextNumber++ })
  if (log.events.length > eventsKept) log.events.splice(0, log.events.length - eventsKept)
  signal(machine.fabric.scheduler, log.logged)
}
