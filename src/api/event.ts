// An event as `GET /events` sends it (moby api/types/events; the first three keys are of old clients).

import type { EngineEvent } from '../engine/event/log.ts'
import { type JsonRecord, sortedRecord } from './record.ts'

export function eventView(event: EngineEvent): JsonRecord {
  const legacy = event.type === 'container' || event.type === 'image'
  const from = event.type === 'container' ? event.attributes.get('image') : undefined
  return {
    ...(legacy && { status: event.action }),
    ...(legacy && event.id !== '' && { id: event.id }),
    ...(from && { from }),
    Type: event.type,
    Action: event.action,
    Actor: { ID: event.id, Attributes: sortedRecord(event.attributes) },
    scope: 'local',
    time: Number(event.moment / 1_000_000_000n),
    timeNano: event.moment,
  }
}
