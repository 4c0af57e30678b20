// How long a link still looks as if it ran after its carrier went (net/core/link_watch.c): the kernel notices changes at
// once, but tells of losses, but for those of links with another end, at most once a second. Until then routes are not
// `linkdown` and the link's state is UP. It changes nothing about what passes.

import { type Instant, seconds } from '../../base/instant.ts'
import { isRunning, type Link, uppersOf } from './link.ts'

/** When losses are told again: state of the fabric. */
export interface LinkWatch {
  next: Instant
}

/** Notes that the link runs; that is told at once. */
export function noteRunning(link: Link): void {
  if (link.looksRunning) return
  link.looksRunning = true
  link.looksRunningUntil = undefined
  tellNow(link)
}

/** Looks whether the link, and all that depends on it, has ceased to run, and notes when that is told. */
export function noteLoss(link: Link): void {
  if (!link.looksRunning || isRunning(link)) return
  link.looksRunning = false
  if (link.up && hasOtherEnd(link)) tellNow(link)
  else if (link.up) link.looksRunningUntil = nextTelling(link)
  if (link.master) noteLoss(link.master)
  for (const upper of uppersOf(link)) noteLoss(upper)
}

/** Whether the link runs as far as the kernel has told. */
export function appearsRunning(link: Link): boolean {
  if (isRunning(link)) return true
  const { looksRunningUntil } = link
  return link.up && looksRunningUntil !== undefined && link.namespace.fabric.scheduler.now < looksRunningUntil
}

/** linkwatch_urgent_event. */
const hasOtherEnd = ({ kind }: Link): boolean => kind.peerIndex !== undefined

/** What is told at once also tells all else, unless something was told less than a second ago. */
function tellNow({ namespace: { fabric } }: Link): void {
  const { now } = fabric.scheduler
  fabric.linkWatch ??= { next: 0 }
  if (now >= fabric.linkWatch.next) fabric.linkWatch.next = now + seconds(1)
}

function nextTelling({ namespace: { fabric } }: Link): Instant {
  const { now } = fabric.scheduler
  const next = Math.max(now, fabric.linkWatch?.next ?? now)
  if (next === now) fabric.linkWatch = { next: now + seconds(1) }
  return next
}
