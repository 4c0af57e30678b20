// What conntrack makes of TCP's flags: the state of a connection as a bystander sees it, without sequence numbers
// (nf_conntrack_proto_tcp.c; sequence windows are not followed here).

import { type Duration, minutes, seconds } from '../../../base/instant.ts'
import type { Segment } from '../../wire/tcp.ts'
import type { ConntrackEntry, Direction, TcpState } from '../conntrack.ts'

/** `ignore`: let it pass, and stay. `invalid`: it does not fit. */
type Step = TcpState | 'ignore' | 'invalid'

type Flag = 'syn' | 'synack' | 'fin' | 'ack' | 'rst' | 'none'

/** Column by column the states in this order, then the step from each. */
const states: readonly TcpState[] = [
  'NONE',
  'SYN_SENT',
  'SYN_RECV',
  'ESTABLISHED',
  'FIN_WAIT',
  'CLOSE_WAIT',
  'LAST_ACK',
  'TIME_WAIT',
  'CLOSE',
  'SYN_SENT2',
]

const abbreviations: Readonly<Record<string, Step>> = {
  ss: 'SYN_SENT',
  sr: 'SYN_RECV',
  es: 'ESTABLISHED',
  fw: 'FIN_WAIT',
  cw: 'CLOSE_WAIT',
  la: 'LAST_ACK',
  tw: 'TIME_WAIT',
  cl: 'CLOSE',
  s2: 'SYN_SENT2',
  '=': 'ignore',
  '-': 'invalid',
}

const row = (steps: string): ReadonlyMap<TcpState, Step> =>
  new Map(steps.split(' ').map((step, index) => [states[index] ?? 'NONE', abbreviations[step] ?? 'invalid']))

const steps: { readonly [From in Direction]: { readonly [On in Flag]: ReadonlyMap<TcpState, Step> } } = {
  original: {
    syn: row('ss ss = = = = = ss ss s2'),
    synack: row('- - sr - - - - - - sr'),
    fin: row('- - fw fw la la la tw cl -'),
    ack: row('es - es es cw cw tw tw cl -'),
    rst: row('- cl cl cl cl cl cl cl cl cl'),
    none: row('- - - - - - - - - -'),
  },
  reply: {
    syn: row('- s2 - - - - - ss - s2'),
    synack: row('- sr = = = = = = = sr'),
    fin: row('- - fw fw la la la tw cl -'),
    ack: row('- = sr es cw cw tw tw cl ='),
    rst: row('- cl cl cl cl cl cl cl cl cl'),
    none: row('- - - - - - - - - -'),
  },
}

/** How long an entry without traffic lives in each state (net.netfilter.nf_conntrack_tcp_timeout_*). */
const timeouts: { readonly [In in TcpState]: Duration } = {
  NONE: minutes(2),
  SYN_SENT: minutes(2),
  SYN_RECV: seconds(60),
  ESTABLISHED: seconds(432_000),
  FIN_WAIT: minutes(2),
  CLOSE_WAIT: seconds(60),
  LAST_ACK: seconds(30),
  TIME_WAIT: minutes(2),
  CLOSE: seconds(10),
  SYN_SENT2: minutes(2),
}

/** nf_conntrack_tcp_timeout_unacknowledged: taken up in the middle, and nobody answered. */
const unacknowledged = minutes(5)

/**
 * What the segment does to the connection. `accept`: it belongs to it; `timeout` is how long the entry lives on.
 * `invalid`: it does not fit. `end`: nothing was established, forget the entry. `again`: the old connection is over,
 * the segment begins another.
 */
export type Outcome =
  | { readonly kind: 'accept'; readonly timeout: Duration }
  | { readonly kind: 'pass' | 'invalid' | 'end' | 'again' }

export function stepTcp(entry: ConntrackEntry, direction: Direction, segment: Segment): Outcome {
  const before = entry.tcpState
  const step = steps[direction][flagOf(segment)].get(before) ?? 'invalid'
  if (step === 'ignore') return { kind: 'pass' }
  if (step === 'invalid') return { kind: 'invalid' }
  if (step === 'SYN_SENT' && (before === 'TIME_WAIT' || before === 'CLOSE')) return { kind: 'again' }
  entry.tcpState = step
  let timeout = timeouts[step]
  if (!entry.repliedTo) {
    if (segment.rst) return { kind: 'end' }
    if (step === 'ESTABLISHED') timeout = unacknowledged
  } else if (step === 'ESTABLISHED' && (before === 'SYN_RECV' || before === 'ESTABLISHED'))
    entry.assured = true
  return { kind: 'accept', timeout }
}

/** Whether a segment may begin an entry: a SYN, or an ACK in the middle (nf_conntrack_tcp_loose). */
export const beginsTcp = (segment: Segment): boolean => {
  const step = steps.original[flagOf(segment)].get('NONE')
  return step === 'SYN_SENT' || step === 'ESTABLISHED'
}

function flagOf({ syn, ack, fin, rst }: Segment): Flag {
  if (rst) return 'rst'
  if (syn) return ack ? 'synack' : 'syn'
  if (fin) return 'fin'
  return ack ? 'ack' : 'none'
}
