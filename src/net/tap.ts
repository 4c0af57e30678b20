// Listening on links, as a packet socket does (packet(7)): every frame that passes, with when and which way.

import type { Instant } from '../base/instant.ts'
import { type Condition, createCondition, signal } from '../base/scheduler.ts'
import type { Link } from './link/link.ts'
import type { Namespace } from './namespace.ts'
import type { Frame } from './wire/frame.ts'

export interface TappedFrame {
  readonly at: Instant
  readonly link: Link
  readonly direction: 'in' | 'out'
  readonly frame: Frame
}

export interface Tap {
  readonly namespace: Namespace
  /** Undefined listens on all links (`any`). */
  readonly link: Link | undefined
  readonly frames: TappedFrame[]
  /** What came while `limit` frames lay unread is lost, and counted. */
  readonly limit: number
  dropped: number
  readonly readable: Condition
}

/** Begins to listen on one link, or on all of the namespace. */
export function openTap(namespace: Namespace, link?: Link, limit = 4096): Tap {
  const tap: Tap = { namespace, link, frames: [], limit, dropped: 0, readable: createCondition() }
  for (const heard of link ? [link] : namespace.links.values()) attachTap(heard, tap)
  if (!link) namespace.anyTaps = [...(namespace.anyTaps ?? []), tap]
  return tap
}

/** The oldest frame not taken yet, if there is one. */
export const takeFrame = (tap: Tap): TappedFrame | undefined => tap.frames.shift()

export function closeTap(tap: Tap): void {
  const { namespace } = tap
  for (const link of namespace.links.values()) detachTap(link, tap)
  if (tap.link) detachTap(tap.link, tap)
  const rest = namespace.anyTaps?.filter((other) => other !== tap)
  namespace.anyTaps = rest?.length ? rest : undefined
}

export function attachTap(link: Link, tap: Tap): void {
  link.taps = [...(link.taps ?? []), tap]
}

export function detachTap(link: Link, tap: Tap): void {
  const rest = link.taps?.filter((other) => other !== tap)
  link.taps = rest?.length ? rest : undefined
}

/** Shows a frame to who listens on its link. */
export function tapFrame(link: Link, frame: Frame, direction: 'in' | 'out'): void {
  const { scheduler } = link.namespace.fabric
  for (const tap of link.taps ?? []) {
    if (tap.frames.length >= tap.limit) {
      tap.dropped++
      continue
    }
    tap.frames.push({ at: scheduler.now, link, direction, frame })
    signal(scheduler, tap.readable)
  }
}
