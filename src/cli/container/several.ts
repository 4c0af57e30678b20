// Commands that do the same to several containers (docker/cli cli/command/container/utils.go, parallelOperation).

import type { Task } from '../../base/scheduler.ts'
import { begin, finish } from '../../engine/daemon/work.ts'
import type { Context } from '../context.ts'
import { StatusError } from '../errors.ts'
import { pace } from '../pace.ts'
import { refusalText } from './find.ts'

/** What the daemon does for one operand. */
export type Deed = (asked: string) => Task<void>

/** Does all side by side; prints the operands of those that succeeded, and then what went wrong. @throws StatusError */
export function* eachAtOnce(
  context: Context,
  operands: readonly string[],
  deed: Deed,
  words: (cause: unknown, asked: string) => string | undefined = refusalText,
): Task<void> {
  yield* context.proc.sleep(pace.command)
  const works = operands.map((asked) => ({ asked, work: begin(context.engine, deed(asked)) }))
  const refusals: string[] = []
  for (const { asked, work } of works) {
    try {
      yield* finish(work)
      context.proc.print(asked)
    } catch (cause) {
      const text = words(cause, asked)
      if (text !== undefined) refusals.push(text)
    }
  }
  throwAll(refusals)
}

/** Does one after the other, each printed when it is done; the errors come last. @throws StatusError */
export function* eachInTurn(context: Context, operands: readonly string[], deed: Deed): Task<void> {
  yield* context.proc.sleep(pace.command)
  const refusals: string[] = []
  for (const asked of operands) {
    try {
      yield* finish(begin(context.engine, deed(asked)))
      context.proc.print(asked)
    } catch (cause) {
      refusals.push(refusalText(cause))
    }
  }
  throwAll(refusals)
}

/** @throws StatusError with all refusals, if there are any */
export function throwAll(refusals: readonly string[]): void {
  if (refusals.length > 0) throw new StatusError(refusals.join('\n'))
}
