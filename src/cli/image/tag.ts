// `docker image tag`

import { referenceMistake, requireImage } from '../../api/reference.ts'
import { parseReference } from '../../engine/image/reference.ts'
import { tag as tagImage } from '../../engine/image/tag.ts'
import { exactly } from '../arity.ts'
import { command } from '../command.ts'
import { StatusError } from '../errors.ts'

export const tag = command({
  use: 'tag SOURCE_IMAGE[:TAG] TARGET_IMAGE[:TAG]',
  short: 'Create a tag TARGET_IMAGE that refers to SOURCE_IMAGE',
  spellings: 'docker image tag, docker tag',
  args: exactly(2),
  interspersed: false,
  flags: {},
  run({ engine, release }, [source, target]) {
    for (const name of [source, target]) {
      const mistake = referenceMistake(name, release)
      if (mistake !== undefined)
        throw new StatusError(`Error parsing reference: "${name}" is not a valid repository/tag: ${mistake}`)
    }
    if (parseReference(target).digest !== undefined)
      throw new StatusError('refusing to create a tag with a digest reference')
    tagImage(engine, requireImage(engine.images, source, release), parseReference(target))
  },
})
