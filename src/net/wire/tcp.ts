// A TCP segment (RFC 9293).

import type { Bytes } from '../../base/bytes.ts'

export interface Segment {
  readonly protocol: 'tcp'
  readonly srcPort: number
  readonly dstPort: number
  /** Sequence number of the first byte (or of SYN), 32 bits unsigned. */
  readonly sequence: number
  readonly acknowledgment: number
  readonly syn: boolean
  readonly ack: boolean
  readonly fin: boolean
  readonly rst: boolean
  readonly psh: boolean
  readonly window: number
  readonly payload: Bytes
  /** The longest payload its sender takes, in a SYN. */
  readonly mss?: number
}
