// A client's connection to the daemon's socket: bytes to it and from it, and the process of dockerd that answers.

import { type OpenFile, release } from '../../kernel/file.ts'
import { createPipe } from '../../kernel/pipe.ts'
import { type Process, signalProcess, spawn } from '../../kernel/process.ts'
import { type Engine, schedulerOf } from '../engine.ts'

export interface Connection {
  /** What the client writes. */
  readonly toDaemon: OpenFile
  readonly server: Process
}

/** The program that answers the clients of the Engine API. */
export const apiProgramName = 'dockerd.api'

/** Connects a client who gets the daemon's bytes in `answers`. */
export function connectClient(engine: Engine, answers: OpenFile): Connection {
  const program = engine.machine.programs.get(apiProgramName)
  if (!program) throw new Error('the machine lacks the program of the Engine API')
  const { reader, writer } = createPipe(schedulerOf(engine))
  writer.references++
  const server = spawn(engine.machine, undefined, {
    program,
    argv: engine.daemon.argv,
    executable: engine.daemon.executable,
    files: new Map<number, OpenFile>([
      [0, reader],
      [1, answers],
    ]),
  })
  server.memory = engine
  return { toDaemon: writer, server }
}

/** The client has no more to say, but listens. */
export function endSending({ toDaemon }: Connection): void {
  if (toDaemon.references > 0) release(toDaemon)
}

/** The client has gone: nobody works for it any more. */
export function disconnect(connection: Connection): void {
  endSending(connection)
  signalProcess(connection.server, 'KILL')
}
