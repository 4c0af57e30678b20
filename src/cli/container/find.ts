// The container that a command looks at before it asks for anything, and refusals in words.

import type { Release } from '../../base/release.ts'
import { type Container, requireContainer } from '../../engine/container/container.ts'
import { EngineError } from '../../engine/error.ts'
import type { Context } from '../context.ts'
import { daemonRefusal, StatusError } from '../errors.ts'
import { checkName, lookUpRefusal } from '../refusal.ts'

/** @throws StatusError in the words of the client */
export function inspected({ engine, release }: Context, name: string): Container {
  checkName(release, 'container', name)
  try {
    return requireContainer(engine, name)
  } catch (cause) {
    if (cause instanceof EngineError) throw new StatusError(lookUpRefusal(release, cause, 'container', name))
    throw cause
  }
}

/** What `cause` says on standard error. Throws it again if nobody refused anything. */
export function refusalText(cause: unknown): string {
  if (cause instanceof StatusError) return cause.message
  if (cause instanceof EngineError) return daemonRefusal(cause.message)
  throw cause
}

/** As `refusalText`, for removals: old clients have their own words for what is not there. */
export function removalText(release: Release, cause: unknown, name: string): string {
  if (cause instanceof EngineError) return lookUpRefusal(release, cause, 'container', name)
  return refusalText(cause)
}
