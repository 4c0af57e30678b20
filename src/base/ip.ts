// IP addresses as numbers: an IPv4 address is a number, an IPv6 address a bigint; so both are Map keys,
// compare with `===`, and no code can mistake one for the other. ipaddr.js parses and prints behind strict doors
// (it takes `1` and `010.0.0.1` for addresses; Linux and Docker do not).

import ipaddr from 'ipaddr.js'

declare const kind: unique symbol

export type Ip4 = number & { readonly [kind]?: 'ip4' }
export type Ip6 = bigint & { readonly [kind]?: 'ip6' }
export type Ip = Ip4 | Ip6
export type Family = 4 | 6

/** 0.0.0.0 */
export const anyIp4: Ip4 = 0
/** :: */
export const anyIp6: Ip6 = 0n
/** 127.0.0.1 */
export const loopbackIp4: Ip4 = 0x7f000001
/** ::1 */
export const loopbackIp6: Ip6 = 1n
/** 255.255.255.255 */
export const broadcastIp4: Ip4 = 0xffffffff

export const familyOf = (ip: Ip): Family => (typeof ip === 'number' ? 4 : 6)
export const isIp4 = (ip: Ip): ip is Ip4 => typeof ip === 'number'
export const isAny = (ip: Ip): boolean => ip === 0 || ip === 0n
export const anyOf = (family: Family): Ip => (family === 4 ? anyIp4 : anyIp6)

export const isLoopback = (ip: Ip): boolean => (isIp4(ip) ? ip >>> 24 === 127 : ip === loopbackIp6)
export const isMulticast = (ip: Ip): boolean => (isIp4(ip) ? ip >>> 28 === 0xe : ip >> 120n === 0xffn)
/** 169.254.0.0/16 and fe80::/10. */
export const isLinkLocal = (ip: Ip): boolean => (isIp4(ip) ? ip >>> 16 === 0xa9fe : ip >> 118n === 0x3fan)

/** The address that `text` writes, or undefined: four decimal parts, or an IPv6 address without a zone. */
export function parseIp(text: string): Ip | undefined {
  return text.includes(':') ? parseIp6(text) : parseIp4(text)
}

const decimalPart = /^(?:0|[1-9]\d{0,2})$/

export function parseIp4(text: string): Ip4 | undefined {
  const parts = text.split('.')
  if (parts.length !== 4) return undefined
  let value = 0
  for (const part of parts) {
    const byte = Number(part)
    if (!decimalPart.test(part) || byte > 255) return undefined
    value = value * 256 + byte
  }
  return value
}

export function parseIp6(text: string): Ip6 | undefined {
  if (text.includes('%') || text.includes('/') || !ipaddr.IPv6.isValid(text)) return undefined
  return ipaddr.IPv6.parse(text).parts.reduce((value, part) => (value << 16n) | BigInt(part), 0n)
}

/** The address as Linux and Go print it (IPv6 as RFC 5952 has it). */
export function printIp(ip: Ip): string {
  if (isIp4(ip)) return `${ip >>> 24}.${(ip >>> 16) & 255}.${(ip >>> 8) & 255}.${ip & 255}`
  return new ipaddr.IPv6(partsOf(ip)).toRFC5952String()
}

/** The address `count` further on (or back); it stays in its family and wraps as unsigned numbers do. */
export function addToIp<Address extends Ip>(ip: Address, count: number | bigint): Address {
  if (isIp4(ip)) return ((ip + Number(count)) >>> 0) as Address
  return BigInt.asUintN(128, (ip as bigint) + BigInt(count)) as Address
}

/** Numeric order, IPv4 before IPv6. */
export function compareIps(a: Ip, b: Ip): number {
  if (isIp4(a) !== isIp4(b)) return isIp4(a) ? -1 : 1
  return a < b ? -1 : a > b ? 1 : 0
}

/** The name under which DNS keeps the reverse record of `ip` (RFC 1035, RFC 3596). */
export function reverseName(ip: Ip): string {
  if (isIp4(ip)) return `${printIp(ip).split('.').reverse().join('.')}.in-addr.arpa`
  return `${[...ip.toString(16).padStart(32, '0')].reverse().join('.')}.ip6.arpa`
}

/** The address whose reverse name `name` is, or undefined. */
export function ipOfReverseName(name: string): Ip | undefined {
  const lower = name.toLowerCase()
  if (lower.endsWith('.in-addr.arpa')) return parseIp4(lower.slice(0, -13).split('.').reverse().join('.'))
  if (!lower.endsWith('.ip6.arpa')) return undefined
  const digits = lower.slice(0, -9).split('.').reverse().join('')
  return /^[0-9a-f]{32}$/.test(digits) ? BigInt(`0x${digits}`) : undefined
}

function partsOf(ip: Ip6): number[] {
  return Array.from({ length: 8 }, (_, index) => Number((ip >> BigInt(112 - 16 * index)) & 0xffffn))
}
