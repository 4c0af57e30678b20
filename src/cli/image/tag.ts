// `docker image tag`: its words and flags.

import { exactly } from '../arity.ts'
import { command } from '../command.ts'

export const tag = command({
  use: 'tag SOURCE_IMAGE[:TAG] TARGET_IMAGE[:TAG]',
  short: 'Create a tag TARGET_IMAGE that refers to SOURCE_IMAGE',
  spellings: 'docker image tag, docker tag',
  args: exactly(2),
  interspersed: false,
  flags: {},
})
