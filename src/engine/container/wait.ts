// docker wait, as the daemon sees it (moby daemon/wait.go).

import type { Task } from '../../base/scheduler.ts'
import { type Container, isRunning } from './container.ts'

/** Waits until the container does not run, and returns the exit status of its last run. */
export function* waitFor(container: Container): Task<number> {
  while (isRunning(container) || container.state.status === 'restarting') yield { on: [container.changed] }
  return container.state.exitCode
}
