// STATUS of a container in words: `Up 2 minutes (Paused)`, `Exited (0) 3 seconds ago` (moby container/state.go).

import type { Moment } from '../base/calendar.ts'
import { humanDuration } from '../base/go/units.ts'
import type { Duration } from '../base/instant.ts'
import type { Container } from '../engine/container/container.ts'

export function statusText({ state }: Container, now: Moment): string {
  const since = (moment: Moment | undefined): string => humanDuration(span(moment ?? now, now))
  switch (state.status) {
    case 'running':
      return `Up ${since(state.startedAt)}${healthText(state.health?.status)}`
    case 'paused':
      return `Up ${since(state.startedAt)} (Paused)`
    case 'restarting':
      return `Restarting (${state.exitCode}) ${since(state.finishedAt)} ago`
    case 'removing':
      return 'Removal In Progress'
    case 'dead':
      return 'Dead'
    case 'created':
      return 'Created'
    default:
      return state.finishedAt === undefined ? '' : `Exited (${state.exitCode}) ${since(state.finishedAt)} ago`
  }
}

/** Behind the time; nothing for a container without a health check. */
const healthText = (status: string | undefined): string => {
  if (status === undefined) return ''
  return status === 'starting' ? ' (health: starting)' : ` (${status})`
}

/** From one moment to another. */
export const span = (from: Moment, to: Moment): Duration => Number((to - from) / 1000n)
