// Addresses as Go's net/netip has them: the zero value is no empty text when printed, but is one in JSON.

import { opaque } from './template/types.ts'

const printed = (zero: string) => (data: unknown) => (data === '' || data === undefined ? zero : String(data))

/** `netip.Addr`: data is its text. */
export const address = opaque('netip.Addr', '', printed('invalid IP'))

/** `netip.Prefix`: data is its text. */
export const prefix = opaque('netip.Prefix', '', printed('invalid Prefix'))
