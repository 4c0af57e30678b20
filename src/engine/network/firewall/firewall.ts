// What a release's firewall does on the host when networks, endpoints and published ports come and go.
// Each release family is one constant; its rules are written in iptables' own words.

import type { Engine } from '../../engine.ts'
import type { Endpoint, Network } from '../network.ts'
import type { PortMapping } from '../portmap.ts'

export interface Firewall {
  /** The chains and jumps that the daemon makes when it starts. */
  readonly begin: (engine: Engine) => void
  readonly addNetwork: (engine: Engine, network: Network) => void
  readonly removeNetwork: (engine: Engine, network: Network) => void
  readonly addEndpoint: (engine: Engine, endpoint: Endpoint) => void
  readonly removeEndpoint: (engine: Engine, endpoint: Endpoint) => void
  readonly addMapping: (engine: Engine, mapping: PortMapping) => void
  readonly removeMapping: (engine: Engine, mapping: PortMapping) => void
}
