// `docker image import`

import { referenceMistake } from '../../api/reference.ts'
import { type Bytes, noBytes } from '../../base/bytes.ts'
import type { Task } from '../../base/scheduler.ts'
import { download, isUrl } from '../../engine/build/download.ts'
import { EngineError } from '../../engine/error.ts'
import { importImage } from '../../engine/image/import.ts'
import { parseReference } from '../../engine/image/reference.ts'
import { readInput } from '../archive-file.ts'
import { atLeast } from '../arity.ts'
import { command } from '../command.ts'
import type { Context } from '../context.ts'
import { StatusError } from '../errors.ts'
import { list, string } from '../flags/flag.ts'

export const importCommand = command({
  use: 'import [OPTIONS] file|URL|- [REPOSITORY[:TAG]]',
  short: 'Import the contents from a tarball to create a filesystem image',
  spellings: 'docker image import, docker import',
  args: atLeast(1),
  flags: {
    change: list('Apply Dockerfile instruction to the created image', { short: 'c' }),
    message: string('Set commit message for imported image', { short: 'm' }),
    platform: string('Set platform if server is multi-platform capable', { class: 'kept' }),
  },
  *run(context, [source = '', target = ''], flags) {
    const { proc, engine, release } = context
    const mistake = target === '' ? undefined : referenceMistake(target, release)
    if (mistake !== undefined) throw new StatusError(mistake)
    const image = importImage(engine, yield* contentOf(context, source), {
      reference: target === '' ? undefined : parseReference(target),
      message: flags.message,
      changes: flags.change,
    })
    proc.print(image.id)
  },
})

function* contentOf(context: Context, source: string): Task<Bytes> {
  if (source === '-') return yield* context.proc.readAll(0)
  if (!isUrl(source)) return readInput(context, source)
  try {
    const { node } = yield* download(context.engine, source)
    return node.kind === 'file' ? node.content : noBytes
  } catch (cause) {
    const reason = cause instanceof Error ? /^ADD failed: (.*)$/s.exec(cause.message)?.[1] : undefined
    throw reason === undefined ? cause : new EngineError('system', reason)
  }
}
