// Delay and loss put on a link's sending side, as tc-netem(8) does it; drawn from a stream of their own.

import type { Duration } from '../base/instant.ts'
import { draw } from '../base/random.ts'
import type { Link } from './link/link.ts'

export interface Netem {
  readonly delay: Duration
  /** The delay varies by as much, up and down. */
  readonly jitter: Duration
  /** Of a million frames, how many get lost. */
  readonly lossPerMillion: number
}

/** Puts delay and loss on what `link` sends; undefined takes them away. */
export function setNetem(link: Link, netem: Netem | undefined): void {
  link.netem = netem
}

export const isLost = (link: Link, netem: Netem): boolean =>
  netem.lossPerMillion > 0 && draw(link.namespace.fabric.random, 'netem', 1, 1e6) <= netem.lossPerMillion

export function delayOf(link: Link, netem: Netem): Duration {
  if (netem.jitter === 0) return netem.delay
  return Math.max(0, netem.delay + draw(link.namespace.fabric.random, 'netem', -netem.jitter, netem.jitter))
}
