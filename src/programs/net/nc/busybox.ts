// nc and telnet of busybox (networking/nc.c, telnet.c of 1.37).

import { isErrno } from '../../../base/errno.ts'
import { seconds } from '../../../base/instant.ts'
import { printIp } from '../../../base/ip.ts'
import type { Task } from '../../../base/scheduler.ts'
import type { Process } from '../../../kernel/process.ts'
import type { Program } from '../../../kernel/program.ts'
import { systemWords } from '../../../kernel/resolve/config.ts'
import { ownSocket } from '../../../kernel/socket.ts'
import { portOfService } from '../../../net/netfilter/rule/services.ts'
import { acceptTcp, closeListener, listenTcp } from '../../../net/socket/tcp/open.ts'
import { closeTcp } from '../../../net/socket/tcp/stream.ts'
import { refuse } from '../busybox/usage.ts'
import { scanOptions } from '../getopt.ts'
import { resolvePreferring4 } from '../names.ts'
import { relay } from '../relay.ts'
import { openStream, type Stream } from '../stream.ts'

export const busyboxNc: Program = {
  name: 'nc.busybox',
  *main(proc) {
    const scanned = scanOptions(proc.argv.slice(1), { short: 'lp:w:i:f:e:' })
    if (scanned.error !== undefined) return refuse(proc, 'nc', scanned.error)
    const value = (key: string): string | undefined =>
      scanned.options.findLast((one) => one.key === key)?.argument
    const refused = scanned.options.find(({ key }) => 'ief'.includes(key))
    if (refused) return proc.fail(`nc: docksim does not simulate -${refused.key}`)
    const wait = value('w')
    if (scanned.options.some(({ key }) => key === 'l')) return yield* listen(proc, Number(value('p') ?? 0))
    const [host, portText] = scanned.operands
    if (host === undefined || portText === undefined) return refuse(proc, 'nc')
    const port = /^\d+$/.test(portText) ? Number(portText) : portOfService(portText, 'tcp')
    if (port === undefined || port > 65535) return proc.fail(`nc: bad port '${portText}'`)
    const from = value('p')
    const stream = yield* connect(proc, 'nc', host, port, {
      wait: wait === undefined ? undefined : seconds(Number(wait)),
      from: from === undefined ? undefined : Number(from),
    })
    if (typeof stream === 'number') return stream
    return yield* converse(proc, stream)
  },
}

function* connect(
  proc: Process,
  applet: string,
  host: string,
  port: number,
  { wait, from }: { wait?: number | undefined; from?: number | undefined } = {},
): Task<Stream | number> {
  const ip = yield* resolvePreferring4(proc, host)
  if (ip === undefined) return proc.fail(`${applet}: bad address '${host}'`)
  try {
    const deadline = wait === undefined ? undefined : proc.now() + wait
    const stream = yield* openStream(proc, ip, port, { deadline, ...(from ? { from: { port: from } } : {}) })
    return stream ?? proc.fail(`${applet}: timed out`)
  } catch (cause) {
    if (!isErrno(cause)) throw cause
    return proc.fail(
      `${applet}: can't connect to remote host (${printIp(ip)}): ${systemWords(proc, cause.code)}`,
    )
  }
}

function* converse(proc: Process, stream: Stream): Task<number> {
  try {
    yield* relay(proc, stream, { closeOnInput: true })
    return 0
  } catch (cause) {
    if (isErrno(cause)) return proc.fail(`nc: ${systemWords(proc, cause.code)}`)
    throw cause
  }
}

function* listen(proc: Process, port: number): Task<number> {
  try {
    const listener = listenTcp(proc.net, 0n, port, 1)
    const descriptor = ownSocket(proc, listener, closeListener)
    for (;;) {
      const connection = acceptTcp(listener)
      if (connection) {
        const held = ownSocket(proc, connection, closeTcp)
        proc.closeFile(descriptor)
        return yield* converse(proc, { connection, descriptor: held })
      }
      yield* proc.until(listener.readable)
    }
  } catch (cause) {
    if (isErrno(cause)) return proc.fail(`nc: bind: ${systemWords(proc, cause.code)}`)
    throw cause
  }
}

export const busyboxTelnet: Program = {
  name: 'telnet.busybox',
  *main(proc) {
    const scanned = scanOptions(proc.argv.slice(1), { short: 'al:' })
    if (scanned.error !== undefined) return refuse(proc, 'telnet', scanned.error)
    const [host, portText = '23'] = scanned.operands
    if (host === undefined) return refuse(proc, 'telnet')
    const port = /^\d+$/.test(portText) ? Number(portText) : portOfService(portText, 'tcp')
    if (port === undefined) return proc.fail(`telnet: bad port '${portText}'`)
    const stream = yield* connect(proc, 'telnet', host, port)
    if (typeof stream === 'number') return stream
    proc.print(`Connected to ${host}`)
    try {
      const closed = yield* relay(proc, stream, { endOnInput: true })
      return closed ? proc.fail('Connection closed by foreign host', 1) : 0
    } catch (cause) {
      if (isErrno(cause)) return proc.fail('Connection closed by foreign host', 1)
      throw cause
    }
  },
}
