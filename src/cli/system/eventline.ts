// One line of `docker events` (docker/cli cli/command/system/events.go).

import { eventView } from '../../api/event.ts'
import { datePartsOf, digits, type Moment, printDate, printTime, printZone } from '../../base/calendar.ts'
import type { EngineEvent } from '../../engine/event/log.ts'
import { StatusError } from '../errors.ts'
import { TemplateSyntaxError } from '../format/template/reader.ts'
import { parseTemplate, runTemplate } from '../format/template/template.ts'
import { int64, map, omitEmpty, pointer, struct, text } from '../format/template/types.ts'
import { GoValue } from '../format/template/value.ts'
import type { FormatTraits } from '../format/traits.ts'

const shape = pointer(
  struct('events.Message', {
    Status: omitEmpty(text, 'status'),
    ID: omitEmpty(text, 'id'),
    From: omitEmpty(text, 'from'),
    Type: text,
    Action: text,
    Actor: struct('events.Actor', { ID: text, Attributes: map(text) }),
    Scope: omitEmpty(text, 'scope'),
    Time: omitEmpty(int64, 'time'),
    TimeNano: omitEmpty(int64, 'timeNano'),
  }),
)

/** What prints an event. A template is tried before there is one. @throws StatusError, status 64 */
export function eventLine(
  format: string,
  traits: FormatTraits,
  zoneMinutes: number,
): (event: EngineEvent) => string {
  if (format === '') return (event) => plainLine(event, zoneMinutes)
  const template = parsed(format === 'json' && traits.knowsJson ? '{{json .}}' : format, traits)
  const { error } = runTemplate(template, new GoValue(shape, {}))
  if (error) throw new StatusError(`Error parsing format: ${error.message}`, 64)
  return (event) => {
    const { text: line, error: failure } = runTemplate(template, new GoValue(shape, eventView(event)))
    if (failure) throw new StatusError(failure.message)
    return line
  }
}

function parsed(source: string, traits: FormatTraits) {
  try {
    return parseTemplate(source, traits.dialect)
  } catch (cause) {
    if (!(cause instanceof TemplateSyntaxError)) throw cause
    throw new StatusError(`Error parsing format: ${cause.message}`, 64)
  }
}

/** `2026-11-21T03:07:46.013354280Z network create <id> (name=enet, type=bridge)` */
function plainLine({ type, action, id, attributes, moment }: EngineEvent, zoneMinutes: number): string {
  const shown = [...attributes].map(([key, value]) => `${key}=${value}`).join(', ')
  const tail = attributes.size > 0 ? ` (${shown})` : ''
  return `${stamp(moment, zoneMinutes)} ${type} ${action} ${id}${tail}`
}

/** RFC 3339 with all nine digits. */
function stamp(moment: Moment, zoneMinutes: number): string {
  const parts = datePartsOf(moment, zoneMinutes)
  return `${printDate(parts)}T${printTime(parts)}.${digits(parts.nanosecond, 9)}${printZone(zoneMinutes, ':')}`
}
