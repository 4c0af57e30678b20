// Addresses and link names as rules write them.

import { bitsOf, lengthOfMask, mask4 } from '../../../base/cidr.ts'
import { type Family, type Ip, isIp4, parseIp4, parseIp6, printIp } from '../../../base/ip.ts'
import { badUsage } from '../refusal.ts'
import { parseNumber } from './option.ts'
import type { AddressTest, LinkTest } from './rule.ts'

/**
 * The tests that one `-s` or `-d` word asks for: one for each address in its list. Throws Refusal.
 * As iptables has it: `1.2.3` is the network 1.2.3.0, but with a prefix of 32 bits.
 */
export function readAddresses(word: string, negated: boolean, family: Family): (AddressTest | undefined)[] {
  const parts = word.split(',')
  if (parts.length > 1 && negated)
    throw badUsage('! not allowed with multiple source or destination IP addresses')
  return parts.map((part) => readAddress(part, negated, family))
}

function readAddress(word: string, negated: boolean, family: Family): AddressTest | undefined {
  const slash = word.indexOf('/')
  const host = slash < 0 ? word : word.slice(0, slash)
  const { mask, length } = slash < 0 ? fullMask(family) : readMask(word.slice(slash + 1), family)
  if (host === 'any' && length === 0) return undefined
  const whole = readHost(host, family)
  if (whole === undefined) throw badUsage(`host/network \`${host}' not found`)
  const ip = isIp4(whole) ? (whole & (mask as number)) >>> 0 : whole & (mask as bigint)
  if (length === 0 && !negated) return undefined
  return { ip, mask, length, negated }
}

function readHost(word: string, family: Family): Ip | undefined {
  if (family === 6) return word === 'localhost' ? 1n : parseIp6(word)
  if (word === 'localhost') return 0x7f000001
  return (
    parseIp4(word) ??
    (/^\d+(\.\d+){0,2}$/.test(word)
      ? parseIp4(`${word}${'.0'.repeat(4 - word.split('.').length)}`)
      : undefined)
  )
}

const fullMask = (family: Family): { mask: Ip; length: number } => ({
  mask: maskOf(bitsOf(family), family),
  length: bitsOf(family),
})

const maskOf = (length: number, family: Family): Ip =>
  family === 4 ? mask4(length) : ((1n << BigInt(length)) - 1n) << BigInt(128 - length)

function readMask(word: string, family: Family): { mask: Ip; length: number | undefined } {
  const length = parseNumber(word, bitsOf(family))
  if (length !== undefined) return { mask: maskOf(length, family), length }
  const mask = family === 4 ? parseIp4(word) : parseIp6(word)
  if (mask === undefined) throw badUsage(`invalid mask \`${word}' specified`)
  if (isIp4(mask)) return { mask, length: lengthOfMask(mask) }
  const ones = mask.toString(2).padStart(128, '0').indexOf('0')
  const prefix = ones < 0 ? 128 : ones
  return { mask, length: maskOf(prefix, 6) === mask ? prefix : undefined }
}

/** As `-S` has it: `10.0.0.0/8`, `10.0.2.0/255.0.255.0`. */
export const printTest = ({ ip, mask, length }: AddressTest): string =>
  `${printIp(ip)}/${length ?? printIp(mask)}`

/** The longest name of a link (IFNAMSIZ). */
const longest = 15

/** Throws Refusal. A lone `+` stands for all links, and is no test unless negated. */
export function readLink(word: string, negated: boolean): LinkTest | undefined {
  if (word.length > longest)
    throw badUsage(`interface name \`${word}' must be shorter than IFNAMSIZ (${longest})`)
  if (word === '') throw badUsage('Empty interface is likely to be undesired')
  if (word === '+' && !negated) return undefined
  const prefix = word.endsWith('+')
  return { name: prefix ? word.slice(0, -1) : word, prefix, negated }
}

export const printLink = ({ name, prefix }: LinkTest): string => (prefix ? `${name}+` : name)

export const fitsName = (test: LinkTest, name: string | undefined): boolean =>
  (name !== undefined && (test.prefix ? name.startsWith(test.name) : name === test.name)) !== test.negated

export function fitsAddress({ ip, mask, negated }: AddressTest, address: Ip): boolean {
  const inside =
    typeof address === 'number'
      ? (address & (mask as number)) >>> 0 === ip
      : (address & (mask as bigint)) === ip
  return inside !== negated
}
