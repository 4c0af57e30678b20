// What a network driver decides. A driver is a constant of its module; its state is in the network's record.

import type { Ip } from '../../../base/ip.ts'
import type { Engine } from '../../engine.ts'
import type { Endpoint, Network } from '../network.ts'
import type { Sandbox } from '../sandbox.ts'
import type { Sort } from './stacked.ts'

export interface Driver {
  readonly name: 'bridge' | 'host' | 'null' | 'macvlan' | 'ipvlan' | 'overlay'
  /** Whether endpoints get addresses, links and names. */
  readonly addressed: boolean
  /** Whether ports can be published on its networks. */
  readonly publishes: boolean
  /** What sort of links its endpoints have, where they lie upon a link of the host. */
  readonly sort?: Sort | undefined
  /** Brings the network to life on the host. Throws EngineError for options that it refuses; then nothing is changed. */
  readonly create: (engine: Engine, network: Network) => void
  readonly remove: (engine: Engine, network: Network) => void
  /** Puts an endpoint into a sandbox: links, addresses, routes but the default. */
  readonly join: (
    engine: Engine,
    sandbox: Sandbox,
    endpoint: Endpoint,
    interfaceName: string,
    linkLocalIps: readonly Ip[],
  ) => void
  readonly leave: (engine: Engine, sandbox: Sandbox, endpoint: Endpoint) => void
}
