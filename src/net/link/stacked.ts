// What the links have in common that lie upon another one: macvlans, ipvlans, VLANs.

import { isRunning, type Link } from './link.ts'

export interface StackedLink extends Link {
  /** The link below. */
  readonly lower: Link
}

/** netif_stacked_transfer_operstate: they have a carrier while the link below runs. */
export const followsLower = (link: Link): boolean => isRunning((link as StackedLink).lower)

export const lowerIndex = (link: Link): number => (link as StackedLink).lower.index

export const lowerOf = (link: Link): Link => (link as StackedLink).lower
