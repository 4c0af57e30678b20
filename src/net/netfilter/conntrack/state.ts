// What conntrack says of a packet: the word that `--ctstate` compares.

import type { Skb } from '../skb.ts'

export type State = 'INVALID' | 'NEW' | 'RELATED' | 'ESTABLISHED' | 'UNTRACKED'

export function stateOf({ packet, entry, direction, untracked }: Skb): State {
  if (untracked) return 'UNTRACKED'
  if (!entry) return 'INVALID'
  const { body } = packet
  if (body.protocol === 'icmp' && body.type !== 'echo-request' && body.type !== 'echo-reply') return 'RELATED'
  return direction === 'reply' || entry.repliedTo ? 'ESTABLISHED' : 'NEW'
}
