// The wall clock: the only place where docksim waits for real.

import { milliseconds } from '../base/instant.ts'
import { nextEvent } from '../world/play.ts'
import type { World } from '../world/world.ts'

/** The longest time between two looks at the clock, in milliseconds. */
const longestNap = 250

/** Sleeps; nothing else goes on meanwhile. */
export function pause(seconds: number): void {
  if (seconds > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, seconds * 1000)
}

/** Microseconds of a clock that only goes forward. */
export const monotonic = (): number => Number(process.hrtime.bigint() / 1000n)

/** Milliseconds to sleep until something happens by itself in a world whose clock stands at `now`. */
export function napUntil(world: World, now: number): number {
  const next = nextEvent(world)
  if (next === undefined) return longestNap
  return Math.min(longestNap, Math.max(1, Math.ceil((next - now) / milliseconds(1))))
}
