// Durations as Go prints them (time.Duration.String).

/** `1m30s`, `1.5s`, `300ms`, `0s`. */
export function printGoDuration(nanoseconds: bigint): string {
  if (nanoseconds === 0n) return '0s'
  const sign = nanoseconds < 0n ? '-' : ''
  const size = nanoseconds < 0n ? -nanoseconds : nanoseconds
  if (size < 1_000n) return `${sign}${size}ns`
  if (size < 1_000_000n) return `${sign}${fractionOf(size, 1_000n)}µs`
  if (size < 1_000_000_000n) return `${sign}${fractionOf(size, 1_000_000n)}ms`
  const minutes = size / 60_000_000_000n
  const seconds = `${fractionOf(size % 60_000_000_000n, 1_000_000_000n)}s`
  if (minutes === 0n) return sign + seconds
  const hours = minutes / 60n
  return hours === 0n ? `${sign}${minutes}m${seconds}` : `${sign}${hours}h${minutes % 60n}m${seconds}`
}

function fractionOf(size: bigint, unit: bigint): string {
  const digits = String(size % unit)
    .padStart(String(unit).length - 1, '0')
    .replace(/0+$/, '')
  return digits === '' ? String(size / unit) : `${size / unit}.${digits}`
}
