// mysqladmin, as far as it needs no SQL: ping and shutdown, over the server's socket.

import { errnoNumber, isErrno } from '../../../base/errno.ts'
import { milliseconds } from '../../../base/instant.ts'
import type { Task } from '../../../base/scheduler.ts'
import type { Process } from '../../../kernel/process.ts'
import { signalProcess } from '../../../kernel/process.ts'
import type { Program } from '../../../kernel/program.ts'
import { resolveHost } from '../../net/names.ts'
import { closeStream, openStream } from '../../net/stream.ts'
import type { MysqlMemory } from './mysqld.ts'

const socketPath = '/var/run/mysqld/mysqld.sock'

export const mysqladmin: Program = {
  name: 'mysqladmin',
  *main(proc) {
    const { verb, host, port } = readLine(proc.argv.slice(1))
    const server = serverOf(proc)
    if (verb === 'ping') {
      const failure =
        host === 'localhost' ? (server ? undefined : noSocket) : yield* tryHost(proc, host, port)
      if (failure !== undefined) return proc.fail(failure, 1)
      proc.print('mysqld is alive')
      return 0
    }
    if (verb !== 'shutdown') return proc.fail(`docksim does not simulate mysqladmin ${verb}`, 1)
    if (!server) return proc.fail(noSocket, 1)
    const memory = server.memory as MysqlMemory
    memory.endedBy = 'root'
    signalProcess(server, 'TERM')
    while (server.state !== 'zombie' && proc.machine.processes.has(server.pid))
      yield* proc.sleep(milliseconds(50))
    return 0
  },
}

function readLine(words: readonly string[]): { verb: string; host: string; port: number } {
  let [verb, host, port] = ['', 'localhost', 3306]
  for (const [index, word] of words.entries()) {
    const [, name, value] = /^(?:--(host|port)=|-([hP])(?=.))(.*)$/.exec(word) ?? []
    const given = name === undefined && /^-[hP]$/.test(word) ? words[index + 1] : value
    if (/^(?:--host=|-h)/.test(word)) host = given ?? host
    else if (/^(?:--port=|-P)/.test(word)) port = Number(given)
    else if (!word.startsWith('-') && !/^-[huP]$/.test(words[index - 1] ?? '')) verb = word
  }
  return { verb, host, port }
}

const noSocket = `mysqladmin: connect to server at 'localhost' failed
error: 'Can't connect to local MySQL server through socket '${socketPath}' (2)'
Check that mysqld is running and that the socket: '${socketPath}' exists!`

/** The server of the same process table. */
const serverOf = (proc: Process): Process | undefined =>
  [...proc.machine.processes.values()].find(
    ({ program, namespaces, memory }) =>
      program.name === 'mysqld' &&
      namespaces.pids === proc.namespaces.pids &&
      (memory as MysqlMemory | undefined)?.ready === true,
  )

function* tryHost(proc: Process, host: string, port: number): Task<string | undefined> {
  const failed = (words: string) => `mysqladmin: connect to server at '${host}' failed\nerror: '${words}'`
  const found = yield* resolveHost(proc, host)
  if ('error' in found) return failed(`Unknown MySQL server host '${host}' (-2)`)
  try {
    const stream = yield* openStream(proc, found.ips[0], port)
    if (stream) closeStream(proc, stream)
    return undefined
  } catch (cause) {
    if (!isErrno(cause)) throw cause
    return failed(`Can't connect to MySQL server on '${host}:${port}' (${errnoNumber(cause.code)})`)
  }
}
