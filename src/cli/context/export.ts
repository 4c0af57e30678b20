// `docker context export` (docker/cli cli/context/store/store.go, Export)

import { blankEntry, writeTar } from '../../base/archive/tar.ts'
import { type Bytes, encode } from '../../base/bytes.ts'
import { exists } from '../../kernel/fs/lookup.ts'
import { writeOutput } from '../archive-file.ts'
import { between } from '../arity.ts'
import { command } from '../command.ts'
import { StatusError } from '../errors.ts'
import { bool, refused } from '../flags/flag.ts'
import { printsToTerminal } from '../terminal.ts'
import { contextNamed, type Endpoint } from './current.ts'
import { noContext } from './store.ts'

export const exportCommand = command({
  use: 'export [OPTIONS] CONTEXT [FILE|-]',
  short: {
    '19.03': 'Export a context to a tar or kubeconfig file',
    '28': 'Export a context to a tar archive FILE or a tar stream on STDOUT.',
  },
  args: between(1, 2),
  flags: {
    kubeconfig: bool('Export as a kubeconfig file', { until: '28', class: refused('Kubernetes endpoints') }),
  },
  needsDaemon: false,
  *run(context, [name, target = `${name}.dockercontext`]) {
    const { proc } = context
    const archive = archiveOf(context, name)
    if (target === '-') {
      if (printsToTerminal(proc))
        throw new StatusError('cowardly refusing to export to a terminal, specify a file path')
      return yield* writeOutput(context, '', archive)
    }
    if (exists(proc, target)) throw new StatusError(`open ${target}: file exists`)
    yield* writeOutput(context, target, archive)
    proc.printError(`Written file "${target}"`)
  },
})

/** What it says of itself, and the place of its certificates. @throws StatusError */
function archiveOf(client: Endpoint, name: string): Bytes {
  const found = contextNamed(client, name)
  if (!found) throw new StatusError(noContext(client, name))
  const content = encode(JSON.stringify(found))
  return writeTar([
    { ...blankEntry, path: 'meta.json', content },
    { ...blankEntry, path: 'tls', kind: 'directory', mode: 0o700 },
  ])
}
