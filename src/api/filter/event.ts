// Which events `docker events --filter` lets through (moby daemon/events/filter.go). Keys that it does not know
// exclude nothing.

import { findContainer } from '../../engine/container/container.ts'
import type { Engine } from '../../engine/engine.ts'
import type { EngineEvent } from '../../engine/event/log.ts'
import { type Filter, hasLabels } from './filters.ts'

export function eventFilter(engine: Engine, filter: Filter): (event: EngineEvent) => boolean {
  const any = (key: string, accepts: (value: string) => boolean): boolean => {
    const values = filter.get(key)
    return values === undefined || values.some(accepts)
  }
  const isNamed = ({ id, attributes }: EngineEvent, value: string): boolean =>
    isPrefixed(id, value) || isPrefixed(attributes.get('name'), value)
  return (event) =>
    any('type', (value) => event.type === value) &&
    any('event', (value) => event.action === value || event.action.startsWith(`${value}:`)) &&
    any('scope', (value) => value === 'local') &&
    any('daemon', (value) => event.type === 'daemon' && isNamed(event, value)) &&
    any('container', (value) => isOfContainer(engine, event, value)) &&
    any('network', (value) => event.type === 'network' && isNamed(event, value)) &&
    any('volume', (value) => event.type === 'volume' && isNamed(event, value)) &&
    any('image', (value) => isOfImage(event, value)) &&
    hasLabels(new Map([...filter].filter(([key]) => key === 'label')), event.attributes)
}

/** moby api/types/filters, FuzzyMatch. */
const isPrefixed = (text: string | undefined, beginning: string): boolean =>
  text?.startsWith(beginning) ?? false

function isOfContainer(engine: Engine, event: EngineEvent, value: string): boolean {
  if (event.type !== 'container') return false
  if (isPrefixed(event.id, value) || isPrefixed(event.attributes.get('name'), value)) return true
  return findContainer(engine, value)?.id === event.id
}

function isOfImage({ type, id, attributes }: EngineEvent, value: string): boolean {
  const name = (type === 'image' ? attributes.get('name') : attributes.get('image')) ?? ''
  const bare = name.replace(/:[^/:]*$/, '')
  return (type === 'image' && id === value) || name === value || bare === value
}
