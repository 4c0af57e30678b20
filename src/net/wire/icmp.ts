// ICMP and ICMPv6 messages (RFC 792, RFC 4443), one type for both: the family follows from the packet's addresses.

import type { Instant } from '../../base/instant.ts'
import type { Packet } from './packet.ts'

export type Icmp = Echo | IcmpError

export type Echo = EchoOf<'echo-request'> | EchoOf<'echo-reply'>
export type IcmpError = ErrorOf<'unreachable'> | ErrorOf<'time-exceeded'>

interface EchoOf<Type> {
  readonly protocol: 'icmp'
  readonly type: Type
  readonly id: number
  readonly sequence: number
  /** Bytes of data behind the ICMP header: 56 for a plain ping. */
  readonly size: number
  /** When it was sent, as ping writes it into the data; the reply brings it back. */
  readonly sentAt?: Instant
}

interface ErrorOf<Type> {
  readonly protocol: 'icmp'
  readonly type: Type
  readonly code: UnreachableCode | 'ttl'
  /** The packet that could not be delivered, as it was when the error was born. */
  readonly original: Packet
  /** The MTU of the next link, in `too-big`. */
  readonly mtu?: number
}

export type UnreachableCode = 'net' | 'host' | 'protocol' | 'port' | 'prohibited' | 'too-big'
