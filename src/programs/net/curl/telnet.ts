// curl's telnet://: connects, and passes bytes both ways until one side ends (lib/telnet.c, without its options).

import type { Task } from '../../../base/scheduler.ts'
import { relay } from '../relay.ts'
import { connectOnly, type Transfer } from './transfer.ts'

/** Throws CurlFailure. */
export function* telnet(run: Transfer): Task<number> {
  const stream = yield* connectOnly(run)
  yield* relay(run.proc, stream, { endOnInput: true })
  return 0
}
