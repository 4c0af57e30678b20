// A connection as its owner uses it: write, read, close one or both directions, abort (tcp(7), close(2), shutdown(2)).

import { type Bytes, noBytes } from '../../../base/bytes.ts'
import { Errno } from '../../../base/errno.ts'
import { destroy } from './close.ts'
import { type Connection, distance, isSynchronized, sendLimit, wake, window } from './connection.ts'
import { acknowledge, emit, pump } from './output.ts'
import { startFinalTimer } from './timers.ts'

/**
 * Writes; returns how many bytes were taken, 0 if it has to wait (`writable`).
 * Errors: what ended the connection (once), EPIPE if it may not be written to any more.
 */
export function sendTcp(connection: Connection, bytes: Bytes): number {
  raise(connection)
  if (connection.finQueued || connection.state === 'CLOSED') throw new Errno('EPIPE')
  if (!isSynchronized(connection)) return 0
  const taken = Math.min(bytes.length, sendLimit - connection.sendBuffer.length)
  if (taken <= 0) return 0
  connection.sendBuffer = (connection.sendBuffer + bytes.slice(0, taken)) as Bytes
  pump(connection)
  return taken
}

/**
 * Reads up to `most` bytes: undefined if nothing has come yet, no bytes at the end of the stream.
 * Errors: what ended the connection (once).
 */
export function readTcp(connection: Connection, most: number): Bytes | undefined {
  const first = connection.received[0]
  if (first !== undefined) return takeReceived(connection, most)
  raise(connection)
  if (connection.finReceived || connection.readShut || connection.state === 'CLOSED') return noBytes
  return undefined
}

/** Whether `readTcp` would return or raise something. */
export const isTcpReadable = (connection: Connection): boolean =>
  connection.received.length > 0 ||
  connection.finReceived ||
  connection.readShut ||
  connection.error !== undefined ||
  connection.state === 'CLOSED'

/** Whether `sendTcp` would take or raise something; false while the connection is being opened. */
export const isTcpWritable = (connection: Connection): boolean =>
  connection.state === 'CLOSED' ||
  connection.error !== undefined ||
  connection.finQueued ||
  (isSynchronized(connection) && connection.sendBuffer.length < sendLimit)

/** The error that ended the connection, taken; undefined if there is none. */
export function takeTcpError(connection: Connection): Connection['error'] {
  const { error } = connection
  connection.error = undefined
  return error
}

/** What getsockopt(SO_ERROR) tells and takes: the error that ended the connection, or one that was only noted. */
export function takePendingError(connection: Connection): Connection['error'] {
  const error = takeTcpError(connection) ?? connection.softError
  connection.softError = undefined
  return error
}

/** Closes one direction, or both. Errors: ENOTCONN. */
export function shutdownTcp(connection: Connection, how: 'read' | 'write' | 'both'): void {
  if (!isSynchronized(connection)) throw new Errno('ENOTCONN')
  if (how !== 'write') connection.readShut = true
  if (how !== 'read') queueFin(connection)
  wake(connection)
}

/** Closes: sends what was written, then a FIN; a reset instead if received data was not read (RFC 2525, 2.17). */
export function closeTcp(connection: Connection): void {
  if (connection.orphaned) return
  connection.orphaned = true
  if (!isSynchronized(connection)) {
    destroy(connection)
    return
  }
  if (connection.received.length > 0) {
    reset(connection)
    return
  }
  queueFin(connection)
  if (connection.state === 'FIN-WAIT-2') startFinalTimer(connection)
}

/** Ends the connection at once; the peer is reset. */
export function abortTcp(connection: Connection): void {
  connection.orphaned = true
  if (isSynchronized(connection) && connection.state !== 'TIME-WAIT') reset(connection)
  else if (connection.state !== 'TIME-WAIT') destroy(connection)
}

function reset(connection: Connection): void {
  emit(connection, connection.sendNext, noBytes, { rst: true })
  connection.received.length = 0
  connection.receivedBytes = 0
  destroy(connection)
}

function raise(connection: Connection): void {
  const error = takeTcpError(connection)
  if (error) throw new Errno(error)
}

function queueFin(connection: Connection): void {
  if (connection.finQueued) return
  if (connection.state === 'ESTAB') connection.state = 'FIN-WAIT-1'
  else if (connection.state === 'CLOSE-WAIT') connection.state = 'LAST-ACK'
  else return
  connection.finQueued = true
  pump(connection)
}

function takeReceived(connection: Connection, most: number): Bytes {
  const { received } = connection
  let taken: Bytes = noBytes
  while (taken.length < most && received.length > 0) {
    const next = received[0] as Bytes
    const part = next.slice(0, most - taken.length) as Bytes
    taken = taken === '' ? part : ((taken + part) as Bytes)
    if (part.length === next.length) received.shift()
    else received[0] = next.slice(part.length) as Bytes
  }
  connection.receivedBytes -= taken.length
  tellWindow(connection)
  return taken
}

/** Tells the peer of a window that has grown by two segments or half the buffer (RFC 9293, 3.8.6.2.2). */
function tellWindow(connection: Connection): void {
  if (!isSynchronized(connection) || connection.finReceived) return
  const open = window(connection)
  const told = distance(connection.receiveNext, connection.receiveEdge)
  if (told < 2 * connection.mss && open - told >= Math.min(2 * connection.mss, 32_768))
    acknowledge(connection)
}
