// A DNS message (RFC 1035), typed.

import type { Ip } from '../../base/ip.ts'

export type DnsType = 'A' | 'AAAA' | 'PTR' | 'CNAME' | 'MX' | 'NS' | 'SOA' | 'SRV' | 'TXT' | 'ANY'
export type DnsCode = 'NOERROR' | 'FORMERR' | 'SERVFAIL' | 'NXDOMAIN' | 'NOTIMP' | 'REFUSED'

export interface DnsQuestion {
  /** Without the dot of the root at its end; case as asked. */
  readonly name: string
  readonly type: DnsType
}

export interface DnsRecord {
  readonly name: string
  readonly type: DnsType
  /** Seconds. */
  readonly ttl: number
  /** An address for A and AAAA, else the text of the record. */
  readonly data: Ip | string
}

export interface DnsMessage {
  readonly dns: true
  readonly id: number
  readonly response: boolean
  readonly code: DnsCode
  readonly authoritative: boolean
  readonly recursionDesired: boolean
  readonly recursionAvailable: boolean
  readonly question: DnsQuestion
  readonly answers: readonly DnsRecord[]
}
