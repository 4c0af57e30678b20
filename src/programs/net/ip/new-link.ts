// A link that `ip link add` wants, and how it is made. Both flavours of ip make links by it.

import { Errno } from '../../../base/errno.ts'
import type { Mac } from '../../../base/mac.ts'
import { createBridge } from '../../../net/link/bridge.ts'
import { createDummy } from '../../../net/link/dummy.ts'
import { createIpvlan, type IpvlanFlag, type IpvlanMode } from '../../../net/link/ipvlan.ts'
import type { Link } from '../../../net/link/link.ts'
import { createMacvlan, type MacvlanMode } from '../../../net/link/macvlan.ts'
import { createVeth } from '../../../net/link/veth.ts'
import { createVlan } from '../../../net/link/vlan.ts'
import type { Namespace } from '../../../net/namespace.ts'

export interface Wanted {
  name: string | undefined
  kind: string | undefined
  peer: string | undefined
  mtu: number | undefined
  mac: Mac | undefined
  queueLength: number | undefined
  /** The link upon which it is to lie. */
  below: string | undefined
  macvlanMode: MacvlanMode | undefined
  broadcastQueue: number | undefined
  ipvlanMode: IpvlanMode | undefined
  flag: IpvlanFlag | undefined
  /** Of a VLAN. */
  id: number | undefined
}

export const blankWanted = (): Wanted => ({
  name: undefined,
  kind: undefined,
  peer: undefined,
  mtu: undefined,
  mac: undefined,
  queueLength: undefined,
  below: undefined,
  macvlanMode: undefined,
  broadcastQueue: undefined,
  ipvlanMode: undefined,
  flag: undefined,
  id: undefined,
})

/** Makes it in `namespace`; false if there is no such kind. Errors: those of the kind, EOPNOTSUPP, EINVAL without a link below. */
export function createWanted(namespace: Namespace, wanted: Wanted): boolean {
  const name = wanted.name ?? freeName(namespace, wanted.kind ?? '')
  const link = make(namespace, { ...wanted, name })
  if (!link) return false
  if (wanted.queueLength !== undefined) link.queueLength = wanted.queueLength
  return true
}

function make(namespace: Namespace, wanted: Wanted & { readonly name: string }): Link | undefined {
  const { kind, name, peer, mtu, mac } = wanted
  switch (kind) {
    case 'bridge':
      return createBridge(namespace, name, { mac, mtu })
    case 'dummy':
      return createDummy(namespace, name, { ...(mac !== undefined && { mac }) })
    case 'veth': {
      // The peer is made first and gets the lower index (veth_newlink).
      const other = { namespace, name: peer ?? freeName(namespace, 'veth', name) }
      return createVeth({ namespace, name, mac, mtu }, other)[0]
    }
    case 'macvlan':
      return createMacvlan(belowOf(namespace, wanted), {
        namespace,
        name,
        mac,
        mtu,
        mode: wanted.macvlanMode,
        broadcastQueue: wanted.broadcastQueue,
      })
    case 'ipvlan':
      return createIpvlan(belowOf(namespace, wanted), {
        namespace,
        name,
        mtu,
        mode: wanted.ipvlanMode,
        flag: wanted.flag,
      })
    case 'vlan':
      return createVlan(belowOf(namespace, wanted), namespace, name, wanted.id ?? 0)
    default:
      return undefined
  }
}

function belowOf(namespace: Namespace, { below }: Wanted): Link {
  const link = namespace.linksByName.get(below ?? '')
  if (!link) throw new Errno('EINVAL')
  return link
}

const named: readonly string[] = ['bridge', 'dummy', 'veth', 'macvlan', 'ipvlan', 'vlan']

/** The kernel's own choice: the kind and the lowest free number. */
function freeName(namespace: Namespace, kind: string, taken = ''): string {
  const prefix = named.includes(kind) ? kind : 'dev'
  let number = 0
  while (namespace.linksByName.has(`${prefix}${number}`) || taken === `${prefix}${number}`) number++
  return `${prefix}${number}`
}
