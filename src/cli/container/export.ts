// `docker container export` (docker/cli cli/command/container/export.go).

import { isErrno, strerror } from '../../base/errno.ts'
import { exists, joinPath } from '../../kernel/fs/lookup.ts'
import { writeFile } from '../../kernel/fs/write.ts'
import { terminalOf } from '../../kernel/tty.ts'
import { exactly } from '../arity.ts'
import { command } from '../command.ts'
import { StatusError } from '../errors.ts'
import { string } from '../flags/flag.ts'
import { pace } from '../pace.ts'
import { archiveOf } from './cp-archive.ts'

export const exportCommand = command({
  use: 'export [OPTIONS] CONTAINER',
  short: "Export a container's filesystem as a tar archive",
  spellings: 'docker container export, docker export',
  args: exactly(1),
  flags: {
    output: string('Write to a file, instead of STDOUT', { short: 'o' }),
  },
  *run(context, [name], { output }) {
    const { proc } = context
    if (output === '' && terminalOf(proc.files.get(1)))
      throw new StatusError('cowardly refusing to save to a terminal. Use the -o flag or redirect')
    const directory = joinPath(proc.directory, `${output}/..`)
    if (output !== '' && !exists(proc, directory))
      throw new StatusError(
        `failed to export container: invalid output path: directory "${directory}" does not exist`,
      )
    yield* proc.sleep(pace.command)
    const archive = archiveOf(context, name)
    if (output === '') {
      proc.writeBytes(1, archive)
      return yield* proc.flush()
    }
    try {
      writeFile(proc, joinPath(proc.directory, output), archive)
    } catch (cause) {
      if (!isErrno(cause)) throw cause
      throw new StatusError(
        `failed to export container: open ${output}: ${strerror(cause.code).toLowerCase()}`,
      )
    }
  },
})
