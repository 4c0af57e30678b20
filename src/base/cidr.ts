// Address prefixes: `10.0.0.0/8`, and addresses with their prefix length: `10.0.0.5/8`.

import { addToIp, type Family, familyOf, type Ip, isIp4, parseIp, printIp } from './ip.ts'

/** An address and the length of its prefix. As a prefix its host bits are zero; as a link's address they are not. */
export interface Cidr {
  readonly ip: Ip
  readonly length: number
}

export const bitsOf = (family: Family): number => (family === 4 ? 32 : 128)

/** What `text` writes, host bits kept; undefined if it is no CIDR (no length is assumed). */
export function parseCidr(text: string): Cidr | undefined {
  const [address = '', digits = '', ...rest] = text.split('/')
  const ip = parseIp(address)
  if (ip === undefined || rest.length > 0 || !/^\d{1,3}$/.test(digits)) return undefined
  if (digits.length > 1 && digits.startsWith('0')) return undefined
  const length = Number(digits)
  return length <= bitsOf(familyOf(ip)) ? { ip, length } : undefined
}

export const printCidr = (cidr: Cidr): string => `${printIp(cidr.ip)}/${cidr.length}`

/** The mask of a prefix length: 24 → 0xffffff00. */
export const mask4 = (length: number): number => (length === 0 ? 0 : (-1 << (32 - length)) >>> 0)
const mask6 = (length: number): bigint => ((1n << BigInt(length)) - 1n) << BigInt(128 - length)

/** The first address of the prefix: its host bits zero. */
export function networkIp({ ip, length }: Cidr): Ip {
  return isIp4(ip) ? (ip & mask4(length)) >>> 0 : ip & mask6(length)
}

/** The last address of the prefix; the broadcast address of an IPv4 subnet. */
export function lastIp(cidr: Cidr): Ip {
  const { ip, length } = cidr
  return isIp4(ip)
    ? (ip | ~mask4(length)) >>> 0
    : (networkIp(cidr) as bigint) + (1n << BigInt(128 - length)) - 1n
}

export const networkOf = (cidr: Cidr): Cidr => ({ ip: networkIp(cidr), length: cidr.length })

/** How many addresses the prefix has. */
export const sizeOf = (cidr: Cidr): bigint => 1n << BigInt(bitsOf(familyOf(cidr.ip)) - cidr.length)

export function contains(cidr: Cidr, ip: Ip): boolean {
  if (isIp4(cidr.ip)) return isIp4(ip) && ((ip ^ cidr.ip) & mask4(cidr.length)) === 0
  return !isIp4(ip) && (ip & mask6(cidr.length)) === networkIp(cidr)
}

export const overlap = (a: Cidr, b: Cidr): boolean => contains(a, b.ip) || contains(b, a.ip)

export const sameCidr = (a: Cidr, b: Cidr): boolean => a.ip === b.ip && a.length === b.length

/** The `index`-th address of the prefix, counted from its first. */
export const ipAt = (cidr: Cidr, index: number | bigint): Ip => addToIp(networkIp(cidr), index)

/** The mask written as an address: 255.255.0.0. */
export const printMask = (length: number): string => printIp(mask4(length))

/** The prefix length of a mask, or undefined if its ones are not all in front. */
export function lengthOfMask(mask: number): number | undefined {
  const length = 32 - Math.clz32(~mask >>> 0) === 32 ? 0 : Math.clz32(~mask >>> 0)
  return mask4(length) === mask >>> 0 ? length : undefined
}
