// What every `inspect` does: look all names up, print what was found, then say what was not.

import { EngineError } from '../engine/error.ts'
import type { Context } from './context.ts'
import { StatusError } from './errors.ts'
import { type Inspected, inspect, inspectorOf } from './format/inspect.ts'
import { GoValue } from './format/template/value.ts'

export interface LookUp {
  /** @throws EngineError, StatusError */
  readonly find: (name: string) => GoValue | Sent
  /** False for what the client does not keep as JSON. */
  readonly raw?: false
  /** The words for a refusal. */
  readonly missing: (cause: EngineError, name: string) => string
}

/** An object as the client's type has it, and as the daemon sent it. */
export interface Sent {
  readonly value: GoValue
  readonly sent: GoValue | undefined
}

/** Prints the objects in `format`; returns the exit status. */
export function inspectAll(
  { proc, traits }: Context,
  format: string,
  names: readonly string[],
  lookUp: LookUp,
): number {
  const inspector = inspectorOf(format, traits.format)
  const objects = inspector.kind === 'wrong' ? [] : names.map((name) => find(name, lookUp))
  const { out, err, status } = inspect(inspector, objects, traits.format)
  proc.write(1, out)
  if (err !== '') proc.printError(err)
  return status
}

function find(name: string, { find: look, missing, raw }: LookUp): Inspected {
  try {
    const found = look(name)
    return { ...(found instanceof GoValue ? { value: found } : found), ...(raw === false && { raw }) }
  } catch (cause) {
    if (cause instanceof EngineError) return { error: missing(cause, name) }
    if (cause instanceof StatusError) return { error: cause.message }
    throw cause
  }
}
