// A real socket joined to the simulated Docker's: each connection becomes a client of the engine, bytes go in as they
// come, answers go out as they happen, and the world's clock keeps step with the clock on the wall.

import { createServer, type Server, type Socket } from 'node:net'
import type { Bytes } from '../base/bytes.ts'
import type { Host } from '../world/host.ts'
import { enter, openConnection } from '../world/journal.ts'
import { advance } from '../world/play.ts'
import { type ConnectionSession, takeAnswers } from '../world/session.ts'
import type { World } from '../world/world.ts'
import { monotonic, napUntil } from './pace.ts'

/** Steps of the world between two looks at the sockets. */
const patience = 200_000

export interface EngineSocket {
  readonly server: Server
  /** Stops listening and drops the clients. */
  readonly close: () => void
}

/** Listens at `path`, a path of the file system, for clients of the Docker on `host`. */
export function listenForClients(world: World, host: Host, path: string): EngineSocket {
  const clients = new Map<Socket, ConnectionSession>()
  const wallStart = monotonic()
  const worldStart = world.fabric.scheduler.now
  let timer: NodeJS.Timeout | undefined

  const pump = (): void => {
    clearTimeout(timer)
    const until = worldStart + (monotonic() - wallStart)
    const outcome = advance(world, until, patience)
    for (const [socket, session] of clients) deliver(socket, session)
    timer = setTimeout(pump, outcome === 'steps' ? 0 : napUntil(world, until))
  }

  const deliver = (socket: Socket, session: ConnectionSession): void => {
    const bytes = takeAnswers(session)
    if (bytes !== '') socket.write(bytes, 'latin1')
    if (session.connection.server.state !== 'zombie') return
    clients.delete(socket)
    socket.end()
  }

  const server = createServer({ allowHalfOpen: true }, (socket) => {
    const session = openConnection(world, host)
    clients.set(socket, session)
    socket.setEncoding('latin1')
    const tell = (kind: 'end-send' | 'disconnect') => (): void => {
      if (!clients.has(socket)) return
      enter(world, { kind, session: session.id })
      pump()
    }
    socket.on('data', (bytes: string) => {
      enter(world, { kind: 'send', session: session.id, bytes: bytes as Bytes })
      pump()
    })
    socket.on('end', tell('end-send'))
    socket.on('close', tell('disconnect'))
    socket.on('error', () => socket.destroy())
  })
  server.listen(path)
  pump()
  return {
    server,
    close() {
      clearTimeout(timer)
      server.close()
      for (const socket of clients.keys()) socket.destroy()
    },
  }
}
