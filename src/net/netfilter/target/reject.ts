// `-j REJECT`: drops, and says so (libipt_REJECT.c, libip6t_REJECT.c, nf_reject_ipv4.c).

import { noBytes } from '../../../base/bytes.ts'
import type { Family } from '../../../base/ip.ts'
import { nextPacketId, sendIcmpError } from '../../icmp.ts'
import { sendPacket } from '../../ip/output.ts'
import type { UnreachableCode } from '../../wire/icmp.ts'
import type { Segment } from '../../wire/tcp.ts'
import type { Meeting } from '../meeting.ts'
import { badUsage } from '../refusal.ts'
import { type Given, type Option, wordOf } from '../rule/option.ts'
import { tcpNumber } from '../rule/protocol.ts'
import type { TargetContext, TargetKind } from './target.ts'

interface Rejection {
  readonly name: string
  readonly aliases: readonly string[]
  readonly code: UnreachableCode | 'reset'
}

const reset: Rejection = { name: 'tcp-reset', aliases: ['tcp-rst'], code: 'reset' }

const answers: { readonly [Of in Family]: readonly [Rejection, ...Rejection[]] } = {
  4: [
    { name: 'icmp-port-unreachable', aliases: ['port-unreach'], code: 'port' },
    { name: 'icmp-net-unreachable', aliases: ['net-unreach'], code: 'net' },
    { name: 'icmp-host-unreachable', aliases: ['host-unreach'], code: 'host' },
    { name: 'icmp-proto-unreachable', aliases: ['proto-unreach'], code: 'protocol' },
    { name: 'icmp-net-prohibited', aliases: ['net-prohib'], code: 'prohibited' },
    { name: 'icmp-host-prohibited', aliases: ['host-prohib'], code: 'prohibited' },
    reset,
    { name: 'icmp-admin-prohibited', aliases: ['admin-prohib'], code: 'prohibited' },
  ],
  6: [
    { name: 'icmp6-port-unreachable', aliases: ['port-unreach'], code: 'port' },
    { name: 'icmp6-no-route', aliases: ['no-route'], code: 'net' },
    { name: 'icmp6-adm-prohibited', aliases: ['adm-prohibited'], code: 'prohibited' },
    { name: 'icmp6-addr-unreachable', aliases: ['addr-unreach'], code: 'host' },
    { ...reset, aliases: [] },
    { name: 'icmp6-policy-fail', aliases: ['policy-fail'], code: 'prohibited' },
    { name: 'icmp6-reject-route', aliases: ['reject-route'], code: 'prohibited' },
  ],
}

const options: readonly Option[] = [{ name: 'reject-with' }]

const rejecting = (family: Family): TargetKind<Rejection> => ({
  name: 'REJECT',
  options,
  tables: ['filter'],
  hooks: ['INPUT', 'FORWARD', 'OUTPUT'],
  read: (given) => read(given, family),
  valid,
  save: ({ name }) => ` --reject-with ${name}`,
  list: ({ name }) => `reject-with ${name}`,
  act,
})

export const reject = rejecting(4)
export const reject6 = rejecting(6)

/** Names may be cut short. */
function read(given: Given, family: Family): Rejection {
  const [usual] = answers[family]
  if (!given.has('reject-with')) return usual
  const word = wordOf(given.get('reject-with')).toLowerCase()
  const found = answers[family].find(
    ({ name, aliases }) => name.startsWith(word) || aliases.some((alias) => alias.startsWith(word)),
  )
  if (!found) throw badUsage(`unknown reject type "${wordOf(given.get('reject-with'))}"`)
  return found
}

function valid({ code }: Rejection, { protocol, notProtocol }: TargetContext): boolean {
  return code !== 'reset' || (protocol === tcpNumber && !notProtocol)
}

function act({ code }: Rejection, meeting: Meeting): 'DROP' {
  const { namespace, skb } = meeting
  if (code === 'reset') sendReset(meeting)
  else sendIcmpError(namespace, skb.packet, 'unreachable', code, { about: skb })
  return 'DROP'
}

/** nf_send_reset: a RST as the far end would send it; none for a RST. */
function sendReset({ namespace, skb }: Meeting): void {
  const { src, dst, body } = skb.packet
  if (body.protocol !== 'tcp' || body.rst) return
  const answer: Segment = {
    protocol: 'tcp',
    srcPort: body.dstPort,
    dstPort: body.srcPort,
    sequence: body.ack ? body.acknowledgment : 0,
    acknowledgment: body.ack ? 0 : acknowledged(body),
    syn: false,
    ack: !body.ack,
    fin: false,
    rst: true,
    psh: false,
    window: 0,
    payload: noBytes,
  }
  const packet = { src: dst, dst: src, ttl: 64, id: nextPacketId(namespace), body: answer }
  sendPacket(namespace, packet, { about: skb })
}

const acknowledged = ({ sequence, syn, fin, payload }: Segment): number =>
  (sequence + (syn ? 1 : 0) + (fin ? 1 : 0) + payload.length) >>> 0
