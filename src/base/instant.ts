// Simulated time. An instant is a whole number of microseconds since the world began; a duration too.
// Nothing here knows the date: `calendar.ts` turns instants into dates.

declare const unit: unique symbol

/** Microseconds since the world began, a whole number. */
export type Instant = number & { readonly [unit]?: 'instant' }
/** Microseconds, a whole number. */
export type Duration = number & { readonly [unit]?: 'duration' }

export const microseconds = (count: number): Duration => Math.round(count)
export const milliseconds = (count: number): Duration => Math.round(count * 1e3)
export const seconds = (count: number): Duration => Math.round(count * 1e6)
export const minutes = (count: number): Duration => Math.round(count * 60e6)
export const hours = (count: number): Duration => Math.round(count * 3600e6)

export const inMilliseconds = (duration: Duration): number => duration / 1e3
export const inSeconds = (duration: Duration): number => duration / 1e6
