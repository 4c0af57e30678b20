// Signals that the client gets while it is attached go on to the container (docker/cli
// cli/command/container/signals.go, cmd/docker/docker.go: forceExitAfter3TerminationSignals).

import { type Dated, inRelease } from '../../base/release.ts'
import type { Task } from '../../base/scheduler.ts'
import type { Container } from '../../engine/container/container.ts'
import { kill } from '../../engine/container/stop.ts'
import { EngineError } from '../../engine/error.ts'
import type { Signal } from '../../kernel/signal.ts'
import type { Context } from '../context.ts'
import { StatusError } from '../errors.ts'

/** How many signals to end are enough, where the client counts them. */
const patience: Dated<number> = { '19.03': Infinity, '28': 3 }

/** Sends each signal on; the last one that the client bears ends it. @throws StatusError */
export function signalProxy(context: Context, container: Container): (signal: Signal) => Task<void> {
  let received = 0
  return function* (signal) {
    if (signal === 'INT' || signal === 'TERM') received++
    if (received >= (inRelease(patience, context.release) ?? Infinity))
      throw new StatusError('\ngot 3 SIGTERM/SIGINTs, forcefully exiting')
    try {
      yield* kill(context.engine, container, container.id, signal)
    } catch (cause) {
      if (!(cause instanceof EngineError)) throw cause
    }
  }
}
