// What ifconfig changes: its words become requests, each named as the ioctl that carries it. Both flavours make them;
// how they go on after a refusal is theirs.

import { lastIp, lengthOfMask } from '../../../base/cidr.ts'
import { Errno, isErrno } from '../../../base/errno.ts'
import { type Ip, isIp4, parseIp4, parseIp6 } from '../../../base/ip.ts'
import { parseMac } from '../../../base/mac.ts'
import type { Process } from '../../../kernel/process.ts'
import { addAddress, removeAddress, setDown, setMac, setMtu, setUp } from '../../../net/link/admin.ts'
import type { Link } from '../../../net/link/link.ts'

/** `GIFFLAGS` and its like, without `SIOC`. */
export type RequestName =
  | 'SIFADDR'
  | 'SIFBRDADDR'
  | 'SIFNETMASK'
  | 'SIFMTU'
  | 'SIFHWADDR'
  | 'SIFFLAGS'
  | 'DIFADDR'

export interface Request {
  readonly name: RequestName
  /** Done by name: an IPv6 address needs the link's index first. */
  readonly byIndex: boolean
  /** Throws Errno. */
  readonly perform: () => void
}

/** The words are wrong; `what` says how. */
export type WrongWords =
  | { readonly wrong: 'usage' }
  | { readonly wrong: 'address' | 'hardware' | 'unsimulated'; readonly word: string }

/** The requests that `words` after the interface's name ask for, in the order in which they are made. */
export function requestsOf(proc: Process, name: string, words: readonly string[]): Request[] | WrongWords {
  const requests: Request[] = []
  const last: Request[] = []
  const rest = words[0] === 'inet' || words[0] === 'inet6' ? words.slice(1) : [...words]
  const ask: Ask = (request, perform, byIndex = false) => ({
    name: request,
    byIndex,
    perform: () => performOn(proc, name, perform),
  })
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const value = (): string | undefined => rest.shift()
    if (word === 'up' || word === 'down') {
      requests.push(ask('SIFFLAGS', word === 'up' ? setUp : (link) => takeDown(link, name)))
    } else if (word === 'mtu') {
      const text = value()
      if (text === undefined) return { wrong: 'usage' }
      requests.push(ask('SIFMTU', (link) => setMtu(link, Number.parseInt(text, 10) || 0)))
    } else if (word === 'netmask' || word === 'broadcast') {
      const text = value()
      if (text === undefined) return { wrong: 'usage' }
      const ip = parseIp4(text)
      if (ip === undefined) return { wrong: 'address', word: text }
      if (word === 'netmask') last.push(ask('SIFNETMASK', (link) => setMask(link, name, ip)))
      else
        requests.push(
          ask('SIFBRDADDR', (link) => replace(link, name, { broadcast: ip })),
          // IFF_BROADCAST, which all links have that have a broadcast address.
          ask('SIFFLAGS', () => {}),
        )
    } else if (word === 'hw') {
      const kind = value()
      const text = value()
      if (text === undefined) return { wrong: 'usage' }
      const mac = parseMac(text)
      if (kind !== 'ether' || mac === undefined) return { wrong: 'hardware', word: text }
      requests.push(ask('SIFHWADDR', (link) => setMac(link, mac)))
    } else if (word === 'add' || word === 'del') {
      const text = value()
      if (text === undefined) return { wrong: 'usage' }
      const request = ip6Request(ask, word, text)
      if (!request) return { wrong: 'address', word: text }
      requests.push(request)
    } else if (unsimulated.has(word)) return { wrong: 'unsimulated', word }
    else {
      const [address = '', length] = word.split('/')
      const ip = parseIp4(address)
      if (ip === undefined) return { wrong: 'address', word }
      requests.push(ask('SIFADDR', (link) => setIp4(link, name, ip)))
      if (ip !== 0) requests.push(ask('SIFFLAGS', setUp))
      if (length !== undefined)
        last.push(ask('SIFNETMASK', (link) => replace(link, name, { length: Number(length) })))
    }
  }
  return [...requests, ...last]
}

type Ask = (request: RequestName, perform: (link: Link) => void, byIndex?: boolean) => Request

function ip6Request(ask: Ask, verb: 'add' | 'del', text: string): Request | undefined {
  const [address = '', length = '128'] = text.split('/')
  const ip = parseIp6(address)
  if (ip === undefined) return undefined
  const cidr = { ip, length: Number(length) }
  return verb === 'add'
    ? ask('SIFADDR', (link) => void addAddress(link, cidr), true)
    : ask('DIFADDR', (link) => removeAddress(link, cidr), true)
}

const unsimulated: ReadonlySet<string> = new Set(
  `arp -arp trailers -trailers promisc -promisc multicast -multicast allmulti -allmulti dynamic -dynamic metric
  outfill keepalive pointopoint -pointopoint dstaddr tunnel -broadcast mem_start io_addr irq media txqueuelen name`.split(
    /\s+/,
  ),
)

/** Errors: EPERM before ENODEV, as the kernel asks. */
function performOn(proc: Process, name: string, perform: (link: Link) => void): void {
  const link = proc.net.linksByName.get(name.replace(/:.*/, ''))
  if (!link) throw new Errno('ENODEV')
  if (!proc.may('NET_ADMIN')) throw new Errno('EPERM')
  perform(link)
}

/** A label that goes down takes its address away. */
function takeDown(link: Link, name: string): void {
  if (name === link.name) return setDown(link)
  const address = link.addresses.find(({ label }) => label === name)
  if (!address) throw new Errno('EADDRNOTAVAIL')
  removeAddress(link, address.cidr)
}

/** Gives the label a new address, with the mask of its class (devinet.c, inet_abc_len). */
function setIp4(link: Link, label: string, ip: number): void {
  const former = link.addresses.find((address) => isIp4(address.cidr.ip) && address.label === label)
  if (former) removeAddress(link, former.cidr)
  if (ip === 0) return
  const length = ip >>> 31 === 0 ? 8 : ip >>> 30 === 2 ? 16 : 24
  const cidr = { ip, length }
  const broadcast = lastIp(cidr)
  addAddress(link, cidr, { label, ...(link.kind.name === 'loopback' ? {} : { broadcast }) })
}

function setMask(link: Link, label: string, mask: number): void {
  const length = lengthOfMask(mask)
  if (length === undefined) throw new Errno('EINVAL')
  replace(link, label, { length })
}

/** Changes the mask or the broadcast address; the latter follows the mask unless it was chosen. */
function replace(link: Link, label: string, change: { length?: number; broadcast?: Ip }): void {
  const former = link.addresses.find((address) => isIp4(address.cidr.ip) && address.label === label)
  if (!former) throw new Errno('EADDRNOTAVAIL')
  const cidr = { ip: former.cidr.ip, length: change.length ?? former.cidr.length }
  const followed = former.broadcast === lastIp(former.cidr) ? lastIp(cidr) : former.broadcast
  const broadcast = change.broadcast ?? followed
  removeAddress(link, former.cidr)
  addAddress(link, cidr, { label, scope: former.scope, ...(broadcast === undefined ? {} : { broadcast }) })
}

/** Makes a request; the error that refused it, if one did. */
export function attempt(request: Request): Errno | undefined {
  try {
    request.perform()
    return undefined
  } catch (cause) {
    if (isErrno(cause)) return cause
    throw cause
  }
}
