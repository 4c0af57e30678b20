// Floating-point numbers as Go's strconv.FormatFloat writes them: exact, halves rounded to even.

/** The digits of a finite number not below zero: 0.d1d2d3… times ten to the power of `point`. */
interface Decimal {
  readonly digits: string
  readonly point: number
}

/**
 * `value` in the form of `verb`: e, E, f, F, g, G, x or X. `precision` is the count of digits (after the point for e
 * and f, of all for g); undefined asks for as few as tell the number from its neighbours.
 */
export function formatFloat(value: number, verb: string, precision?: number): string {
  if (Number.isNaN(value)) return 'NaN'
  const sign = value < 0 || Object.is(value, -0) ? '-' : ''
  const size = Math.abs(value)
  if (size === Number.POSITIVE_INFINITY) return `${sign || '+'}Inf`
  switch (verb) {
    case 'f':
    case 'F':
      return sign + plain(size, precision)
    case 'e':
    case 'E':
      return sign + scientific(size, precision, verb)
    case 'x':
    case 'X':
      return sign + hexadecimal(size, verb)
    default:
      return sign + general(size, precision, verb === 'G' ? 'E' : 'e')
  }
}

function plain(size: number, precision: number | undefined): string {
  const shortest = shortestDecimal(size)
  const places = precision ?? Math.max(shortest.digits.length - shortest.point, 0)
  const { digits, point } = precision === undefined ? shortest : rounded(exactDecimal(size), places, 'places')
  const whole = point > 0 ? digits.slice(0, point).padEnd(point, '0') : '0'
  if (places === 0) return whole
  const fraction = point >= 0 ? digits.slice(point) : '0'.repeat(-point) + digits
  return `${whole}.${fraction.slice(0, places).padEnd(places, '0')}`
}

function scientific(size: number, precision: number | undefined, mark: string): string {
  const { digits, point } =
    precision === undefined ? shortestDecimal(size) : rounded(exactDecimal(size), precision + 1, 'digits')
  const places = precision ?? digits.length - 1
  const exponent = size === 0 ? 0 : point - 1
  const fraction = places > 0 ? `.${digits.slice(1).padEnd(places, '0')}` : ''
  const sign = exponent < 0 ? '-' : '+'
  return `${digits[0] ?? '0'}${fraction}${mark}${sign}${String(Math.abs(exponent)).padStart(2, '0')}`
}

// strconv ftoa.go: with an exponent when that is less than -4 or not less than the precision, 6 if none is asked for.
function general(size: number, precision: number | undefined, mark: string): string {
  const wanted = precision === 0 ? 1 : precision
  const decimal =
    wanted === undefined ? shortestDecimal(size) : trimmed(rounded(exactDecimal(size), wanted, 'digits'))
  const exponent = size === 0 ? 0 : decimal.point - 1
  const count = decimal.digits.length
  const limit = wanted === undefined ? 6 : wanted > count && count >= decimal.point ? count : wanted
  const ordinary = size === 0 || (exponent >= -4 && exponent < limit)
  if (!ordinary) return scientificOf(decimal, mark)
  const { digits, point } = decimal
  if (size === 0) return '0'
  if (point <= 0) return `0.${'0'.repeat(-point)}${digits}`
  if (point >= count) return digits.padEnd(point, '0')
  return `${digits.slice(0, point)}.${digits.slice(point)}`
}

function scientificOf({ digits, point }: Decimal, mark: string): string {
  const exponent = point - 1
  const fraction = digits.length > 1 ? `.${digits.slice(1)}` : ''
  return `${digits[0] ?? '0'}${fraction}${mark}${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`
}

function hexadecimal(size: number, mark: string): string {
  if (size === 0) return `0${mark}0p+00`
  let exponent = Math.floor(Math.log2(size))
  let mantissa = size / 2 ** exponent
  if (mantissa >= 2) [mantissa, exponent] = [mantissa / 2, exponent + 1]
  if (mantissa < 1) [mantissa, exponent] = [mantissa * 2, exponent - 1]
  const digits = (BigInt(mantissa * 2 ** 52) - (1n << 52n)).toString(16).padStart(13, '0').replace(/0+$/, '')
  const power = `p${exponent < 0 ? '-' : '+'}${String(Math.abs(exponent)).padStart(2, '0')}`
  const written = `0x1${digits ? `.${digits}` : ''}${power}`
  return mark === 'X' ? written.toUpperCase() : written
}

function shortestDecimal(size: number): Decimal {
  if (size === 0) return { digits: '0', point: 1 }
  const [mantissa = '', exponent = '0'] = size.toExponential().split('e')
  return { digits: mantissa.replace('.', ''), point: Number(exponent) + 1 }
}

/** Every double is a whole number times a power of two, so its decimal digits end. */
function exactDecimal(size: number): Decimal {
  if (size === 0) return { digits: '0', point: 1 }
  const view = new DataView(new ArrayBuffer(8))
  view.setFloat64(0, size)
  const bits = view.getBigUint64(0)
  const biased = Number(bits >> 52n)
  const fraction = bits & ((1n << 52n) - 1n)
  const mantissa = biased === 0 ? fraction : fraction | (1n << 52n)
  const power = (biased === 0 ? 1 : biased) - 1075
  const digits = String(power >= 0 ? mantissa << BigInt(power) : mantissa * 5n ** BigInt(-power))
  return trimmed({ digits, point: digits.length - Math.max(-power, 0) })
}

const trimmed = ({ digits, point }: Decimal): Decimal => ({ digits: digits.replace(/(?<=.)0+$/, ''), point })

/** Rounded to `count` digits in all, or to `count` places after the point; halves to even. */
function rounded({ digits, point }: Decimal, count: number, unit: 'digits' | 'places'): Decimal {
  const keep = unit === 'digits' ? count : point + count
  if (keep >= digits.length) return { digits, point }
  if (keep < 0) return { digits: '0', point: 1 - count }
  const kept = digits.slice(0, keep)
  const rest = digits.slice(keep)
  const isHalf = /^50*$/.test(rest)
  const up = isHalf ? Number(kept.at(-1) ?? '0') % 2 === 1 : (rest[0] ?? '0') >= '5'
  if (!up) return keep === 0 ? { digits: '0', point: 1 - count } : { digits: kept, point }
  const raised = String(BigInt(kept || '0') + 1n).padStart(keep, '0')
  return { digits: raised, point: point + raised.length - keep }
}
