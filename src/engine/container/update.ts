// docker update, as the daemon sees it (moby daemon/update.go): limits, which are kept, and the restart policy.

import { type Engine, worded } from '../engine.ts'
import { EngineError } from '../error.ts'
import { logEvent } from '../event/log.ts'
import type { Container } from './container.ts'
import { eventAttributes } from './create.ts'
import { checkRestartPolicy } from './restart-policy.ts'

export interface Update {
  readonly restartPolicy: { readonly name: string; readonly maximumRetryCount: number } | undefined
  /** By their key in inspect. */
  readonly kept: ReadonlyMap<string, unknown>
}

/** Throws EngineError; then nothing has changed. */
export function update(engine: Engine, container: Container, { restartPolicy, kept }: Update): void {
  const policy = restartPolicy && checkRestartPolicy(engine, restartPolicy)
  refuseLimits(engine, kept)
  const refuse = (reason: string) => {
    throw new EngineError('conflict', `Cannot update container ${container.id}: ${reason}`)
  }
  if (policy && container.host.autoRemove && policy.name !== 'no')
    refuse('Restart policy cannot be updated because AutoRemove is enabled for the container')
  const memory = Number(kept.get('Memory') ?? 0)
  const swap = Number(
    container.host.kept.get('MemorySwap') ?? Number(container.host.kept.get('Memory') ?? 0) * 2,
  )
  if (memory > 0 && !kept.has('MemorySwap') && memory > swap && swap !== -1)
    refuse(
      'Memory limit should be smaller than already set memoryswap limit, update the memoryswap at the same time',
    )
  if (policy) container.host.restartPolicy = policy
  for (const [key, value] of kept) container.host.kept.set(key, value)
  logEvent(engine, 'container', 'update', container.id, eventAttributes(container))
}

const leastMemory = 6 * 1024 * 1024

/** Limits that make no sense (moby daemon/daemon_unix.go, verifyPlatformContainerResources). Throws EngineError. */
export function refuseLimits(engine: Engine, kept: ReadonlyMap<string, unknown>): void {
  const memory = Number(kept.get('Memory') ?? 0)
  if (memory > 0 && memory < leastMemory)
    throw new EngineError('invalid', 'Minimum memory limit allowed is 6MB')
  const swap = kept.get('MemorySwap')
  if (typeof swap === 'number' && swap > 0 && swap < memory)
    throw new EngineError(
      'invalid',
      worded(engine, {
        '19.03': 'Minimum memoryswap limit should be larger than memory limit, see usage',
      }),
    )
}
