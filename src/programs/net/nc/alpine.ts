// nc of Alpine's busybox, which is built as the fuller one (networking/nc_bloaty.c of 1.37): it is silent about failures
// unless it is told to be verbose.

import { isErrno } from '../../../base/errno.ts'
import { seconds } from '../../../base/instant.ts'
import { anyIp4, parseIp, printIp } from '../../../base/ip.ts'
import type { Task } from '../../../base/scheduler.ts'
import type { Process } from '../../../kernel/process.ts'
import type { Program } from '../../../kernel/program.ts'
import { systemWords } from '../../../kernel/resolve/config.ts'
import { ownSocket } from '../../../kernel/socket.ts'
import { portOfService } from '../../../net/netfilter/rule/services.ts'
import { acceptTcp, closeListener, listenTcp } from '../../../net/socket/tcp/open.ts'
import { closeTcp } from '../../../net/socket/tcp/stream.ts'
import { scanOptions } from '../getopt.ts'
import { resolvePreferring4 } from '../names.ts'
import { relay } from '../relay.ts'
import { closeStream, openStream, type Stream } from '../stream.ts'

const usage = `BusyBox v1.37.0 (2025-05-26 20:04:45 UTC) multi-call binary.

Usage: nc [OPTIONS] HOST PORT  - connect
nc [OPTIONS] -l -p PORT [HOST] [PORT]  - listen

	-e PROG	Run PROG after connect (must be last)
	-l	Listen mode, for inbound connects
	-lk	With -e, provides persistent server
	-p PORT	Local port
	-s ADDR	Local address
	-w SEC	Timeout for connects and final net reads
	-i SEC	Delay interval for lines sent
	-n	Don't do DNS resolution
	-u	UDP mode
	-b	Allow broadcasts
	-v	Verbose
	-o FILE	Hex dump traffic
	-z	Zero-I/O mode (scanning)`

interface Options {
  readonly verbose: number
  readonly zero: boolean
  readonly wait: number | undefined
  readonly port: number | undefined
  readonly address: string | undefined
}

export const alpineNc: Program = {
  name: 'nc.alpine',
  *main(proc) {
    const scanned = scanOptions(proc.argv.slice(1), { short: 'lp:w:i:s:e:o:nuvzkb' })
    if (scanned.error !== undefined) return proc.fail(`nc: ${scanned.error}\n${usage}`, 1)
    const count = (key: string): number => scanned.options.filter((one) => one.key === key).length
    const value = (key: string): string | undefined =>
      scanned.options.findLast((one) => one.key === key)?.argument
    const refused = scanned.options.find(({ key }) => 'ieoukb'.includes(key))
    if (refused) return proc.fail(`nc: docksim does not simulate -${refused.key}`, 1)
    const number = (key: string): number | undefined => {
      const given = value(key)
      return given === undefined ? undefined : Number(given)
    }
    const wait = number('w')
    const options: Options = {
      verbose: count('v'),
      zero: count('z') > 0,
      wait: wait === undefined ? undefined : seconds(wait),
      port: number('p'),
      address: value('s'),
    }
    if (count('l') > 0) return yield* listen(proc, options)
    const [host, portText] = scanned.operands
    if (host === undefined || portText === undefined) return proc.fail(usage, 1)
    const port = /^\d+$/.test(portText) ? Number(portText) : portOfService(portText, 'tcp')
    if (port === undefined || port > 65535) return proc.fail(`nc: bad port '${portText}'`, 1)
    return yield* connect(proc, host, port, options)
  },
}

function* connect(proc: Process, host: string, port: number, options: Options): Task<number> {
  const ip = yield* resolvePreferring4(proc, host)
  if (ip === undefined) return proc.fail(`nc: bad address '${host}'`, 1)
  const place = `${host} (${printIp(ip)}:${port})`
  const from = { ...(options.port === undefined ? {} : { port: options.port }) }
  try {
    const deadline = options.wait === undefined ? undefined : proc.now() + options.wait
    const stream = yield* openStream(proc, ip, port, { deadline, from })
    if (!stream)
      return options.verbose > 0 ? proc.fail(`nc: ${place}: ${systemWords(proc, 'ETIMEDOUT')}`, 1) : 1
    if (options.verbose > 0) proc.printError(`${place} open`)
    return options.zero ? leave(proc, stream) : yield* converse(proc, stream, options)
  } catch (cause) {
    if (!isErrno(cause)) throw cause
    // "If we're scanning at a one -v verbosity level, don't print refusals."
    const told = options.verbose > 1 || (options.verbose > 0 && cause.code !== 'ECONNREFUSED')
    return told ? proc.fail(`nc: ${place}: ${systemWords(proc, cause.code)}`, 1) : 1
  }
}

function leave(proc: Process, stream: Stream): number {
  closeStream(proc, stream)
  return 0
}

function* converse(proc: Process, stream: Stream, { wait }: Options): Task<number> {
  try {
    yield* relay(proc, stream, { closeOnInput: true, idle: wait })
    return leave(proc, stream)
  } catch (cause) {
    if (isErrno(cause)) return 1
    throw cause
  }
}

function* listen(proc: Process, options: Options): Task<number> {
  const ip = parseIp(options.address ?? '') ?? anyIp4
  try {
    const listener = listenTcp(proc.net, ip, options.port ?? 0, 1)
    const descriptor = ownSocket(proc, listener, closeListener)
    if (options.verbose > 0) proc.printError(`listening on ${printIp(ip)}:${listener.localPort} ...`)
    for (;;) {
      const connection = acceptTcp(listener)
      if (!connection) {
        yield* proc.until(listener.readable)
        continue
      }
      const held = ownSocket(proc, connection, closeTcp)
      proc.closeFile(descriptor)
      const remote = `${printIp(connection.remoteIp)}:${connection.remotePort}`
      const local = `${printIp(connection.localIp)}:${connection.localPort}`
      if (options.verbose > 0) proc.printError(`connect to ${local} from ${remote} (${remote})`)
      return yield* converse(proc, { connection, descriptor: held }, options)
    }
  } catch (cause) {
    if (isErrno(cause)) return proc.fail(`nc: bind: ${systemWords(proc, cause.code)}`, 1)
    throw cause
  }
}
