// /proc/PID/net: the network namespace of a process as text tables (proc_net(5)).

import type { Bytes } from '../../../base/bytes.ts'
import { mask4 } from '../../../base/cidr.ts'
import { Errno } from '../../../base/errno.ts'
import { anyOf, type Family, familyOf, type Ip, isIp4, printIp } from '../../../base/ip.ts'
import { noMac, printMac } from '../../../base/mac.ts'
import { isTentative } from '../../../net/link/link.ts'
import type { Namespace } from '../../../net/namespace.ts'
import { listNeighbors } from '../../../net/neighbor/table.ts'
import { listRoutes } from '../../../net/route.ts'
import { computedDirectory, computedFile, lines, viewer } from '../computed.ts'
import type { Caller } from '../filesystem.ts'
import type { Node } from '../node.ts'
import { visibleProcesses } from './visible.ts'

/** /proc/PID/net of the process `pid`. */
export const netDirectory = (pid: string): Node => computedDirectory(listNet, findNet, pid)

const tables: Readonly<Record<string, (net: Namespace) => string[]>> = {
  arp: arpTable,
  dev: devTable,
  if_inet6: inet6Table,
  route: routeTable,
  tcp: tcpTable,
  tcp6: tcp6Table,
  udp: udpTable,
  udp6: udp6Table,
}

function listNet(): string[] {
  return Object.keys(tables)
}

function findNet(_: Caller, pid: string, name: string): Node | undefined {
  return Object.hasOwn(tables, name) ? computedFile(readTable, `${pid}/${name}`) : undefined
}

function readTable(caller: Caller, subject: string): Bytes {
  const [pid = '', name = ''] = subject.split('/')
  const process = visibleProcesses(viewer(caller)).get(Number(pid))
  if (!process) throw new Errno('ESRCH', pid)
  return lines(tables[name]?.(process.net) ?? [])
}

/** net/core/net-procfs.c, dev_seq_printf_stats. */
function devTable(net: Namespace): string[] {
  const rows = [
    'Inter-|   Receive                                                |  Transmit',
    ' face |bytes    packets errs drop fifo frame compressed multicast|bytes    packets errs drop fifo colls carrier compressed',
  ]
  for (const { name, counters } of net.links.values())
    rows.push(
      `${name.padStart(6)}: ${cells([
        [counters.rxBytes, 7],
        [counters.rxPackets, 7],
        [counters.rxErrors, 4],
        [counters.rxDropped, 4],
        [0, 4],
        [0, 5],
        [0, 10],
        [0, 9],
        [counters.txBytes, 8],
        [counters.txPackets, 7],
        [counters.txErrors, 4],
        [counters.txDropped, 4],
        [0, 4],
        [0, 5],
        [0, 7],
        [0, 10],
      ])}`,
    )
  return rows
}

/** net/ipv6/addrconf.c, if6_seq_show: scopes and flags as include/uapi/linux/if_addr.h numbers them. */
function inet6Table(net: Namespace): string[] {
  const { now } = net.fabric.scheduler
  const scopes = { host: '10', link: '20', global: '00' }
  return [...net.links.values()].flatMap((link) =>
    link.addresses.flatMap((address) => {
      const { cidr, scope, nodad } = address
      if (isIp4(cidr.ip)) return []
      const flags = 0x80 | (nodad ? 0x02 : 0) | (isTentative(address, now) ? 0x40 : 0)
      const digits = cidr.ip.toString(16).padStart(32, '0')
      return `${digits} ${hex2(link.index)} ${hex2(cidr.length)} ${scopes[scope]} ${hex2(flags)} ${link.name.padStart(8)}`
    }),
  )
}

const hex2 = (value: number): string => value.toString(16).padStart(2, '0')

/** net/ipv4/arp.c, arp_format_neigh_entry. */
function arpTable(net: Namespace): string[] {
  const rows = ['IP address       HW type     Flags       HW address            Mask     Device']
  for (const { ip, mac, link, state } of listNeighbors(net)) {
    if (!isIp4(ip)) continue
    const flags = mac === undefined ? '0x0' : state === 'PERMANENT' ? '0x6' : '0x2'
    rows.push(
      `${printIp(ip).padEnd(16)} 0x${'1'.padEnd(10)}${flags.padEnd(10)}  ${printMac(mac ?? noMac).padEnd(21)} ${'*'.padEnd(8)} ${link.name}`,
    )
  }
  return rows
}

/** net/ipv4/fib_trie.c, fib_route_seq_show: numbers in the byte order of the machine. */
function routeTable(net: Namespace): string[] {
  const rows = [
    'Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT'.padEnd(127),
  ]
  for (const { destination, gateway, link, metric, type } of listRoutes(net, 4)) {
    if (!isIp4(destination.ip)) continue
    const via = gateway !== undefined && isIp4(gateway) ? gateway : 0
    const flags = (type === 'unicast' ? 1 : 0x201) | (via ? 2 : 0) | (destination.length === 32 ? 4 : 0)
    rows.push(
      `${link?.name ?? '*'}\t${littleEndian(destination.ip)}\t${littleEndian(via)}\t${hex(flags, 4)}\t0\t0\t${metric}\t${littleEndian(mask4(destination.length))}\t0\t0\t0`.padEnd(
        127,
      ),
    )
  }
  return rows
}

const states: Readonly<Record<string, number>> = {
  ESTAB: 1,
  'SYN-SENT': 2,
  'SYN-RECV': 3,
  'FIN-WAIT-1': 4,
  'FIN-WAIT-2': 5,
  'TIME-WAIT': 6,
  CLOSED: 7,
  'CLOSE-WAIT': 8,
  'LAST-ACK': 9,
  LISTEN: 10,
  CLOSING: 11,
}

function tcpTable(net: Namespace): string[] {
  return socketRows(tcpSockets(net), 4)
}

function tcp6Table(net: Namespace): string[] {
  return socketRows(tcpSockets(net), 6)
}

function udpTable(net: Namespace): string[] {
  return socketRows(udpSockets(net), 4)
}

function udp6Table(net: Namespace): string[] {
  return socketRows(udpSockets(net), 6)
}

interface SocketRow {
  readonly local: readonly [Ip, number]
  readonly remote: readonly [Ip, number]
  readonly state: number
  readonly queued: readonly [transmit: number, receive: number]
}

function tcpSockets(net: Namespace): SocketRow[] {
  const rows: SocketRow[] = []
  for (const listeners of net.sockets.listeners?.values() ?? [])
    for (const { localIp, localPort, family, queue } of listeners)
      rows.push({
        local: [localIp, localPort],
        remote: [anyOf(family), 0],
        state: 10,
        queued: [0, queue.length],
      })
  for (const byRemotePort of net.sockets.connections?.values() ?? [])
    for (const connections of byRemotePort.values())
      for (const one of connections)
        rows.push({
          local: [one.localIp, one.localPort],
          remote: [one.remoteIp, one.remotePort],
          state: states[one.state] ?? 7,
          queued: [one.sendBuffer.length, one.receivedBytes],
        })
  return rows
}

function udpSockets(net: Namespace): SocketRow[] {
  return [...(net.sockets.udp?.values() ?? [])].flat().map((socket) => ({
    local: [socket.localIp, socket.localPort] as const,
    remote: [socket.remoteIp ?? anyOf(socket.family), socket.remotePort] as const,
    state: socket.remoteIp === undefined ? 7 : 1,
    queued: [0, socket.receivedBytes] as const,
  }))
}

/** net/ipv4/tcp_ipv4.c, tcp4_seq_show. */
function socketRows(sockets: readonly SocketRow[], family: Family): string[] {
  const title =
    family === 4
      ? '  sl  local_address rem_address   st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode'
      : '  sl  local_address                         remote_address                        st tx_queue rx_queue tr tm->when retrnsmt   uid  timeout inode'
  const own = sockets.filter(({ local }) => familyOf(local[0]) === family)
  const rows = own.map(({ local, remote, state, queued }, index) => {
    const ends = `${endOf(local)} ${endOf(remote)} ${hex(state, 2)}`
    const queues = `${hex(queued[0], 8)}:${hex(queued[1], 8)}`
    return `${String(index).padStart(4)}: ${ends} ${queues} 00:00000000 00000000     0        0 ${20000 + index} 1 0000000000000000 100 0 0 10 0`
  })
  return family === 4 ? [title, ...rows].map((row) => row.padEnd(149)) : [title, ...rows]
}

function endOf([ip, port]: readonly [Ip, number]): string {
  if (isIp4(ip)) return `${littleEndian(ip)}:${hex(port, 4)}`
  const words = [96n, 64n, 32n, 0n].map((shift) => littleEndian(Number((ip >> shift) & 0xffffffffn)))
  return `${words.join('')}:${hex(port, 4)}`
}

const hex = (value: number, width: number): string => value.toString(16).toUpperCase().padStart(width, '0')

const littleEndian = (value: number): string =>
  [0, 8, 16, 24].map((shift) => hex((value >>> shift) & 255, 2)).join('')

const cells = (columns: readonly (readonly [value: number, width: number])[]): string =>
  columns.map(([value, width]) => String(value).padStart(width)).join(' ')
