// ip of busybox (networking/ip.c and libiproute of 1.37): fewer words than iproute2's, and its own errors.

import { isErrno, strerror } from '../../../base/errno.ts'
import { familyOf, printIp } from '../../../base/ip.ts'
import { parseMac, printMac } from '../../../base/mac.ts'
import type { Process } from '../../../kernel/process.ts'
import type { Program } from '../../../kernel/program.ts'
import {
  deleteLink,
  enslave,
  release,
  rename,
  setDown,
  setMac,
  setMtu,
  setUp,
} from '../../../net/link/admin.ts'
import { isBridge } from '../../../net/link/bridge.ts'
import type { Link } from '../../../net/link/link.ts'
import { listNeighbors, removeNeighbor, stateOf } from '../../../net/neighbor/table.ts'
import { refuse } from '../busybox/usage.ts'
import { busyboxAddress } from './busybox-address.ts'
import { busyboxRoute } from './busybox-route.ts'
import { type BusyboxSettings, denied, deviceIn, invalid, linkLines, noDevice } from './busybox-words.ts'
import { linksInOrder } from './facts.ts'
import { blankWanted, createWanted } from './new-link.ts'

export const busyboxIp: Program = {
  name: 'ip.busybox',
  *main(proc) {
    const settings: BusyboxSettings = { family: undefined, oneLine: false }
    const words = proc.argv.slice(1)
    while (words[0]?.startsWith('-')) {
      const word = words.shift() ?? ''
      if (word === '-4' || word === '-6') settings.family = word === '-4' ? 4 : 6
      else if (word === '-0') settings.family = 'link'
      else if (word === '-o' || word === '-oneline') settings.oneLine = true
      else if (word === '-f' || word === '-family') {
        const family = words.shift() ?? ''
        settings.family = family === 'inet' ? 4 : family === 'inet6' ? 6 : 'link'
      } else return refuse(proc, 'ip')
    }
    const [object, ...rest] = words
    const name = ['address', 'route', 'link', 'tunnel', 'neigh', 'rule'].find(
      (one) => object && one.startsWith(object),
    )
    try {
      if (name === 'address') return busyboxAddress(proc, rest, settings)
      if (name === 'route') return busyboxRoute(proc, rest, settings)
      if (name === 'link') return link(proc, rest, settings)
      if (name === 'neigh') return neighbor(proc, rest, settings)
      if (name === 'rule') return rule(proc, rest, settings)
      return name === 'tunnel' ? 0 : refuse(proc, 'ip')
    } catch (cause) {
      if (isErrno(cause)) return proc.fail(`ip: RTNETLINK answers: ${strerror(cause.code)}`, 2)
      throw cause
    }
  },
}

function link(proc: Process, words: readonly string[], settings: BusyboxSettings): number {
  const [verb = 'show', ...rest] = words
  const name = ['add', 'delete', 'set', 'show', 'lst', 'list'].find((one) => one.startsWith(verb))
  if (name === undefined) return invalid(proc, verb, 2)
  if (name === 'set') return setLink(proc, rest)
  if (name === 'add') return addLink(proc, rest)
  if (name === 'delete') {
    const device = (rest[0] === 'dev' ? rest[1] : rest[0]) ?? ''
    const one = proc.net.linksByName.get(device)
    if (!one) return noDevice(proc, device, 2)
    if (!proc.may('NET_ADMIN')) return denied(proc)
    deleteLink(one)
    return 0
  }
  const device = deviceIn(rest)
  if (device !== undefined && !proc.net.linksByName.has(device)) return noDevice(proc, device, 2)
  for (const one of linksInOrder(proc.net))
    if (device === undefined || one.name === device)
      proc.print(linkLines(one).join(settings.oneLine ? '\\' : '\n'))
  return 0
}

function setLink(proc: Process, words: readonly string[]): number {
  const rest = [...words]
  const device = (rest[0] === 'dev' ? rest.splice(0, 2)[1] : rest.shift()) ?? ''
  const one = proc.net.linksByName.get(device)
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const known = [
      'up',
      'down',
      'mtu',
      'name',
      'address',
      'master',
      'nomaster',
      'arp',
      'multicast',
      'promisc',
      'qlen',
      'netns',
    ]
    if (!known.includes(word)) return proc.fail(`ip: either "dev" is duplicate, or "${word}" is garbage`, 2)
    if (!one)
      return proc.fail(
        `ip: ${word === 'up' || word === 'down' ? 'SIOCGIFFLAGS' : 'SIOCGIFINDEX'}: No such device`,
        2,
      )
    if (!proc.may('NET_ADMIN'))
      return proc.fail(
        `ip: ${word === 'up' || word === 'down' ? 'SIOCSIFFLAGS' : 'ioctl'}: Operation not permitted`,
        2,
      )
    const status = applyLink(proc, one, word, rest)
    if (status !== 0) return status
  }
  return one ? 0 : noDevice(proc, device, 2)
}

function applyLink(proc: Process, one: Link, word: string, rest: string[]): number {
  if (word === 'up') setUp(one)
  else if (word === 'down') setDown(one)
  else if (word === 'mtu') setMtu(one, Number(rest.shift()))
  else if (word === 'name') rename(one, rest.shift() ?? '')
  else if (word === 'nomaster') release(one)
  else if (word === 'address') {
    const mac = parseMac(rest.shift() ?? '')
    if (mac === undefined) return proc.fail('ip: invalid address', 2)
    setMac(one, mac)
  } else if (word === 'master') {
    const master = proc.net.linksByName.get(rest.shift() ?? '')
    if (!master || !isBridge(master)) return noDevice(proc, master?.name ?? '', 2)
    enslave(one, master)
  } else return proc.fail(`ip: docksim does not simulate "ip link set ${word}"`, 2)
  return 0
}

function addLink(proc: Process, words: readonly string[]): number {
  const rest = [...words]
  const wanted = blankWanted()
  let id: string | undefined
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === 'type') wanted.kind = rest.shift()
    else if (word === 'peer') wanted.peer = rest[0] === 'name' ? rest.splice(0, 2)[1] : rest.shift()
    else if (word === 'link') wanted.below = rest.shift()
    else if (word === 'id') id = rest.shift()
    else if (word === 'name' || word === 'dev') wanted.name = rest.shift()
    else wanted.name = word
  }
  if (!proc.may('NET_ADMIN')) return denied(proc)
  if (wanted.below !== undefined && !proc.net.linksByName.has(wanted.below))
    return noDevice(proc, wanted.below, 2)
  if (id !== undefined) wanted.id = Number(id)
  if (wanted.name === undefined || !createWanted(proc.net, wanted))
    return proc.fail('ip: RTNETLINK answers: Operation not supported', 2)
  return 0
}

function neighbor(proc: Process, words: readonly string[], settings: BusyboxSettings): number {
  const [verb = 'show', ...rest] = words
  const flushing = verb !== '' && 'flush'.startsWith(verb)
  if (!flushing && !['show', 'list', 'lst'].some((one) => one.startsWith(verb))) return invalid(proc, verb)
  const place = rest.indexOf('dev')
  const device = place < 0 ? undefined : (rest[place + 1] ?? '')
  if (device !== undefined && !proc.net.linksByName.has(device)) return noDevice(proc, device)
  const chosen = listNeighbors(proc.net).filter(
    (one) =>
      (device === undefined || one.link.name === device) &&
      (settings.family === undefined || familyOf(one.ip) === settings.family),
  )
  const shown = flushing ? chosen.filter((one) => stateOf(one, proc.now()) !== 'FAILED') : chosen
  if (flushing && !proc.may('NET_ADMIN')) return denied(proc)
  for (const one of shown) {
    const state = stateOf(one, proc.now())
    const known = one.mac !== undefined && state !== 'FAILED' && state !== 'INCOMPLETE'
    const mac = known ? ` lladdr ${printMac(one.mac ?? 0)} ref 1` : ' '
    const at = device === undefined ? ` dev ${one.link.name}` : ''
    proc.print(`${printIp(one.ip)}${at}${mac} used 0/0/0 probes ${one.probes || 1} ${state}`)
  }
  if (flushing) {
    proc.print()
    proc.print(`*** Round 1, deleting ${shown.length} entries ***`)
    proc.print('*** Flush is complete after 1 round(s) ***')
    for (const one of shown) removeNeighbor(one.link, one.ip)
  }
  return 0
}

function rule(proc: Process, words: readonly string[], { family }: BusyboxSettings): number {
  const [verb = 'list'] = words
  if (!['list', 'show', 'lst'].some((one) => one.startsWith(verb)))
    return proc.fail('ip: docksim does not simulate changes of rules', 2)
  proc.print('0:\tfrom all lookup local ')
  proc.print('32766:\tfrom all lookup main ')
  if (family !== 6) proc.print('32767:\tfrom all lookup default ')
  return 0
}
