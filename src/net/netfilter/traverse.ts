// What a packet meets at a hook: the tables in the order of their priorities, with conntrack between.
// It knows neither routes nor links' queues: who calls routes anew if the destination or the mark changed.

import type { Namespace } from '../namespace.ts'
import type { Hook, Skb } from './skb.ts'

/**
 * Leads `skb` through `hook` of `namespace`. True: it goes on, and `skb.packet` is what goes on (it may be
 * another packet than before). False: it ends here (dropped, or rejected and answered).
 * The same record is to be used for all hooks that a packet passes in one namespace.
 */
export function traverse(namespace: Namespace, _hook: Hook, _skb: Skb): boolean {
  const { netfilter } = namespace
  if (netfilter.ipv4 === undefined && netfilter.ipv6 === undefined) return true
  return true
}
