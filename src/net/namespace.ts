// A network namespace: links, addresses, routes, neighbors, tables, sockets. What happens in it stands in the files
// of each part. It knows no process and no container.

import type { Random } from '../base/random.ts'
import type { Scheduler } from '../base/scheduler.ts'
import { deleteLink, setUp } from './link/admin.ts'
import type { Link, LinkKind } from './link/link.ts'
import type { LinkWatch } from './link/linkwatch.ts'
import { createLoopback } from './link/loopback.ts'
import { createNeighborTable, forgetNeighbors, type NeighborTable } from './neighbor/table.ts'
import { stopSweeping } from './netfilter/conntrack/table.ts'
import { createNetfilter, type Netfilter } from './netfilter/netfilter.ts'
import { createRouting, type RoutingTable } from './route.ts'
import { closeAllSockets } from './socket/close.ts'
import { createSocketTable, type SocketTable } from './socket/table.ts'
import { createSysctls, type Sysctls } from './sysctl.ts'
import type { Tap } from './tap.ts'
import type { Trace } from './trace.ts'

/** What all namespaces of a world share: time and chance. */
export interface Fabric {
  readonly scheduler: Scheduler
  readonly random: Random
  /** When the kernels next tell that links have lost their carriers. */
  linkWatch?: LinkWatch | undefined
  /** Kinds of link that the kernels know nothing of, as one without the module `dummy`. */
  missingKinds?: readonly LinkKind['name'][] | undefined
  /** The last hops of all packets, if it is switched on. */
  trace?: Trace | undefined
}

export interface Namespace {
  readonly fabric: Fabric
  /** For traces: `node1`, `node1/web`. */
  readonly name: string
  /** By index, in the order of creation. */
  readonly links: Map<number, Link>
  readonly linksByName: Map<string, Link>
  /** The index of the next link; never given twice. */
  nextIndex: number
  readonly loopback: Link
  readonly routing: RoutingTable
  readonly neighbors: NeighborTable
  readonly netfilter: Netfilter
  readonly sockets: SocketTable
  readonly sysctls: Sysctls
  /** The identification of the next IPv4 packet. */
  nextPacketId: number
  /** Who listens on all links. */
  anyTaps: Tap[] | undefined
  deleted: boolean
}

export interface NamespaceOptions {
  /** Whether `lo` is up from the start, as on a booted machine; a namespace fresh from the kernel has it down. */
  readonly loopbackUp?: boolean
  /** The namespace whose IPv4 settings the new one takes over (net.core.devconf_inherit_init_net = 0). */
  readonly inherit?: Namespace
}

/** A namespace with a `lo` of index 1. */
export function createNamespace(fabric: Fabric, name: string, options: NamespaceOptions = {}): Namespace {
  const namespace = {
    fabric,
    name,
    links: new Map(),
    linksByName: new Map(),
    nextIndex: 1,
    routing: createRouting(),
    neighbors: createNeighborTable(),
    netfilter: createNetfilter(),
    sockets: createSocketTable(),
    sysctls: createSysctls(options.inherit?.sysctls),
    nextPacketId: 1,
    anyTaps: undefined,
    deleted: false,
  } as Omit<Namespace, 'loopback'> & { loopback: Link }
  namespace.loopback = createLoopback(namespace)
  if (options.loopbackUp) setUp(namespace.loopback)
  return namespace
}

/** Removes its links (and the other ends of its veths), sockets and timers; the record is dead afterwards. */
export function deleteNamespace(namespace: Namespace): void {
  if (namespace.deleted) return
  closeAllSockets(namespace)
  stopSweeping(namespace)
  namespace.deleted = true
  for (const link of [...namespace.links.values()])
    if (link !== namespace.loopback && !link.removed) deleteLink(link)
  namespace.loopback.removed = true
  forgetNeighbors(namespace)
}
