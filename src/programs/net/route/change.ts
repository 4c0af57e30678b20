// What `route add` and `route del` ask of the kernel: their words become a route.

import { lengthOfMask, mask4 } from '../../../base/cidr.ts'
import { Errno } from '../../../base/errno.ts'
import { parseIp4 } from '../../../base/ip.ts'
import type { Process } from '../../../kernel/process.ts'
import { addRoute, type RouteSpec, removeRoute } from '../../../net/route.ts'

export type RouteWords =
  | { readonly spec: RouteSpec; readonly device: string | undefined }
  | { readonly wrong: 'usage' | 'mask' }
  | { readonly wrong: 'name' | 'unsimulated'; readonly word: string }

/** The route that the words after `add` or `del` describe. */
export function readRouteWords(words: readonly string[]): RouteWords {
  const rest = [...words]
  const kind = rest[0] === '-net' || rest[0] === '-host' ? rest.shift() : undefined
  const target = rest.shift()
  if (target === undefined) return { wrong: 'usage' }
  const [address = '', lengthText] = target.split('/')
  const isDefault = target === 'default'
  const ip = isDefault ? 0 : parseIp4(address)
  if (ip === undefined) return { wrong: 'name', word: target }
  let length = lengthText === undefined ? undefined : Number(lengthText)
  const spec: { -readonly [Key in keyof RouteSpec]: RouteSpec[Key] } = { destination: { ip, length: 0 } }
  let device: string | undefined
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === 'reject') {
      spec.type = 'unreachable'
      continue
    }
    if (unsimulated.has(word)) return { wrong: 'unsimulated', word }
    const takesValue = ['netmask', 'gw', 'gateway', 'metric', 'dev', 'device'].includes(word)
    const value = takesValue ? rest.shift() : word
    if (value === undefined) return { wrong: 'usage' }
    if (word === 'netmask') length = lengthOfMask(parseIp4(value) ?? -1)
    else if (word === 'metric') spec.metric = Number(value)
    else if (word === 'gw' || word === 'gateway') {
      const gateway = parseIp4(value)
      if (gateway === undefined) return { wrong: 'name', word: value }
      spec.gateway = gateway
    } else device = value
  }
  const chosen = length
  length ??= isDefault ? 0 : kind === '-net' ? classOf(ip) : 32
  spec.destination = { ip, length }
  if (chosen !== undefined && (ip & ~mask4(length)) >>> 0 !== 0) return { wrong: 'mask' }
  return { spec, device }
}

const unsimulated: ReadonlySet<string> = new Set(['mss', 'window', 'irtt', 'mod', 'dyn', 'reinstate'])

const classOf = (ip: number): number => (ip === 0 ? 0 : ip >>> 31 === 0 ? 8 : ip >>> 30 === 2 ? 16 : 24)

/** Does it. Throws Errno as SIOCADDRT and SIOCDELRT do. */
export function changeRoute(
  proc: Process,
  verb: 'add' | 'del',
  { spec, device }: Extract<RouteWords, { spec: RouteSpec }>,
): void {
  if (!proc.may('NET_ADMIN')) throw new Errno('EPERM')
  const { ip, length } = spec.destination
  if (typeof ip === 'number' && (ip & ~mask4(length)) >>> 0 !== 0) throw new Errno('EINVAL')
  const link = device === undefined ? undefined : proc.net.linksByName.get(device)
  if (device !== undefined && !link) throw new Errno('ENODEV')
  const whole: RouteSpec = link ? { ...spec, link } : spec
  if (verb === 'del') removeRoute(proc.net, whole)
  else if (!link && spec.gateway === undefined && spec.type === undefined) throw new Errno('ENODEV')
  else addRoute(proc.net, whole, true)
}
