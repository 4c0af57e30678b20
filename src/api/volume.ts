// A volume as `GET /volumes/{name}` shows it (moby api/types/volume).

import { datePartsOf, printDate, printTime, printZone } from '../base/calendar.ts'
import type { Engine } from '../engine/engine.ts'
import type { Volume } from '../engine/volume/volume.ts'
import { type JsonRecord, sortedRecord } from './record.ts'

export function volumeView(engine: Engine, volume: Volume): JsonRecord {
  return {
    CreatedAt: createdAt(engine, volume),
    Driver: volume.driver,
    Labels: volume.labels ? sortedRecord(volume.labels) : null,
    Mountpoint: volume.path,
    Name: volume.name,
    Options: volume.options ? sortedRecord(volume.options) : null,
    Scope: 'local',
  }
}

/** Whole seconds, in the zone of the daemon. */
function createdAt({ machine }: Engine, { created }: Volume): string {
  const { zoneMinutes } = machine.calendar
  const parts = datePartsOf(created, zoneMinutes)
  const zone = zoneMinutes === 0 ? 'Z' : printZone(zoneMinutes, ':')
  return `${printDate(parts)}T${printTime(parts)}${zone}`
}
