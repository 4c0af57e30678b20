// The sockets of a namespace as rows: what ss and netstat print, each in its own layout.

import { anyOf, type Family, familyOf, type Ip } from '../../base/ip.ts'
import { commandName, visiblePid } from '../../kernel/fs/proc/visible.ts'
import { readTextIfAny } from '../../kernel/fs/read.ts'
import type { Process } from '../../kernel/process.ts'
import { type SocketOwner, type SocketRecord, socketOwners } from '../../kernel/socket.ts'
import { listSockets } from '../../net/socket/table.ts'
import type { TcpState } from '../../net/socket/tcp/connection.ts'

export interface SocketRow {
  readonly protocol: 'tcp' | 'udp'
  readonly family: Family
  /** As ss names them. */
  readonly state: Exclude<TcpState, 'CLOSED'> | 'LISTEN' | 'UNCONN'
  readonly received: number
  readonly sent: number
  /** Of a listener: how many connections may wait. */
  readonly backlog: number | undefined
  readonly local: End
  readonly remote: End
  readonly v6only: boolean
  /** The only link it uses. */
  readonly device: string | undefined
  /** Those of its processes that the viewer may know, with their descriptors. */
  readonly owners: readonly Owner[]
  readonly uid: number
}

export interface End {
  readonly ip: Ip
  readonly port: number
}

export interface Owner {
  readonly pid: number
  readonly name: string
  readonly descriptor: number
}

/** The TCP and UDP sockets that `proc` sees: IPv4 before IPv6, listeners before connections. */
export function socketRows(proc: Process): SocketRow[] {
  const { udp, listeners, connections } = listSockets(proc.net)
  const holders = socketOwners(proc.machine)
  const rows: SocketRow[] = []
  for (const socket of udp) {
    if (socket.localPort === 0) continue
    const { family, v6only, localIp, localPort, remoteIp, remotePort, receivedBytes, link } = socket
    rows.push({
      protocol: 'udp',
      family,
      v6only,
      state: remoteIp === undefined ? 'UNCONN' : 'ESTAB',
      received: receivedBytes,
      sent: 0,
      backlog: undefined,
      local: { ip: localIp, port: localPort },
      remote: { ip: remoteIp ?? anyOf(family), port: remotePort },
      device: link?.name,
      ...heldBy(proc, holders, socket),
    })
  }
  for (const listener of listeners) {
    const { family, v6only, localIp, localPort, queue, backlog } = listener
    rows.push({
      protocol: 'tcp',
      family,
      v6only,
      state: 'LISTEN',
      received: queue.length,
      sent: 0,
      backlog,
      local: { ip: localIp, port: localPort },
      remote: { ip: anyOf(family), port: 0 },
      device: undefined,
      ...heldBy(proc, holders, listener),
    })
  }
  for (const connection of connections) {
    const { state, localIp, localPort, remoteIp, remotePort, receivedBytes, sendBuffer } = connection
    if (state === 'CLOSED') continue
    rows.push({
      protocol: 'tcp',
      family: familyOf(localIp),
      v6only: false,
      state,
      received: receivedBytes,
      sent: sendBuffer.length,
      backlog: undefined,
      local: { ip: localIp, port: localPort },
      remote: { ip: remoteIp, port: remotePort },
      device: undefined,
      ...heldBy(proc, holders, connection),
    })
  }
  const place = (row: SocketRow): number => (row.protocol === 'udp' ? 0 : 2) + (row.family === 4 ? 0 : 1)
  return rows.sort((a, b) => place(a) - place(b))
}

/** Root knows the owners of all sockets, others only their own (proc(5): /proc/PID/fd). */
function heldBy(
  proc: Process,
  holders: ReadonlyMap<SocketRecord, readonly SocketOwner[]>,
  socket: SocketRecord,
): Pick<SocketRow, 'owners' | 'uid'> {
  const held = holders.get(socket) ?? []
  const { uid } = proc.credentials
  const owners = held
    .filter(({ process }) => uid === 0 || process.credentials.uid === uid)
    .map(({ process, descriptor }) => ({
      pid: visiblePid(proc, process),
      name: commandName(process),
      descriptor,
    }))
    .filter(({ pid }) => pid !== 0)
  return { owners, uid: held[0]?.process.credentials.uid ?? 0 }
}

export type ServiceNames = ReadonlyMap<string, string>

/** `80/tcp` → `http`, from /etc/services. */
export function serviceNames(proc: Process): ServiceNames {
  const names = new Map<string, string>()
  for (const line of readTextIfAny(proc, '/etc/services').split('\n')) {
    const [name, port] = line.replace(/#.*/, '').trim().split(/\s+/)
    if (name && port && !names.has(port)) names.set(port, name)
  }
  return names
}
