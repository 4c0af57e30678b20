// `docker container commit`

import { referenceMistake } from '../../api/reference.ts'
import { requireContainer } from '../../engine/container/container.ts'
import { commit as commitContainer } from '../../engine/image/commit.ts'
import { parseReference } from '../../engine/image/reference.ts'
import { between } from '../arity.ts'
import { command } from '../command.ts'
import { StatusError } from '../errors.ts'
import { bool, list, string } from '../flags/flag.ts'

export const commit = command({
  use: 'commit [OPTIONS] CONTAINER [REPOSITORY[:TAG]]',
  short: "Create a new image from a container's changes",
  spellings: 'docker container commit, docker commit',
  args: between(1, 2),
  interspersed: false,
  flags: {
    author: string('Author (e.g., "John Hannibal Smith <hannibal@a-team.com>")', { short: 'a' }),
    change: list('Apply Dockerfile instruction to the created image', { short: 'c' }),
    message: string('Commit message', { short: 'm' }),
    pause: bool('Pause container during commit', { short: 'p', otherwise: true }),
  },
  run({ proc, engine, release }, [name, target = ''], flags) {
    const mistake = target === '' ? undefined : referenceMistake(target, release)
    if (mistake !== undefined) throw new StatusError(mistake)
    const image = commitContainer(engine, requireContainer(engine, name), {
      reference: target === '' ? undefined : parseReference(target),
      author: flags.author,
      comment: flags.message,
      changes: flags.change,
      pauses: flags.pause,
    })
    proc.print(image.id)
  },
})
