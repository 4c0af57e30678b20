// /sys (sysfs(5)): the links of the reader's network namespace under /sys/class/net.

import { type Bytes, encode } from '../../base/bytes.ts'
import { Errno } from '../../base/errno.ts'
import { printMac } from '../../base/mac.ts'
import { isLoopbackLink, type Link } from '../../net/link/link.ts'
import { appearsRunning } from '../../net/link/linkwatch.ts'
import { computedDirectory, computedFile, fixedDirectory, viewer } from './computed.ts'
import type { Caller } from './filesystem.ts'
import type { Node } from './node.ts'

/** The root of a sysfs, for `mount`. */
export const sysRoot: Node = fixedDirectory({
  block: fixedDirectory({}),
  class: fixedDirectory({ net: computedDirectory(listLinks, findLink) }),
  fs: fixedDirectory({ cgroup: fixedDirectory({}) }),
  kernel: fixedDirectory({}),
  module: fixedDirectory({}),
})

function listLinks(caller: Caller): string[] {
  return [...viewer(caller).net.linksByName.keys()].sort()
}

function findLink(caller: Caller, _: string, name: string): Node | undefined {
  return viewer(caller).net.linksByName.has(name) ? computedDirectory(listFiles, findFile, name) : undefined
}

const files: Readonly<Record<string, (link: Link) => string>> = {
  address: (link) => printMac(link.mac),
  carrier: (link) => (link.kind.hasCarrier(link) ? '1' : '0'),
  ifindex: (link) => String(link.index),
  iflink: (link) => String(link.kind.peerIndex?.(link) ?? link.index),
  mtu: (link) => String(link.mtu),
  operstate: (link) => (isLoopbackLink(link) ? 'unknown' : appearsRunning(link) ? 'up' : 'down'),
  tx_queue_len: (link) => String(link.queueLength),
  type: (link) => (isLoopbackLink(link) ? '772' : '1'),
}

const statistics: Readonly<Record<string, (link: Link) => number>> = {
  rx_bytes: (link) => link.counters.rxBytes,
  rx_dropped: (link) => link.counters.rxDropped,
  rx_errors: (link) => link.counters.rxErrors,
  rx_packets: (link) => link.counters.rxPackets,
  tx_bytes: (link) => link.counters.txBytes,
  tx_dropped: (link) => link.counters.txDropped,
  tx_errors: (link) => link.counters.txErrors,
  tx_packets: (link) => link.counters.txPackets,
}

function listFiles(caller: Caller, name: string): string[] {
  const hasMaster = viewer(caller).net.linksByName.get(name)?.master !== undefined
  return [...Object.keys(files), ...(hasMaster ? ['master'] : []), 'statistics'].sort()
}

function findFile(_: Caller, link: string, name: string): Node | undefined {
  if (name === 'statistics') return computedDirectory(listStatistics, findStatistic, link)
  return Object.hasOwn(files, name) ? computedFile(readLinkFile, `${link}/${name}`) : undefined
}

function listStatistics(): string[] {
  return Object.keys(statistics)
}

function findStatistic(_: Caller, link: string, name: string): Node | undefined {
  return Object.hasOwn(statistics, name) ? computedFile(readLinkFile, `${link}/${name}`) : undefined
}

function readLinkFile(caller: Caller, subject: string): Bytes {
  const [linkName = '', name = ''] = subject.split('/')
  const link = viewer(caller).net.linksByName.get(linkName)
  if (!link) throw new Errno('ENODEV', linkName)
  return encode(`${files[name]?.(link) ?? statistics[name]?.(link) ?? ''}\n`)
}
