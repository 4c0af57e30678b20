// Ethernet addresses as numbers of 48 bits.

import type { Ip4, Ip6 } from './ip.ts'

declare const kind: unique symbol

export type Mac = number & { readonly [kind]?: 'mac' }

/** ff:ff:ff:ff:ff:ff */
export const broadcastMac: Mac = 0xffffffffffff
/** 00:00:00:00:00:00 */
export const noMac: Mac = 0

/** Broadcast or multicast: the lowest bit of the first byte. */
export const isGroupMac = (mac: Mac): boolean => Math.floor(mac / 0x10000000000) % 2 === 1

export function parseMac(text: string): Mac | undefined {
  return /^[0-9a-f]{2}([:-][0-9a-f]{2}){5}$/i.test(text)
    ? Number.parseInt(text.replace(/[:-]/g, ''), 16)
    : undefined
}

export const printMac = (mac: Mac): string =>
  mac
    .toString(16)
    .padStart(12, '0')
    .replace(/..(?!$)/g, '$&:')

/** The unicast, locally administered address made of twelve hex digits. */
export const localMac = (hex: string): Mac => {
  const first = (Number.parseInt(hex.slice(0, 2), 16) & 0xfe) | 0x02
  return first * 0x10000000000 + Number.parseInt(hex.slice(2, 12), 16)
}

/** 02:42 and the four bytes of the address, as Docker up to 27 gives it (libnetwork netutils.GenerateMACFromIP). */
export const macOfIp4 = (ip: Ip4): Mac => 0x024200000000 + ip

/** fe80:: and the modified EUI-64 of the address (RFC 4291, appendix A). */
export function linkLocalOf(mac: Mac): Ip6 {
  const wide = BigInt(mac) ^ 0x020000000000n
  return (0xfe80n << 112n) | ((wide >> 24n) << 40n) | (0xfffen << 24n) | (wide & 0xffffffn)
}
