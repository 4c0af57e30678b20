// `ip address` of busybox (networking/libiproute/ipaddress.c).

import { bitsOf, type Cidr, lastIp, parseCidr } from '../../../base/cidr.ts'
import { familyOf, type Ip, isIp4, parseIp, printIp } from '../../../base/ip.ts'
import type { Process } from '../../../kernel/process.ts'
import { addAddress, removeAddress } from '../../../net/link/admin.ts'
import { type Address, endOfAddress, isTentative, type Link } from '../../../net/link/link.ts'
import {
  type BusyboxSettings,
  denied,
  deviceIn,
  invalid,
  linkHead,
  linkLines,
  noDevice,
} from './busybox-words.ts'
import { isSecondary, linksInOrder } from './facts.ts'

function addressLines(proc: Process, one: Link, item: Address): string[] {
  const { cidr, broadcast, scope, label } = item
  const until = endOfAddress(item, proc.now())
  const six = !isIp4(cidr.ip)
  const text = [
    `    ${six ? 'inet6' : 'inet'} ${printIp(cidr.ip)}/${cidr.length}`,
    broadcast === undefined ? '' : ` brd ${printIp(broadcast)}`,
    ` scope ${scope}`,
    isSecondary(one, item) ? ' secondary' : '',
    isTentative(item, proc.now()) ? ' tentative' : '',
    item.dynamic ? ' dynamic' : '',
    item.nodad ? ' flags 02' : '',
    six ? ' ' : ` ${label}`,
  ].join('')
  const left = until === undefined ? 'forever' : `${Math.floor((until - proc.now()) / 1e6)}sec`
  return [text, `       valid_lft ${left} preferred_lft ${left}`]
}

/** Errors of the kernel are thrown on. */
export function busyboxAddress(proc: Process, words: readonly string[], settings: BusyboxSettings): number {
  const [verb = 'list', ...rest] = words
  const name = ['add', 'change', 'chg', 'replace', 'delete', 'list', 'show', 'lst', 'flush'].find((one) =>
    one.startsWith(verb),
  )
  if (name === undefined) return invalid(proc, verb)
  if (name === 'list' || name === 'show' || name === 'lst') return showAddresses(proc, rest, settings)
  if (name === 'flush') return flushAddresses(proc, rest)
  return changeAddress(proc, name === 'delete', rest)
}

function showAddresses(proc: Process, words: readonly string[], settings: BusyboxSettings): number {
  const device = deviceIn(words)
  if (device !== undefined && !proc.net.linksByName.has(device)) return noDevice(proc, device)
  const wanted = words.includes('scope') ? words[words.indexOf('scope') + 1] : undefined
  for (const one of linksInOrder(proc.net)) {
    if (device !== undefined && one.name !== device) continue
    if (words.includes('up') && !one.up) continue
    const items = one.addresses
      .filter(
        ({ cidr, scope }) =>
          (settings.family === undefined || familyOf(cidr.ip) === settings.family) &&
          (wanted === undefined || scope === wanted),
      )
      .sort((a, b) => familyOf(a.cidr.ip) - familyOf(b.cidr.ip))
    if (settings.oneLine) {
      for (const item of items)
        proc.print(`${one.index}: ${one.name}${addressLines(proc, one, item).join('\\')}`)
      continue
    }
    if ((settings.family !== undefined || wanted !== undefined) && items.length === 0) continue
    for (const line of settings.family === undefined ? linkLines(one) : [linkHead(one)]) proc.print(line)
    for (const item of items) for (const line of addressLines(proc, one, item)) proc.print(line)
  }
  return 0
}

function flushAddresses(proc: Process, words: readonly string[]): number {
  const device = deviceIn(words)
  const one = device === undefined ? undefined : proc.net.linksByName.get(device)
  if (device === undefined) return proc.fail('ip: flush requires arguments')
  if (!one) return noDevice(proc, device)
  if (!proc.may('NET_ADMIN')) return denied(proc)
  for (const { cidr } of [...one.addresses]) removeAddress(one, cidr)
  return 0
}

function changeAddress(proc: Process, removing: boolean, words: readonly string[]): number {
  const rest = [...words]
  let text = ''
  let device: string | undefined
  let broadcast: string | undefined
  let label: string | undefined
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === 'dev') device = rest.shift()
    else if (word === 'brd' || word === 'broadcast') broadcast = rest.shift()
    else if (word === 'label') label = rest.shift()
    else if (word === 'scope' || word === 'peer') rest.shift()
    else if (word !== 'local') text = word
  }
  if (device === undefined) return proc.fail('ip: need "dev IFACE"')
  const ip = parseIp(text)
  const cidr: Cidr | undefined =
    parseCidr(text) ?? (ip === undefined ? undefined : { ip, length: bitsOf(familyOf(ip)) })
  const one = proc.net.linksByName.get(device)
  if (!one) return noDevice(proc, device)
  if (!cidr) return proc.fail('ip: RTNETLINK answers: Numerical result out of range', 2)
  if (!proc.may('NET_ADMIN')) return denied(proc)
  if (removing) removeAddress(one, cidr)
  else {
    const brd: Ip | undefined = broadcast === '+' ? lastIp(cidr) : parseIp(broadcast ?? '')
    addAddress(one, cidr, {
      ...(brd === undefined ? {} : { broadcast: brd }),
      ...(label === undefined ? {} : { label }),
    })
  }
  return 0
}
