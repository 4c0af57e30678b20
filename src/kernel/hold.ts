// Sockets as descriptors: whoever opens a socket for a process holds it by one, so that it is closed when the process ends,
// however it ends.

import { Errno } from '../base/errno.ts'
import type { FileOperations, OpenFile } from './file.ts'
import type { Process } from './process.ts'

interface HeldSocket<Socket> extends OpenFile {
  readonly socket: Socket
  /** A function of a module. */
  readonly closeSocket: (socket: Socket) => void
}

/** Gives `socket` the lowest descriptor from 3 on; `proc.closeFile` of it closes the socket with `closeSocket`. */
export function holdSocket<Socket>(
  proc: Process,
  socket: Socket,
  closeSocket: (socket: Socket) => void,
): number {
  const file: HeldSocket<Socket> = { operations: held, references: 0, socket, closeSocket }
  return proc.attach(file, 3)
}

/** The socket behind a descriptor, if it is one that is held. */
export const heldSocket = (file: OpenFile | undefined): unknown =>
  file?.operations === held ? (file as HeldSocket<unknown>).socket : undefined

const held = Object.freeze<FileOperations>({
  kind: 'socket',
  read() {
    throw new Errno('EOPNOTSUPP')
  },
  readable: () => undefined,
  write() {
    throw new Errno('EOPNOTSUPP')
  },
  congested: () => undefined,
  close(file) {
    const { socket, closeSocket } = file as HeldSocket<unknown>
    closeSocket(socket)
  },
})
