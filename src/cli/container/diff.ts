// `docker container diff`.

import { requireContainer } from '../../engine/container/container.ts'
import { changes } from '../../kernel/fs/changes.ts'
import { exactly } from '../arity.ts'
import { command } from '../command.ts'
import { pace } from '../pace.ts'

export const diff = command({
  use: 'diff CONTAINER',
  short: "Inspect changes to files or directories on a container's filesystem",
  spellings: 'docker container diff, docker diff',
  args: exactly(1),
  flags: {},
  *run({ engine, proc }, [name]) {
    yield* proc.sleep(pace.command)
    const { files } = requireContainer(engine, name)
    for (const { kind, path } of changes(files)) proc.print(`${kind} ${path}`)
  },
})
