// Sockets as open files: so that they end with the process that holds them, may be handed to children, and can be
// found by `ss -p`.

import { Errno } from '../../base/errno.ts'
import type { FileOperations, OpenFile } from '../../kernel/file.ts'
import type { Machine } from '../../kernel/machine.ts'
import type { Process } from '../../kernel/process.ts'
import type { Namespace } from '../../net/namespace.ts'
import { closeEcho, type EchoSocket } from '../../net/socket/echo.ts'
import type { Connection, Listener } from '../../net/socket/tcp/connection.ts'
import { closeListener } from '../../net/socket/tcp/open.ts'
import { closeTcp, isTcpWritable, readTcp, sendTcp } from '../../net/socket/tcp/stream.ts'
import { closeUdp, type UdpSocket } from '../../net/socket/udp.ts'

export type Socket = Connection | Listener | UdpSocket | EchoSocket

interface SocketFile extends OpenFile {
  readonly socket: Socket
}

/** Gives a socket the lowest free descriptor from 3 on; closing it closes the socket. */
export const attachSocket = (proc: Process, socket: Socket): number => proc.attach(socketFile(socket), 3)

const socketFile = (socket: Socket): SocketFile => ({
  operations: operationsOf(socket),
  references: 0,
  socket,
})

/** The socket behind an open file, if it is one. */
export const socketOf = (file: OpenFile | undefined): Socket | undefined =>
  file?.operations.kind === 'socket' && 'socket' in file ? (file as SocketFile).socket : undefined

export interface Holder {
  readonly process: Process
  readonly descriptor: number
}

/** Who holds which socket of a namespace, among the processes that `viewer` may look into. */
export function holdersOf(machine: Machine, namespace: Namespace, viewer: Process): Map<Socket, Holder[]> {
  const holders = new Map<Socket, Holder[]>()
  const visible = viewer.namespaces.pids
  for (const process of machine.processes.values()) {
    if (process.net !== namespace || process.state === 'zombie') continue
    if (!visible.outermost && !visible.inner.has(process.pid)) continue
    if (viewer.credentials.uid !== 0 && viewer.credentials.uid !== process.credentials.uid) continue
    for (const [descriptor, file] of process.files) {
      const socket = socketOf(file)
      if (!socket) continue
      const known = holders.get(socket)
      if (known) known.push({ process, descriptor })
      else holders.set(socket, [{ process, descriptor }])
    }
  }
  return holders
}

const isConnection = (socket: Socket): socket is Connection => 'remotePort' in socket && 'state' in socket

function operationsOf(socket: Socket): FileOperations {
  if (isConnection(socket)) return connectionFile
  if ('backlog' in socket) return listenerFile
  return socket.protocol === 'udp' ? udpFile : echoFile
}

const refusing: Omit<FileOperations, 'close'> = {
  kind: 'socket',
  read() {
    throw new Errno('ENOTCONN')
  },
  readable: () => undefined,
  write() {
    throw new Errno('ENOTCONN')
  },
  congested: () => undefined,
}

const connectionFile: FileOperations = {
  kind: 'socket',
  read: (file, max) => readTcp(connectionOf(file), max),
  readable: (file) => connectionOf(file).readable,
  write(file, bytes) {
    if (sendTcp(connectionOf(file), bytes) < bytes.length) throw new Errno('EAGAIN')
  },
  congested(file) {
    const connection = connectionOf(file)
    return isTcpWritable(connection) ? undefined : connection.writable
  },
  close: (file) => closeTcp(connectionOf(file)),
}

const connectionOf = (file: OpenFile): Connection => (file as SocketFile).socket as Connection

const listenerFile: FileOperations = {
  ...refusing,
  close: (file) => closeListener((file as SocketFile).socket as Listener),
}
const udpFile: FileOperations = {
  ...refusing,
  close: (file) => closeUdp((file as SocketFile).socket as UdpSocket),
}
const echoFile: FileOperations = {
  ...refusing,
  close: (file) => closeEcho((file as SocketFile).socket as EchoSocket),
}
