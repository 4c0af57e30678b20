// TCP as the client programs use it: connect, send, receive, each with a deadline.

import type { Bytes } from '../../base/bytes.ts'
import { Errno, type ErrnoName } from '../../base/errno.ts'
import type { Instant } from '../../base/instant.ts'
import type { Ip } from '../../base/ip.ts'
import type { Task } from '../../base/scheduler.ts'
import type { Process } from '../../kernel/process.ts'
import { ownSocket } from '../../kernel/socket.ts'
import type { Connection } from '../../net/socket/tcp/connection.ts'
import { type ConnectOptions, connectTcp } from '../../net/socket/tcp/open.ts'
import {
  closeTcp,
  isTcpWritable,
  readTcp,
  sendTcp,
  shutdownTcp,
  takePendingError,
  takeTcpError,
} from '../../net/socket/tcp/stream.ts'

export interface Stream {
  readonly connection: Connection
  readonly descriptor: number
}

export interface OpenOptions extends ConnectOptions {
  readonly deadline?: Instant | undefined
  /**
   * Connects without waiting and asks for SO_ERROR at once, and so hears of errors that were only noted (curl; recorded:
   * what others find out with their second SYN it tells after 0 ms).
   */
  readonly asksError?: boolean
  /** Told of the connection as soon as it is begun. */
  readonly begun?: (connection: Connection) => void
}

/** Connects; undefined if it is not open by the deadline. Errors: ECONNREFUSED, ETIMEDOUT, EHOSTUNREACH, ENETUNREACH… */
export function* openStream(
  proc: Process,
  ip: Ip,
  port: number,
  options: OpenOptions = {},
): Task<Stream | undefined> {
  const connection = connectTcp(proc.net, ip, port, options)
  const descriptor = ownSocket(proc, connection, closeTcp)
  options.begun?.(connection)
  while (connection.state === 'SYN-SENT' || connection.state === 'SYN-RECV') {
    const noted = options.asksError ? takePendingError(connection) : undefined
    if (noted !== undefined) return refused(proc, descriptor, noted)
    if (yield* proc.until(connection.writable, options.deadline)) continue
    if (connection.state !== 'SYN-SENT' && connection.state !== 'SYN-RECV') break
    proc.closeFile(descriptor)
    return undefined
  }
  const error = takeTcpError(connection)
  if (error === undefined && connection.state !== 'CLOSED') return { connection, descriptor }
  return refused(proc, descriptor, error ?? 'ECONNREFUSED')
}

function refused(proc: Process, descriptor: number, error: ErrnoName): never {
  proc.closeFile(descriptor)
  throw new Errno(error)
}

/** Sends all of `bytes`; false if the deadline came first. Errors: ECONNRESET, EPIPE, ETIMEDOUT. */
export function* sendAll(
  proc: Process,
  { connection }: Stream,
  bytes: Bytes,
  deadline?: Instant,
): Task<boolean> {
  let rest = bytes
  while (rest !== '') {
    rest = rest.slice(sendTcp(connection, rest)) as Bytes
    if (rest === '') break
    if (!isTcpWritable(connection) && !(yield* proc.until(connection.writable, deadline))) return false
  }
  return true
}

/** What has come next, '' at the end; undefined if nothing came by the deadline. Errors: ECONNRESET, ETIMEDOUT. */
export function* receiveSome(
  proc: Process,
  { connection }: Stream,
  deadline?: Instant,
): Task<Bytes | undefined> {
  for (;;) {
    const bytes = readTcp(connection, 65536)
    if (bytes !== undefined) return bytes
    if (!(yield* proc.until(connection.readable, deadline))) return readTcp(connection, 65536)
  }
}

export function finishSending({ connection }: Stream): void {
  try {
    shutdownTcp(connection, 'write')
  } catch (cause) {
    if (!(cause instanceof Errno)) throw cause
  }
}

export const closeStream = (proc: Process, stream: Stream): void => proc.closeFile(stream.descriptor)
