// A network namespace: links, addresses, routes, neighbors, tables, sockets. Only the record; what happens in it
// stands in the files of each part. It knows no process and no container.

import type { Random } from '../base/random.ts'
import type { Scheduler } from '../base/scheduler.ts'
import type { Link } from './link/link.ts'
import type { NeighborTable } from './neighbor.ts'
import type { Netfilter } from './netfilter/netfilter.ts'
import type { RoutingTable } from './route.ts'
import type { SocketTable } from './socket/table.ts'

/** What all namespaces of a world share: time and chance. */
export interface Fabric {
  readonly scheduler: Scheduler
  readonly random: Random
}

export interface Namespace {
  readonly fabric: Fabric
  /** For traces: `node1`, `node1/web`. */
  readonly name: string
  readonly links: Map<number, Link>
  readonly linksByName: Map<string, Link>
  readonly routing: RoutingTable
  readonly neighbors: NeighborTable
  readonly netfilter: Netfilter
  readonly sockets: SocketTable
  /** By their dotted names: `net.ipv4.ip_forward` → `1`. */
  readonly sysctls: Map<string, string>
}
