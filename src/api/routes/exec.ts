// Routes of commands in running containers (moby api/server/router/container/exec.go).

import { encode } from '../../base/bytes.ts'
import { openAttachment } from '../../engine/container/attach.ts'
import { createExec, type ExecRequest, requireExec, startExec } from '../../engine/container/exec.ts'
import type { Stream } from '../../engine/container/stream.ts'
import { EngineError } from '../../engine/error.ts'
import { readRecord, textOf, textsOf, truthOf } from '../json.ts'
import type { JsonRecord } from '../record.ts'
import { type Call, containerOf, jsonRoute, route, word } from '../route.ts'
import { carry, frame, resize } from './stream.ts'

export const execRoutes = [
  jsonRoute('POST /containers/{name}/exec', createOne, 201),
  route('POST /exec/{id}/start', startOne),
  route('POST /exec/{id}/resize', function* (call) {
    resize(call, { terminal: requireExec(call.engine, word(call, 'id')).started?.terminal })
  }),
  jsonRoute('GET /exec/{id}/json', (call) => execView(requireExec(call.engine, word(call, 'id')))),
]

function createOne(call: Call): JsonRecord {
  const container = containerOf(call)
  const body = readRecord(call.exchange.request.body)
  const argv = textsOf(body, 'Cmd')
  if (argv.length === 0) throw new EngineError('invalid', 'No exec command specified')
  const { id } = createExec(call.engine, container, {
    argv,
    env: textsOf(body, 'Env'),
    user: textOf(body, 'User'),
    workingDir: textOf(body, 'WorkingDir'),
    tty: truthOf(body, 'Tty'),
    openStdin: truthOf(body, 'AttachStdin'),
    privileged: truthOf(body, 'Privileged'),
  })
  return { Id: id }
}

function* startOne(call: Call) {
  const { engine, exchange } = call
  const request = requireExec(engine, word(call, 'id'))
  if (request.started) throw new EngineError('conflict', `exec command ${request.id} is already running`)
  const body = readRecord(exchange.request.body)
  const { tty, openStdin } = request.options
  const streams = new Set<Stream>()
  if (truthOf(body, 'Detach')) {
    startExec(engine, request, streams)
    return exchange.answer(200)
  }
  exchange.hijack()
  try {
    const started = startExec(engine, request, streams)
    const attachment = openAttachment(engine, started, openStdin)
    yield* carry(exchange, attachment, {
      input: openStdin,
      wanted: [1, 2],
      tty,
      changed: request.container.changed,
    })
  } catch (cause) {
    if (!(cause instanceof EngineError)) throw cause
    request.failed = cause.status ?? 126
    yield* exchange.send(frame(1, encode(`${cause.message}${tty ? '\r\n' : '\n'}`), tty))
  }
}

function execView({ id, container, options, started, failed }: ExecRequest): JsonRecord {
  const running = started !== undefined && started.process.state !== 'zombie' && container.execs.has(id)
  const [entrypoint = '', ...args] = options.argv
  return {
    ID: id,
    Running: running,
    ExitCode: running || (!started && failed === undefined) ? null : (failed ?? started?.process.status),
    ProcessConfig: {
      tty: options.tty,
      entrypoint,
      arguments: args,
      privileged: options.privileged,
      ...(options.user !== '' && { user: options.user }),
    },
    OpenStdin: options.openStdin,
    OpenStderr: true,
    OpenStdout: true,
    CanRemove: false,
    ContainerID: container.id,
    DetachKeys: '',
    Pid: started?.process.pid ?? 0,
  }
}
