// curl's telnet://: connects, and passes bytes both ways until one side ends (lib/telnet.c, without its options).

import type { Task } from '../../../base/scheduler.ts'
import { relay } from '../relay.ts'
import { connect } from './connect.ts'
import type { Transfer } from './run.ts'

/** Throws CurlFailure. */
export function* telnet(run: Transfer): Task<number> {
  const stream = yield* connect(run)
  yield* relay(run.proc, stream, { endOnInput: true })
  return 0
}
