// docker build with the daemon's own builder (docker/cli cli/command/image/build.go, runBuild).

import { buildErrorView, buildMessageView } from '../../../api/build.ts'
import { encode } from '../../../base/bytes.ts'
import { Errno, strerror } from '../../../base/errno.ts'
import { signal, type Task } from '../../../base/scheduler.ts'
import { build } from '../../../engine/build/classic/build.ts'
import {
  BuildFailure,
  type BuildOutput,
  type BuildRequest,
  createBuildOutput,
} from '../../../engine/build/request.ts'
import { begin } from '../../../engine/daemon/work.ts'
import { type Engine, schedulerOf } from '../../../engine/engine.ts'
import { EngineError } from '../../../engine/error.ts'
import type { Image } from '../../../engine/image/image.ts'
import { remove, writeFile } from '../../../kernel/fs/write.ts'
import type { Process } from '../../../kernel/process.ts'
import { disownSocket, ownSocket } from '../../../kernel/socket.ts'
import type { Context } from '../../context.ts'
import { daemonRefusal, StatusError } from '../../errors.ts'
import { pace } from '../../pace.ts'
import { printsToTerminal } from '../../terminal.ts'
import type { SentContext } from './context.ts'
import { messageText, sendingText } from './stream.ts'

export interface ClassicBuild {
  readonly context: SentContext
  readonly request: Omit<BuildRequest, 'context' | 'dockerfile'>
  readonly quiet: boolean
  readonly idFile: string
}

/** Sends the context and shows what the daemon makes of it. @throws StatusError */
export function* buildClassic({ proc, engine }: Context, asked: ClassicBuild): Task<void> {
  const { context, quiet, idFile } = asked
  let kept = ''
  const show = (text: string): void => {
    if (quiet) kept += text
    else proc.write(1, text)
  }
  yield* proc.sleep(pace.command)
  if (idFile !== '') removeIdFile(proc, idFile)
  show(sendingText(context.size, !quiet && printsToTerminal(proc)))
  const request = { ...asked.request, context: context.tree, dockerfile: context.dockerfile }
  const output = createBuildOutput()
  try {
    const image = yield* follow(proc, engine, request, output, show)
    if (quiet) proc.print(image.id)
    if (idFile !== '') writeIdFile(proc, idFile, quiet ? `${image.id}\n` : image.id)
  } catch (cause) {
    if (!(cause instanceof EngineError)) throw cause
    if (output.messages.length === 0) throw new StatusError(kept + daemonRefusal(cause.message))
    const { error } = buildErrorView(cause)
    throw new StatusError(`${kept}${error}`, cause instanceof BuildFailure ? cause.code : 1)
  }
}

/** Shows the messages as they come. Without the client the build is cancelled. */
function* follow(
  proc: Process,
  engine: Engine,
  request: BuildRequest,
  output: BuildOutput,
  show: (text: string) => void,
): Task<Image> {
  const connection: Connection = { engine, output }
  ownSocket(proc, connection, hangUp)
  const work = begin(engine, build(engine, request, output))
  let shown = 0
  for (;;) {
    for (; shown < output.messages.length; shown++) {
      const message = output.messages[shown]
      if (message) show(messageText(buildMessageView(message)))
    }
    if (work.worker.state === 'zombie') break
    yield* proc.flush()
    yield { on: [output.told, work.worker.changed] }
  }
  disownSocket(proc, connection)
  if (work.error !== undefined) throw work.error
  return work.result as Image
}

interface Connection {
  readonly engine: Engine
  readonly output: BuildOutput
}

function hangUp({ engine, output }: Connection): void {
  output.cancelled = true
  signal(schedulerOf(engine), output.told)
}

function removeIdFile(proc: Process, path: string): void {
  try {
    remove(proc, path)
  } catch (cause) {
    if (!(cause instanceof Errno)) throw cause
    if (cause.code !== 'ENOENT')
      throw new StatusError(`removing image ID file: remove ${path}: ${strerror(cause.code).toLowerCase()}`)
  }
}

function writeIdFile(proc: Process, path: string, id: string): void {
  try {
    writeFile(proc, path, encode(id))
  } catch (cause) {
    if (!(cause instanceof Errno)) throw cause
    throw new StatusError(`open ${path}: ${strerror(cause.code).toLowerCase()}`)
  }
}
