// awk's rand(): a small generator whose state is the interpreter's, so that srand(n) repeats.

/** From 0 up to 1, 1 not included (mulberry32's mixing of a counter). */
export function uniformOf(owner: { randomState: number }): number {
  owner.randomState = (owner.randomState + 0x6d2b79f5) | 0
  let mixed = Math.imul(owner.randomState ^ (owner.randomState >>> 15), owner.randomState | 1)
  mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
  return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
}
