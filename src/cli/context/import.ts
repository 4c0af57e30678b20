// `docker context import` (docker/cli cli/context/store/store.go, Import)

import { BadArchive } from '../../base/archive/inflate.ts'
import { readTar } from '../../base/archive/tar.ts'
import { type Bytes, decode } from '../../base/bytes.ts'
import { Unsupported } from '../../engine/error.ts'
import { readInput } from '../archive-file.ts'
import { exactly } from '../arity.ts'
import { command } from '../command.ts'
import { StatusError } from '../errors.ts'
import { type ContextRecord, checkContextName, findContext, writeContext } from './store.ts'

export const importCommand = command({
  use: 'import CONTEXT FILE|-',
  short: 'Import a context from a tar or zip file',
  args: exactly(2),
  flags: {},
  needsDaemon: false,
  *run(context, [name, source]) {
    checkContextName(name)
    if (findContext(context, name)) throw new StatusError(`context "${name}" already exists`)
    const bytes = source === '-' ? yield* context.proc.readAll(0) : readInput(context, source)
    writeContext(context, { ...recordIn(bytes), Name: name })
    context.proc.print(name)
    context.proc.printError(`Successfully imported context "${name}"`)
  },
})

/** @throws StatusError, Unsupported */
function recordIn(bytes: Bytes): ContextRecord {
  if (bytes.startsWith('PK')) throw new Unsupported('contexts in zip files')
  try {
    const meta = readTar(bytes).find(({ path }) => path === 'meta.json')
    if (!meta) throw new StatusError('unexpected context file')
    return JSON.parse(decode(meta.content)) as ContextRecord
  } catch (cause) {
    if (cause instanceof BadArchive || cause instanceof SyntaxError) throw new StatusError('unexpected EOF')
    throw cause
  }
}
