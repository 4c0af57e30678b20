// `ip address` of iproute2: the listing and the changes (ip/ipaddress.c).

import { contains, lastIp, parseCidr, printCidr } from '../../../base/cidr.ts'
import { isErrno } from '../../../base/errno.ts'
import { familyOf, type Ip, isIp4, parseIp, printIp } from '../../../base/ip.ts'
import type { Process } from '../../../kernel/process.ts'
import { addAddress, removeAddress } from '../../../net/link/admin.ts'
import { type Address, endOfAddress, isTentative, type Link } from '../../../net/link/link.ts'
import { addressProtocol, isSecondary, linksInOrder } from './facts.ts'
import { type Json, printJson } from './json.ts'
import { briefStart, linkJson, linkLines, statisticsLines } from './link-show.ts'
import { answerRefusal, mayAdminister } from './refusal.ts'
import { readSelection, type Selection, selects } from './selection.ts'
import { firstMatch, painted, type Settings } from './settings.ts'
import { addressUsage } from './usage.ts'

const verbs = ['add', 'change', 'chg', 'replace', 'delete', 'show', 'lst', 'list', 'flush', 'help'] as const

export function runAddress(proc: Process, words: readonly string[], settings: Settings): number {
  const [verb = 'show', ...rest] = words
  switch (firstMatch(verb, verbs)) {
    case 'add':
      return change(proc, rest, 'add')
    case 'change':
    case 'chg':
    case 'replace':
      return change(proc, rest, 'replace')
    case 'delete':
      return change(proc, rest, 'delete')
    case 'show':
    case 'lst':
    case 'list':
      return show(proc, rest, settings)
    case 'flush':
      return flush(proc, rest, settings)
    case 'help':
      return proc.fail(addressUsage, 255)
    default:
      return proc.fail(`Command "${verb}" is unknown, try "ip address help".`, 255)
  }
}

function show(proc: Process, words: readonly string[], settings: Settings): number {
  const selection = readSelection(proc, words)
  if (typeof selection === 'number') return selection
  const items: Json[] = []
  for (const link of linksInOrder(proc.net)) {
    if (!selects(selection, link)) continue
    const addresses = addressesOf(link, selection, settings)
    const narrowed = settings.family === 4 || settings.family === 6 || selection.narrow
    if (addresses.length === 0 && narrowed) continue
    if (settings.json)
      items.push({
        ...linkJson(link, settings, true),
        addr_info: addresses.map((one) => addressJson(proc, link, one, settings)),
      })
    else printLink(proc, link, addresses, settings, selection)
  }
  if (settings.json) proc.print(printJson(items, settings.pretty))
  return 0
}

function addressesOf(link: Link, selection: Selection, settings: Settings): Address[] {
  if (settings.family === 'link') return []
  return link.addresses
    .filter(
      ({ cidr, scope, label }) =>
        (settings.family === undefined || settings.family === familyOf(cidr.ip)) &&
        (selection.to === undefined || contains(selection.to, cidr.ip)) &&
        (selection.scope === undefined || selection.scope === scope) &&
        (selection.label === undefined || selection.label === label),
    )
    .sort((a, b) => familyOf(a.cidr.ip) - familyOf(b.cidr.ip))
}

function printLink(
  proc: Process,
  link: Link,
  addresses: readonly Address[],
  settings: Settings,
  selection: Selection,
): void {
  if (settings.brief) {
    const shown = addresses.map(({ cidr }) => `${paintedIp(settings, cidr.ip)}/${cidr.length} `)
    proc.print(briefStart(link, settings) + shown.join(''))
    return
  }
  if (settings.oneLine) {
    for (const address of addresses)
      proc.print(`${link.index}: ${link.name}${addressLines(proc, link, address, settings).join('\\')}`)
    return
  }
  const byTo = selection.to !== undefined ? { ...settings, family: familyOf(selection.to.ip) } : settings
  for (const line of linkLines(link, byTo, true)) proc.print(line)
  for (const address of addresses)
    for (const line of addressLines(proc, link, address, settings)) proc.print(line)
  if (settings.statistics > 0) for (const line of statisticsLines(link, settings.statistics)) proc.print(line)
}

const paintedIp = (settings: Settings, ip: Ip): string =>
  painted(settings, isIp4(ip) ? 'inet' : 'inet6', printIp(ip))

function addressLines(proc: Process, link: Link, address: Address, settings: Settings): string[] {
  const { cidr, broadcast, scope, label, dynamic, metric } = address
  const until = endOfAddress(address, proc.now())
  const six = !isIp4(cidr.ip)
  const protocol = settings.release.addressProtocols ? addressProtocol(link, address) : undefined
  const words = [
    `    ${six ? 'inet6' : 'inet'} ${paintedIp(settings, cidr.ip)}/${cidr.length}`,
    metric === undefined ? '' : ` metric ${metric}`,
    broadcast === undefined ? '' : ` brd ${paintedIp(settings, broadcast)}`,
    ` scope ${scope}`,
    isSecondary(link, address) ? ' secondary' : '',
    dynamic ? ' dynamic' : '',
    address.nodad ? ' nodad' : '',
    isTentative(address, proc.now()) ? ' tentative' : '',
    protocol === undefined ? '' : ` proto ${protocol}`,
    six ? ' ' : ` ${label}`,
  ]
  const left = until === undefined ? 'forever' : `${Math.floor((until - proc.now()) / 1e6)}sec`
  return [words.join(''), `       valid_lft ${left} preferred_lft ${left}`]
}

function addressJson(proc: Process, link: Link, address: Address, settings: Settings): Json {
  const { cidr, broadcast, scope, label, dynamic, metric } = address
  const start = { local: printIp(cidr.ip), prefixlen: cidr.length }
  if (settings.brief) return start
  const protocol = settings.release.addressProtocols ? addressProtocol(link, address) : undefined
  const until = endOfAddress(address, proc.now())
  const left = until === undefined ? 4294967295 : Math.floor((until - proc.now()) / 1e6)
  return {
    family: isIp4(cidr.ip) ? 'inet' : 'inet6',
    ...start,
    metric,
    broadcast: broadcast === undefined ? undefined : printIp(broadcast),
    scope,
    dynamic: dynamic || undefined,
    secondary: isSecondary(link, address) || undefined,
    nodad: address.nodad || undefined,
    tentative: isTentative(address, proc.now()) || undefined,
    protocol,
    label: isIp4(cidr.ip) ? label : undefined,
    valid_life_time: left,
    preferred_life_time: left,
  }
}

function change(proc: Process, words: readonly string[], how: 'add' | 'replace' | 'delete'): number {
  const read = readChange(proc, words)
  if (typeof read === 'number') return read
  const { text, dev, options } = read
  if (dev === undefined) return proc.fail('Not enough information: "dev" argument is required.', 1)
  const ip = parseIp(text)
  const cidr = parseCidr(text) ?? (ip === undefined ? undefined : { ip, length: isIp4(ip) ? 32 : 128 })
  if (!cidr) return proc.fail(`Error: any valid prefix is expected rather than "${text}".`, 1)
  const link = proc.net.linksByName.get(dev)
  if (!link) return proc.fail(`Cannot find device "${dev}"`, 1)
  if (!mayAdminister(proc)) return 2
  const six = !isIp4(cidr.ip)
  try {
    if (how === 'delete') return remove(proc, link, cidr, ip !== undefined)
    const broadcast = options.broadcast === '+' ? lastIp(cidr) : parseIp(options.broadcast ?? '')
    if (how === 'replace' && link.addresses.some((one) => printCidr(one.cidr) === printCidr(cidr))) return 0
    addAddress(link, cidr, {
      ...(broadcast === undefined ? {} : { broadcast }),
      ...(options.label === undefined ? {} : { label: options.label }),
      ...(options.scope === undefined ? {} : { scope: options.scope }),
    })
    return 0
  } catch (cause) {
    if (isErrno(cause, 'EEXIST'))
      return proc.fail(
        six ? 'Error: ipv6: address already assigned.' : 'Error: ipv4: Address already assigned.',
        2,
      )
    if (isErrno(cause, 'EACCES')) return proc.fail('Error: ipv6: IPv6 is disabled on this device.', 2)
    if (isErrno(cause, 'EADDRNOTAVAIL'))
      return proc.fail(six ? 'Error: ipv6: address not found.' : 'Error: ipv4: Address not found.', 2)
    return answerRefusal(proc, cause)
  }
}

function remove(proc: Process, link: Link, cidr: { ip: Ip; length: number }, wildcard: boolean): number {
  const found = wildcard ? link.addresses.find((one) => one.cidr.ip === cidr.ip)?.cidr : cidr
  if (wildcard && found && found.length !== cidr.length) {
    proc.printError('Warning: Executing wildcard deletion to stay compatible with old scripts.')
    proc.printError(
      `         Explicitly specify the prefix length (${printCidr(cidr)}) to avoid this warning.`,
    )
    proc.printError('         This special behaviour is likely to disappear in further releases,')
    proc.printError('         fix your scripts!')
  }
  removeAddress(link, found ?? cidr)
  return 0
}

interface Change {
  readonly text: string
  readonly dev: string | undefined
  readonly options: { broadcast?: string; label?: string; scope?: Address['scope'] }
}

function readChange(proc: Process, words: readonly string[]): Change | number {
  const rest = [...words]
  const options: Change['options'] = {}
  let text: string | undefined
  let dev: string | undefined
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === 'dev') dev = rest.shift() ?? ''
    else if (word === 'brd' || word === 'broadcast') options.broadcast = rest.shift() ?? ''
    else if (word === 'label') options.label = rest.shift() ?? ''
    else if (word === 'scope') options.scope = (rest.shift() ?? 'global') as Address['scope']
    else if (word === 'nodad' || word === 'noprefixroute' || word === 'home') continue
    else if (word === 'valid_lft' || word === 'preferred_lft' || word === 'metric' || word === 'proto')
      rest.shift()
    else if (word === 'local') text = rest.shift() ?? ''
    else if (text === undefined) text = word
    else return proc.fail(`Error: either "local" is duplicate, or "${word}" is a garbage.`, 255)
  }
  if (text === undefined && dev === undefined)
    return proc.fail('Not enough information: "dev" argument is required.', 1)
  return { text: text ?? '', dev, options }
}

function flush(proc: Process, words: readonly string[], settings: Settings): number {
  if (words.length === 0) return proc.fail('Flush requires arguments.', 1)
  const selection = readSelection(proc, words)
  if (typeof selection === 'number') return selection
  const chosen = linksInOrder(proc.net)
    .filter((link) => selects(selection, link))
    .map((link) => ({ link, addresses: addressesOf(link, selection, settings) }))
  if (chosen.every(({ addresses }) => addresses.length === 0)) return 0
  if (!mayAdminister(proc, 'Failed to send flush request: Operation not permitted\nFlush terminated'))
    return 1
  for (const { link, addresses } of chosen) for (const { cidr } of addresses) removeAddress(link, cidr)
  return 0
}
