// The wall clock: the only place where docksim waits for real.

/** Sleeps; nothing else goes on meanwhile. */
export function pause(seconds: number): void {
  if (seconds > 0) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, seconds * 1000)
}

/** Microseconds of a clock that only goes forward. */
export const monotonic = (): number => Number(process.hrtime.bigint() / 1000n)
