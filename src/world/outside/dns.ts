// A name server of the outside world: it knows the names of its zone, and nobody else (NXDOMAIN).

import { Errno } from '../../base/errno.ts'
import { type Ip, ipOfReverseName, isIp4 } from '../../base/ip.ts'
import type { Task } from '../../base/scheduler.ts'
import type { Machine } from '../../kernel/machine.ts'
import { type Process, spawn } from '../../kernel/process.ts'
import type { Program } from '../../kernel/program.ts'
import { ownSocket } from '../../kernel/socket.ts'
import { bindUdp, closeUdp, openUdp, sendUdp, takeDatagram, type UdpSocket } from '../../net/socket/udp.ts'
import type { DnsMessage, DnsRecord } from '../../net/wire/dns.ts'

/** Names in lower case, and their addresses. */
export type Zone = ReadonlyMap<string, readonly Ip[]>

interface Memory {
  readonly zone: Zone
  readonly socket: UdpSocket
}

export function startNameServer(machine: Machine, ip: Ip, zone: Zone): Process {
  const process = spawn(machine, undefined, { program, argv: ['named'], files: new Map() })
  const socket = openUdp(machine.namespaces.net, 4)
  bindUdp(socket, ip, 53)
  ownSocket(process, socket, closeUdp)
  const memory: Memory = { zone, socket }
  process.memory = memory
  return process
}

const program: Program = { name: 'named', main: serve, parks: true }

function* serve(proc: Process): Task<number> {
  const { zone, socket } = proc.memory as Memory
  for (;;) {
    try {
      for (let got = takeDatagram(socket); got; got = takeDatagram(socket))
        if (typeof got.payload !== 'string' && !got.payload.response)
          sendUdp(socket, answer(zone, got.payload), { ip: got.from, port: got.fromPort })
    } catch (cause) {
      if (!(cause instanceof Errno)) throw cause
    }
    yield { on: [socket.readable] }
  }
}

const timeToLive = 300

function answer(zone: Zone, asked: DnsMessage): DnsMessage {
  const { question } = asked
  const name = question.name.toLowerCase()
  const base = { ...asked, response: true, recursionAvailable: true, authoritative: false }
  if (question.type === 'PTR') {
    const owner = ownerOf(zone, ipOfReverseName(name))
    if (owner === undefined) return { ...base, code: 'NXDOMAIN', answers: [] }
    return {
      ...base,
      code: 'NOERROR',
      answers: [{ name: question.name, type: 'PTR', ttl: timeToLive, data: owner }],
    }
  }
  const addresses = zone.get(name)
  if (!addresses) return { ...base, code: 'NXDOMAIN', answers: [] }
  const wanted = addresses.filter((ip) => (isIp4(ip) ? question.type === 'A' : question.type === 'AAAA'))
  const answers = wanted.map(
    (data): DnsRecord => ({ name: question.name, type: question.type, ttl: timeToLive, data }),
  )
  return { ...base, code: 'NOERROR', answers }
}

function ownerOf(zone: Zone, ip: Ip | undefined): string | undefined {
  for (const [name, addresses] of zone) if (ip !== undefined && addresses.includes(ip)) return name
  return undefined
}
