// docker update, as the daemon sees it (moby daemon/update.go): limits, which are kept, and the restart policy.

import type { Engine } from '../engine.ts'
import { EngineError } from '../error.ts'
import { logEvent } from '../event/log.ts'
import type { Container } from './container.ts'
import { eventAttributes } from './create.ts'
import { keptLimits, refuseChange, refuseLimits, warningsOf } from './limits.ts'
import { checkRestartPolicy } from './restart-policy.ts'

export interface Update {
  readonly restartPolicy: { readonly name: string; readonly maximumRetryCount: number } | undefined
  /** By their key in inspect. */
  readonly kept: ReadonlyMap<string, unknown>
}

/** Returns the daemon's warnings. Throws EngineError; then nothing has changed. */
export function update(engine: Engine, container: Container, { restartPolicy, kept }: Update): string[] {
  const policy = restartPolicy && checkRestartPolicy(engine, restartPolicy)
  refuseLimits(engine, kept, true)
  if (policy && container.host.autoRemove && policy.name !== 'no')
    throw new EngineError(
      'conflict',
      `Cannot update container ${container.id}: Restart policy cannot be updated because AutoRemove is enabled for the container`,
    )
  refuseChange(engine, container, kept)
  if (policy) container.host.restartPolicy = policy
  for (const [key, value] of keptLimits(kept)) container.host.kept.set(key, value)
  if (Number(kept.get('PidsLimit') ?? 0) < 0) container.host.kept.set('PidsLimit', 0)
  logEvent(engine, 'container', 'update', container.id, eventAttributes(container))
  return warningsOf(kept)
}
