// How connections end: by time, by error, by FIN on both sides.

import { noBytes } from '../../../base/bytes.ts'
import type { ErrnoName } from '../../../base/errno.ts'
import { removeConnection } from '../table.ts'
import { type Connection, wake } from './connection.ts'
import { startFinalTimer, stopAckTimer, stopTimer } from './timers.ts'

/** The connection is gone at once and silently. */
export function destroy(connection: Connection): void {
  if (connection.state === 'CLOSED') return
  stopTimer(connection)
  stopAckTimer(connection)
  connection.state = 'CLOSED'
  connection.listener = undefined
  connection.sendBuffer = noBytes
  connection.outOfOrder = []
  removeConnection(connection)
  wake(connection)
}

/** The connection ends with an error, which the next call raises. */
export function fail(connection: Connection, error: ErrnoName): void {
  connection.error = error
  destroy(connection)
}

/** Both sides have sent their FIN, and ours came first (or both crossed): TIME-WAIT. */
export function enterTimeWait(connection: Connection): void {
  connection.state = 'TIME-WAIT'
  connection.outOfOrder = []
  startFinalTimer(connection)
  wake(connection)
}

/** Our FIN was acknowledged. */
export function finAcknowledged(connection: Connection): void {
  switch (connection.state) {
    case 'FIN-WAIT-1':
      connection.state = 'FIN-WAIT-2'
      stopTimer(connection)
      if (connection.orphaned) startFinalTimer(connection)
      return
    case 'CLOSING':
      enterTimeWait(connection)
      return
    case 'LAST-ACK':
      destroy(connection)
  }
}

/** The peer's FIN has come, and all before it. */
export function finArrived(connection: Connection): void {
  connection.finReceived = true
  switch (connection.state) {
    case 'SYN-RECV':
    case 'ESTAB':
      connection.state = 'CLOSE-WAIT'
      break
    case 'FIN-WAIT-1':
      connection.state = 'CLOSING'
      break
    case 'FIN-WAIT-2':
      enterTimeWait(connection)
  }
  wake(connection)
}
