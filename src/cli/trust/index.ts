// `docker trust`: the verbs under it.

import { group } from '../command.ts'
import { inspect } from './inspect.ts'
import { key } from './key/index.ts'
import { revoke } from './revoke.ts'
import { sign } from './sign.ts'
import { signer } from './signer/index.ts'

export const trust = group({
  use: 'trust',
  short: 'Manage trust on Docker images',
  until: '29',
  commands: [inspect, key, revoke, sign, signer],
})
