// One exchange with DNS servers over UDP: questions out, answers in, until all are answered or patience ends.

import { isErrno } from '../../base/errno.ts'
import type { Duration } from '../../base/instant.ts'
import { familyOf, type Ip } from '../../base/ip.ts'
import { draw } from '../../base/random.ts'
import type { Task } from '../../base/scheduler.ts'
import {
  closeUdp,
  connectUdp,
  openUdp,
  type ReceivedDatagram,
  sendUdp,
  takeDatagram,
  type UdpSocket,
} from '../../net/socket/udp.ts'
import type { DnsMessage, DnsType } from '../../net/wire/dns.ts'
import type { Process } from '../process.ts'
import { ownSocket } from '../socket.ts'

export interface Exchange {
  /** With one server and `connected`, an unreachable port ends the wait at once. */
  readonly servers: readonly Ip[]
  readonly connected: boolean
  readonly port?: number
  readonly name: string
  readonly types: readonly DnsType[]
  readonly patience: Duration
}

/** The answers in the order of the questions; `refused` if the server's host answered that nobody listens there. */
export function* exchange(
  proc: Process,
  wanted: Exchange,
): Task<readonly DnsMessage[] | 'timeout' | 'refused' | 'unreachable'> {
  const { servers, types, name, port = 53 } = wanted
  const [first] = servers
  if (first === undefined) return 'timeout'
  const family = servers.some((server) => familyOf(server) === 6) ? 6 : 4
  const socket = openUdp(proc.net, family)
  const descriptor = ownSocket(proc, socket, closeUdp)
  try {
    if (wanted.connected) connectUdp(socket, first, port)
    const ids = types.map(() => draw(proc.machine.fabric.random, 'dns-id', 0, 65535))
    for (const [index, type] of types.entries())
      for (const server of wanted.connected ? [first] : servers)
        sendQuestion(socket, name, type, ids[index] ?? 0, wanted.connected ? undefined : { ip: server, port })
    return yield* collect(proc, socket, ids, wanted.patience)
  } catch (cause) {
    if (!isErrno(cause)) throw cause
    return cause.code === 'ECONNREFUSED' ? 'refused' : 'unreachable'
  } finally {
    proc.closeFile(descriptor)
  }
}

function sendQuestion(
  socket: UdpSocket,
  name: string,
  type: DnsType,
  id: number,
  to: { ip: Ip; port: number } | undefined,
): void {
  const message: DnsMessage = {
    dns: true,
    id,
    response: false,
    code: 'NOERROR',
    authoritative: false,
    recursionDesired: true,
    recursionAvailable: false,
    question: { name, type },
    answers: [],
  }
  try {
    sendUdp(socket, message, to)
  } catch (cause) {
    // Of several servers one may be out of reach; a connected socket has no other.
    if (!isErrno(cause) || !to) throw cause
  }
}

/** Waits for one answer to each id; the first to come counts. Throws ECONNREFUSED and its like. */
function* collect(
  proc: Process,
  socket: UdpSocket,
  ids: readonly number[],
  patience: Duration,
): Task<readonly DnsMessage[] | 'timeout'> {
  const deadline = proc.now() + patience
  const answers = new Map<number, DnsMessage>()
  while (answers.size < new Set(ids).size) {
    const datagram = takeDatagram(socket)
    const answer = answerIn(datagram)
    if (answer && ids.includes(answer.id) && !answers.has(answer.id)) answers.set(answer.id, answer)
    else if (!datagram && proc.now() >= deadline) return 'timeout'
    else if (!datagram) yield* proc.until(socket.readable, deadline)
  }
  return ids.flatMap((id) => answers.get(id) ?? [])
}

const answerIn = (datagram: ReceivedDatagram | undefined): DnsMessage | undefined =>
  datagram && typeof datagram.payload === 'object' && datagram.payload.response ? datagram.payload : undefined
