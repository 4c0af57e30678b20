// Whether a packet fits a rule: first what the rule itself names, then its matches, in order
// (ip_packet_match of ip_tables.c).

import type { Meeting } from '../meeting.ts'
import { fitsAddress, fitsName } from '../rule/address.ts'
import type { Rule } from '../rule/rule.ts'

/** `meeting.rule` must be `rule`. */
export function fits(rule: Rule, meeting: Meeting): boolean {
  const { spec } = rule
  const { packet, in: came, out } = meeting.skb
  if (spec.dst && !fitsAddress(spec.dst, packet.dst)) return false
  if (spec.src && !fitsAddress(spec.src, packet.src)) return false
  if (spec.in && !fitsName(spec.in, came?.name)) return false
  if (spec.out && !fitsName(spec.out, out?.name)) return false
  if (spec.protocol !== 0 && (spec.protocol === meeting.protocol) === spec.notProtocol) return false
  if (spec.fragment === 'only') return false
  for (const { kind, data } of spec.matches) if (!kind.matches(data, meeting)) return false
  return true
}
