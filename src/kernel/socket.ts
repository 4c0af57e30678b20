// Sockets as open files: a process owns its sockets through descriptors, so that they close when it ends, and so that
// `ss -p` finds the owner. The sockets themselves are net's.

import { Errno } from '../base/errno.ts'
import type { FileOperations, OpenFile } from './file.ts'
import type { Machine } from './machine.ts'
import type { Process } from './process.ts'

/** A socket of `net`: a listener, a connection, a UDP or an echo socket. */
export type SocketRecord = object

export interface SocketFile extends OpenFile {
  readonly socket: SocketRecord
  /** Closes the socket; a function of a module. */
  readonly closeSocket: (socket: never) => void
}

/** Gives `socket` a descriptor of `proc`; with the last descriptor it is closed by `close`. */
export function ownSocket<Socket extends SocketRecord>(
  proc: Process,
  socket: Socket,
  close: (socket: Socket) => void,
): number {
  const file: SocketFile = { operations: socketOperations, references: 0, socket, closeSocket: close }
  return proc.attach(file, 3)
}

/** Closes `socket` and frees its descriptor. */
export function disownSocket(proc: Process, socket: SocketRecord): void {
  for (const [descriptor, file] of proc.files) {
    if (socketOf(file) !== socket) continue
    proc.closeFile(descriptor)
    return
  }
}

/** The socket behind an open file, if it is one. */
export const socketOf = (file: OpenFile | undefined): SocketRecord | undefined =>
  file?.operations === socketOperations ? (file as SocketFile).socket : undefined

export interface SocketOwner {
  readonly process: Process
  readonly descriptor: number
}

/** Which processes hold which socket, under which descriptors: what /proc/PID/fd tells `ss -p`. */
export function socketOwners(machine: Machine): Map<SocketRecord, SocketOwner[]> {
  const owners = new Map<SocketRecord, SocketOwner[]>()
  for (const process of machine.processes.values())
    for (const [descriptor, file] of process.files) {
      const socket = socketOf(file)
      if (!socket) continue
      const known = owners.get(socket)
      if (known) known.push({ process, descriptor })
      else owners.set(socket, [{ process, descriptor }])
    }
  return owners
}

const socketOperations = Object.freeze<FileOperations>({
  kind: 'socket',
  read() {
    throw new Errno('EINVAL')
  },
  readable: () => undefined,
  write() {
    throw new Errno('EINVAL')
  },
  congested: () => undefined,
  close(file) {
    const { socket, closeSocket } = file as SocketFile
    closeSocket(socket as never)
  },
})
