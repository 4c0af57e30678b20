// `docker trust signer`: the verbs under it.

import { group } from '../../command.ts'
import { add } from './add.ts'
import { remove } from './remove.ts'

export const signer = group({
  use: 'signer',
  short: 'Manage entities who can sign Docker images',
  commands: [add, remove],
})
