// A forwarding database: behind which port an Ethernet address was last heard. It moves no frames, and it knows
// nothing of IP.

import { type Instant, seconds } from '../../base/instant.ts'
import { isGroupMac, type Mac } from '../../base/mac.ts'
import type { Link } from './link.ts'

/** BR_DEFAULT_AGEING_TIME of net/bridge/br_private.h. */
export const ageingTime = seconds(300)

export interface FdbEntry {
  port: Link
  seenAt: Instant
}

export type Fdb = Map<Mac, FdbEntry>

/** Remembers that `mac` was heard at `port`. */
export function learn(fdb: Fdb, mac: Mac, port: Link, now: Instant): void {
  if (isGroupMac(mac)) return
  const known = fdb.get(mac)
  if (!known) {
    fdb.set(mac, { port, seenAt: now })
    return
  }
  known.port = port
  known.seenAt = now
}

/** The port behind which `mac` is, unless it was not heard for too long. */
export function portOf(fdb: Fdb, mac: Mac, now: Instant): Link | undefined {
  const entry = fdb.get(mac)
  if (!entry) return undefined
  if (now - entry.seenAt < ageingTime) return entry.port
  fdb.delete(mac)
  return undefined
}

/** Forgets all that was heard at `port`. */
export function forgetPort(fdb: Fdb, port: Link): void {
  for (const [mac, entry] of fdb) if (entry.port === port) fdb.delete(mac)
}
