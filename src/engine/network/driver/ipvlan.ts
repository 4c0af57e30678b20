// The ipvlan driver: every endpoint is an ipvlan upon the parent, and shares its Ethernet address
// (moby libnetwork/drivers/ipvlan).

import { createIpvlan, type IpvlanFlag, type IpvlanMode } from '../../../net/link/ipvlan.ts'
import type { Engine } from '../../engine.ts'
import { EngineError } from '../../error.ts'
import type { Network } from '../network.ts'
import { dummyName } from './parent.ts'
import { stackedDriver } from './stacked.ts'

const flags: readonly string[] = ['bridge', 'private', 'vepa'] satisfies IpvlanFlag[]

export const ipvlanDriver = stackedDriver({
  name: 'ipvlan',

  modes(engine, network) {
    const mode = network.options.get('ipvlan_mode') || 'l2'
    if (!engine.traits.ipvlanModes.includes(mode))
      throw new EngineError(
        'system',
        `requested ipvlan mode '${mode}' is not valid, 'l2' mode is the ipvlan driver default`,
      )
    return { mode, flag: flagOf(engine, network) }
  },

  refuseShared(engine, network, parent) {
    for (const other of engine.networks.values())
      if (other !== network && other.driver === network.driver && other.stacked?.parent === parent)
        throw new EngineError(
          'system',
          `network ${dummyName(other)} is already using parent interface ${parent}`,
        )
  },

  make: (lower, { stacked }, name) =>
    createIpvlan(lower, {
      namespace: lower.namespace,
      name,
      mode: stacked?.mode as IpvlanMode | undefined,
      flag: stacked?.flag as IpvlanFlag | undefined,
    }),
})

/** Old releases do not know the option. */
function flagOf({ traits }: Engine, { options }: Network): string {
  const flag = options.get('ipvlan_flag') || 'bridge'
  if (!traits.knowsIpvlanFlag) return 'bridge'
  if (flags.includes(flag)) return flag
  throw new EngineError(
    'system',
    `requested ipvlan flag '${flag}' is not valid, 'bridge' is the ipvlan driver default`,
  )
}

/** Whether the containers of the network route by their link itself, without a gateway. */
export const routesByLink = ({ driver, stacked, options }: Network): boolean =>
  driver === ipvlanDriver && (stacked?.mode ?? options.get('ipvlan_mode') ?? '').startsWith('l3')
