// What the client says when the daemon refuses. Before 28 it has words of its own for what is not there, where it
// looks one object up (docker/cli, client errors.go: objectNotFoundError).

import { type Dated, inRelease, type Release } from '../base/release.ts'
import { EngineError } from '../engine/error.ts'
import { daemonRefusal, StatusError } from './errors.ts'

const ownWords: Dated<boolean> = { '19.03': true, '28': false }

/** The words for a refusal to look up or remove `name`. */
export const lookUpRefusal = (
  release: Release,
  cause: EngineError,
  kind: 'container' | 'image' | 'network' | 'volume',
  name: string,
): string =>
  cause.kind === 'notFound' && inRelease(ownWords, release)
    ? `Error: No such ${kind}: ${name}`
    : daemonRefusal(cause.message)

/** Clients from 28 on do not even ask for a name of blanks. */
const checksNames: Dated<boolean> = { '19.03': false, '28': true }

/** @throws StatusError for a name that is empty */
export function checkName(release: Release, kind: 'container' | 'network' | 'volume', name: string): void {
  if (name.trim() === '' && inRelease(checksNames, release))
    throw new StatusError(`invalid ${kind} name or ID: value is empty`)
}

/** Runs `action`; what the daemon or the client refuses comes back as words. */
export function refusalOf(action: () => void, words: (cause: EngineError) => string): string | undefined {
  try {
    action()
    return undefined
  } catch (cause) {
    if (cause instanceof EngineError) return words(cause)
    if (cause instanceof StatusError) return cause.message
    throw cause
  }
}
