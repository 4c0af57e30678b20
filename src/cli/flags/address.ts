// Flags that hold addresses. Clients from 29 on look at them themselves; older ones leave that to the daemon.
// Source: spf13/pflag ip.go, ip_slice.go, ipnet_slice.go.

import { parseCidr } from '../../base/cidr.ts'
import { parseIp } from '../../base/ip.ts'
import { type Dated, inRelease, type Release } from '../../base/release.ts'
import type { Flag, FlagOptions } from './flag.ts'
import { type Kind, stringKind, stringsKind } from './kind.ts'
import { goQuote, ValueError } from './strconv.ts'

const looks: Dated<boolean> = { '19.03': false, '29': true }
const looksIn = (release: Release): boolean => inRelease(looks, release) === true

/** One address, as text. */
export const ip = (usage: Dated<string>): Flag<string> => ({
  kind: ipKind,
  usage,
  options: { word: { '19.03': 'string', '29': 'ip' } },
})

type Words = FlagOptions<readonly string[]>

/** Addresses, as texts. */
export const ips = (usage: Dated<string>, options: Words = {}): Flag<readonly string[]> => ({
  kind: checked((text) => {
    if (parseIp(text) === undefined)
      throw new ValueError(`invalid string being converted to IP address: ${text}`)
  }),
  usage,
  options: { ...options, word: { '19.03': 'strings', '29': 'ipSlice' }, shown: { '19.03': '', '29': '[]' } },
})

/** Prefixes, as texts. */
export const prefixes = (usage: Dated<string>): Flag<readonly string[]> => ({
  kind: checked((text) => {
    if (parseCidr(text) === undefined) throw new ValueError(`invalid string being converted to CIDR: ${text}`)
  }),
  usage,
  options: { word: { '19.03': 'strings', '29': 'ipNetSlice' }, shown: { '19.03': '', '29': '[]' } },
})

const ipKind: Kind<string> = {
  ...stringKind,
  add(_, text, release) {
    if (looksIn(release) && text !== '' && parseIp(text.trim()) === undefined)
      throw new ValueError(`failed to parse IP: ${goQuote(text)}`)
    return text
  },
}

const checked = (check: (text: string) => void): Kind<readonly string[]> => ({
  ...stringsKind,
  add(previous, text, release) {
    const all = stringsKind.add(previous, text, release)
    if (looksIn(release)) for (const one of all.slice(previous.length)) check(one.trim())
    return all
  },
})
