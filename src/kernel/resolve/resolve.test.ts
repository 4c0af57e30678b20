// A machine that asks a name server of its own on 127.0.0.1. The words are those of glibc 2.36 and musl 1.2.5.

import { describe, expect, it } from 'vitest'
import { parseIp, printIp } from '../../base/ip.ts'
import type { Task } from '../../base/scheduler.ts'
import { bindUdp, closeUdp, openUdp, sendUdp, takeDatagram } from '../../net/socket/udp.ts'
import type { DnsMessage } from '../../net/wire/dns.ts'
import { trial, trialMachine } from '../../programs/trial.ts'
import { executable } from '../fs/tree.ts'
import type { Process } from '../process.ts'
import { spawn } from '../process.ts'
import { ownSocket } from '../socket.ts'
import { resolve, resolveReverse } from './resolve.ts'
import { explainFailure } from './result.ts'

const look = {
  name: 'look',
  *main(proc: Process): Task<number> {
    const result = yield* resolve(proc, proc.argv[1] ?? '')
    proc.print(result.ok ? result.addresses.map(printIp).join(' ') : explainFailure(result))
    proc.print(`${result.ok ? result.canonical : ''} ${Math.round(proc.now() / 1e6)}s`)
    return 0
  },
}
const reverse = {
  name: 'reverse',
  *main(proc: Process): Task<number> {
    proc.print((yield* resolveReverse(proc, parseIp(proc.argv[1] ?? '') ?? 0)) ?? 'none')
    return 0
  },
}

const zone: Readonly<Record<string, string>> = { 'db.lab.test': '10.0.0.5', 'www.example.com': '10.0.0.7' }

/** Answers A for the names above, nothing for `empty`, SERVFAIL for `broken`, and no one for `silent`. */
const server = {
  name: 'server',
  *main(proc: Process): Task<number> {
    const socket = openUdp(proc.net, 4)
    ownSocket(proc, socket, closeUdp)
    bindUdp(socket, parseIp('127.0.0.1') ?? 0, 53)
    for (;;) {
      const datagram = takeDatagram(socket)
      if (!datagram) {
        yield { on: [socket.readable] }
        continue
      }
      const question = datagram.payload as DnsMessage
      const { name, type } = question.question
      if (name.startsWith('silent')) continue
      const address = zone[name]
      const known = address !== undefined || name === 'empty.example.com'
      const code = name.startsWith('broken') ? 'SERVFAIL' : known ? 'NOERROR' : 'NXDOMAIN'
      const answers =
        address && type === 'A' ? [{ name, type, ttl: 60, data: parseIp(address) ?? 0 } as const] : []
      const pointer = name === '7.0.0.10.in-addr.arpa' && type === 'PTR'
      const answer: DnsMessage = {
        ...question,
        response: true,
        code: pointer ? 'NOERROR' : code,
        answers: pointer ? [{ name, type, ttl: 60, data: 'www.example.com' }] : answers,
      }
      sendUdp(socket, answer, { ip: datagram.from, port: datagram.fromPort })
    }
  },
}

function ask(name: string, options: { musl?: boolean; program?: string; files?: object } = {}): string {
  const machine = trialMachine([look, reverse], {
    '/etc/hosts': '127.0.0.1\tlocalhost\n10.1.1.1 web.lab web # comment\n10.1.1.2 web\n',
    '/etc/resolv.conf': 'nameserver 127.0.0.1\nsearch lab.test\n',
    ...(options.musl ? { '/lib/ld-musl-x86_64.so.1': executable('ld-musl') } : {}),
    ...options.files,
  })
  spawn(machine, undefined, { program: server, argv: ['server'], files: new Map() })
  return trial(machine, [options.program ?? 'look', name]).out
}

describe('resolve', () => {
  it('reads literal addresses and /etc/hosts first', () => {
    expect(ask('10.9.8.7')).toBe('10.9.8.7\n10.9.8.7 0s\n')
    expect(ask('web')).toBe('10.1.1.1 10.1.1.2\nweb.lab 0s\n')
    expect(ask('LOCALHOST')).toBe('127.0.0.1\nlocalhost 0s\n')
  })

  it('asks the server, with the search list', () => {
    expect(ask('www.example.com')).toBe('10.0.0.7\nwww.example.com 0s\n')
    expect(ask('db')).toBe('10.0.0.5\ndb.lab.test 0s\n')
    expect(ask('db', { musl: true })).toBe('10.0.0.5\ndb.lab.test 0s\n')
  })

  it('tells why there is no address, in the words of the library', () => {
    expect(ask('nosuch')).toBe('Name or service not known\n 0s\n')
    expect(ask('nosuch', { musl: true })).toBe('Name does not resolve\n 0s\n')
    expect(ask('empty.example.com')).toBe('No address associated with hostname\n 0s\n')
    expect(ask('broken.example.com')).toBe('Temporary failure in name resolution\n 0s\n')
    expect(ask('broken.example.com', { musl: true })).toBe('Try again\n 5s\n')
  })

  it('waits as long as resolv.conf says', () => {
    expect(ask('silent.example.com')).toBe('Temporary failure in name resolution\n 15s\n')
    const files = { '/etc/resolv.conf': 'nameserver 127.0.0.1\noptions timeout:1 attempts:1\n' }
    expect(ask('silent.example.com', { files })).toBe('Temporary failure in name resolution\n 1s\n')
    expect(ask('x', { files: { '/etc/resolv.conf': 'nameserver 127.0.0.2\n' } })).toBe(
      'Temporary failure in name resolution\n 0s\n',
    )
  })

  it('finds names of addresses', () => {
    expect(ask('10.1.1.1', { program: 'reverse' })).toBe('web.lab\n')
    expect(ask('10.0.0.7', { program: 'reverse' })).toBe('www.example.com\n')
    expect(ask('10.0.0.8', { program: 'reverse' })).toBe('none\n')
  })
})
