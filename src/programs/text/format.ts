// Numbers as C's printf(3) writes them; for printf(1), awk and seq.

/** `%e`, `%f`, `%g` (and upper case) of a number with a precision, 6 without one. */
export function formatFloat(kind: string, value: number, precision = 6): string {
  const text = formatLower(kind.toLowerCase(), value, precision)
  return kind === kind.toUpperCase() ? text.toUpperCase() : text
}

function formatLower(kind: string, value: number, precision: number): string {
  if (Number.isNaN(value)) return 'nan'
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf'
  if (kind === 'f') return value.toFixed(Math.min(precision, 100))
  if (kind === 'e') return exponent(value.toExponential(Math.min(precision, 100)))
  const digits = precision === 0 ? 1 : precision
  const power = value === 0 ? 0 : Number(value.toExponential(digits - 1).split('e')[1])
  if (power < -4 || power >= digits) return exponent(strip(value.toExponential(digits - 1)))
  return strip(value.toFixed(Math.max(0, digits - 1 - power)))
}

const strip = (text: string): string => {
  const [mantissa = '', power] = text.split('e')
  const short = mantissa.includes('.') ? mantissa.replace(/\.?0+$/, '') : mantissa
  return power === undefined ? short : `${short}e${power}`
}

/** C writes at least two digits of an exponent. */
const exponent = (text: string): string => text.replace(/e([-+])(\d)$/, 'e$10$2')
