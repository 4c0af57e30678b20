// Sizes for people: GNU's human_readable and BusyBox' make_human_readable_str.

const letters = ['', 'K', 'M', 'G', 'T', 'P', 'E']

/** Powers of 1024, one decimal below ten, always rounded up: 4.0K, 25G. */
export function humanSize(bytes: number): string {
  let value = bytes
  let unit = 0
  while (value >= 1024 && unit < letters.length - 1) {
    value /= 1024
    unit++
  }
  if (unit === 0) return String(value)
  const shown = Math.ceil(value * 10) / 10
  return shown < 10 ? `${shown.toFixed(1)}${letters[unit]}` : `${Math.ceil(value)}${letters[unit]}`
}

/** BusyBox: one decimal always, rounded to the nearest: 252.0G. */
export function busyboxSize(bytes: number): string {
  let value = bytes
  let unit = 0
  while (value >= 1024 && unit < letters.length - 1) {
    value /= 1024
    unit++
  }
  return unit === 0 ? String(value) : `${value.toFixed(1)}${letters[unit]}`
}
