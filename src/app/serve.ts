// docksim serve: a fake engine for any client of the Engine API, in a fresh world that lives as long as the process.

import { resolve } from 'node:path'
import { listenForClients } from '../edge/engine-socket.ts'
import { writeOutput } from '../edge/output.ts'
import { createWorld } from '../world/world.ts'
import { Failure } from './failure.ts'
import { today, worldOf } from './options.ts'
import { hostOf } from './script.ts'
import type { ServeOptions } from './verbs.ts'

/** Serves until a signal comes. Throws Failure where it cannot listen, or the machine has no Docker. */
export async function serve(socket: string, options: ServeOptions): Promise<void> {
  const path = resolve(socket)
  const world = createWorld({ date: today(), ...(await worldOf(options)) })
  const host = hostOf(world, options.machine)
  if (!host.engine) throw new Failure(`the machine ${host.machine.name} has no Docker`)
  const engineSocket = listenForClients(world, host, path)
  await new Promise<void>((finish, fail) => {
    engineSocket.server.once('error', (cause) => {
      engineSocket.close()
      fail(new Failure(`cannot listen at ${path}: ${reasonOf(cause)}`))
    })
    engineSocket.server.once('listening', () => writeOutput(`export DOCKER_HOST=unix://${path}\n`))
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.once(signal, () => {
        engineSocket.close()
        finish()
      })
  })
}

const reasonOf = (cause: NodeJS.ErrnoException): string =>
  cause.code === 'EADDRINUSE' ? 'something is there already; remove it, or name another path' : cause.message
