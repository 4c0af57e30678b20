// The end of all sockets of a namespace at once, without a word to their peers.

import type { Namespace } from '../namespace.ts'
import { closeEcho } from './echo.ts'
import { listSockets } from './table.ts'
import { destroy } from './tcp/close.ts'
import { closeUdp } from './udp.ts'

/** Closes every socket and cancels its timers. */
export function closeAllSockets(namespace: Namespace): void {
  const { udp, listeners, connections, echo } = listSockets(namespace)
  for (const socket of udp) closeUdp(socket)
  for (const listener of listeners) listener.closed = true
  namespace.sockets.listeners = undefined
  for (const connection of connections) destroy(connection)
  for (const socket of echo) closeEcho(socket)
}
