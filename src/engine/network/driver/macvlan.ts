// The macvlan driver: every endpoint is a macvlan upon the parent, with an Ethernet address of its own
// (moby libnetwork/drivers/macvlan).

import { createMacvlan, type MacvlanMode } from '../../../net/link/macvlan.ts'
import type { Engine } from '../../engine.ts'
import { EngineError } from '../../error.ts'
import type { Network } from '../network.ts'
import { dummyName } from './parent.ts'
import { stackedDriver } from './stacked.ts'

const modes: readonly string[] = ['bridge', 'private', 'vepa', 'passthru'] satisfies MacvlanMode[]

export const macvlanDriver = stackedDriver({
  name: 'macvlan',

  modes(_engine, { options }) {
    const mode = options.get('macvlan_mode') || 'bridge'
    if (modes.includes(mode)) return { mode, flag: '' }
    throw new EngineError(
      'system',
      `requested macvlan mode '${mode}' is not valid, 'bridge' mode is the macvlan driver default`,
    )
  },

  refuseShared(engine, network, parent, mode) {
    for (const other of engine.networks.values())
      if (other !== network && other.driver === network.driver && other.stacked?.parent === parent)
        refuse(engine, other, parent, mode)
  },

  make: (lower, { stacked, driver: _ }, name) =>
    createMacvlan(lower, {
      namespace: lower.namespace,
      name,
      mode: stacked?.mode as MacvlanMode | undefined,
    }),
})

/** Old releases have one network for each parent; young ones several, unless one takes all of it. */
function refuse(engine: Engine, other: Network, parent: string, mode: string): void {
  if (!engine.traits.sharesMacvlanParent)
    throw new EngineError('system', `network ${dummyName(other)} is already using parent interface ${parent}`)
  const taken = `macvlan network ${other.id} is already using parent interface ${parent}`
  if (mode === 'passthru') throw new EngineError('system', `cannot use mode passthru, ${taken}`)
  if (other.stacked?.mode === 'passthru') throw new EngineError('system', `${taken} in mode passthru`)
}
