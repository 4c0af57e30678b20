// arping of iputils (arping.c): who has an address on a link, asked by ARP directly.

import { isErrno } from '../../../base/errno.ts'
import { seconds } from '../../../base/instant.ts'
import { type Ip, isIp4, printIp } from '../../../base/ip.ts'
import { broadcastMac, type Mac, noMac, printMac } from '../../../base/mac.ts'
import type { Task } from '../../../base/scheduler.ts'
import type { Process } from '../../../kernel/process.ts'
import type { Program } from '../../../kernel/program.ts'
import { isInterruption } from '../../../kernel/signal.ts'
import { ownSocket } from '../../../kernel/socket.ts'
import { selectSource } from '../../../net/ip/source.ts'
import { isRunning, type Link } from '../../../net/link/link.ts'
import { transmit } from '../../../net/link/transmit.ts'
import { lookupRoute } from '../../../net/route.ts'
import { closeTap, openTap, takeFrame } from '../../../net/tap.ts'
import { refuse } from '../busybox/usage.ts'
import { scanOptions } from '../getopt.ts'
import { explain, resolveHost } from '../names.ts'

const usage = `
Usage:
  arping [options] <destination>

Options:
  -f            quit on first reply
  -q            be quiet
  -b            keep on broadcasting, do not unicast
  -D            duplicate address detection mode
  -U            unsolicited ARP mode, update your neighbours
  -A            ARP answer mode, update your neighbours
  -V            print version and exit
  -c <count>    how many packets to send
  -w <timeout>  how long to wait for a reply
  -i <interval> set interval between packets (default: 1 second)
  -I <device>   which ethernet device to use
  -s <source>   source IP address
  <destination> DNS name or IP address

For more details see arping(8).`

interface Run {
  readonly proc: Process
  readonly link: Link
  readonly source: Ip
  readonly target: Ip
  readonly quiet: boolean
  readonly once: boolean
  readonly broadcastOnly: boolean
  readonly detect: boolean
  readonly count: number
  readonly deadline: number | undefined
  readonly interval: number
  sent: number
  broadcasts: number
  received: number
  known: Mac | undefined
  readonly busybox: boolean
}

export const arping: Program = { name: 'arping', main: (proc) => begin(proc, false) }
/** busybox's (networking/arping.c): the same, with fewer options and other closing lines. */
export const busyboxArping: Program = { name: 'arping.busybox', main: (proc) => begin(proc, true) }

function* begin(proc: Process, busybox: boolean): Task<number> {
  const scanned = scanOptions(proc.argv.slice(1), {
    short: busybox ? 'DUAqfbc:w:I:s:' : 'h?bfDUAqc:w:i:s:I:V',
  })
  if (scanned.error !== undefined)
    return busybox
      ? refuse(proc, 'arping', scanned.error)
      : proc.fail(`arping: ${scanned.error}\n${usage}`, 2)
  const value = (key: string): string | undefined =>
    scanned.options.findLast((one) => one.key === key)?.argument
  const has = (key: string): boolean => scanned.options.some((one) => one.key === key)
  if (has('V')) {
    proc.print('arping from iputils 20240905')
    return 0
  }
  const [host] = scanned.operands
  if (host === undefined) return busybox ? refuse(proc, 'arping') : proc.fail(usage, 2)
  if (has('U') || has('A')) return proc.fail('arping: docksim does not simulate -U and -A', 2)
  const device = value('I')
  const named = device === undefined ? undefined : proc.net.linksByName.get(device)
  if (device !== undefined && !named) return proc.fail(`arping: Device ${device} not available.`, 2)
  const found = yield* resolveHost(proc, host, 4)
  if ('error' in found) return proc.fail(`arping: ${host}: ${explain(found.error)}`, 2)
  const [target] = found.ips
  const link = named ?? linkTowards(proc, target)
  if (!link || !isRunning(link)) return proc.fail(`arping: Interface "${device ?? ''}" is down`, 2)
  const wait = value('w')
  return yield* run({
    proc,
    link,
    source: has('D') ? 0 : (selectSource(proc.net, link, target) ?? 0),
    target,
    quiet: has('q'),
    once: has('f') || has('D'),
    broadcastOnly: has('b'),
    detect: has('D'),
    count: Number(value('c') ?? Number.POSITIVE_INFINITY),
    deadline: wait === undefined ? undefined : proc.now() + seconds(Number(wait)),
    interval: seconds(Number(value('i') ?? 1)),
    sent: 0,
    broadcasts: 0,
    received: 0,
    known: undefined,
    busybox,
  })
}

function linkTowards(proc: Process, target: Ip): Link | undefined {
  try {
    return lookupRoute(proc.net, target).link
  } catch (cause) {
    if (isErrno(cause)) return undefined
    throw cause
  }
}

function* run(state: Run): Task<number> {
  const { proc, link } = state
  proc.print(`ARPING ${printIp(state.target)} from ${printIp(state.source)} ${link.name}`)
  proc.catches.add('INT')
  const tap = openTap(proc.net, link)
  const descriptor = ownSocket(proc, tap, closeTap)
  try {
    while (state.sent < state.count && !ended(state)) {
      send(state)
      const sentAt = proc.now()
      const until = Math.min(sentAt + state.interval, state.deadline ?? Number.POSITIVE_INFINITY)
      for (;;) {
        const tapped = takeFrame(tap)
        if (tapped) hear(state, tapped.frame, tapped.direction, sentAt)
        else if (!(yield* proc.until(tap.readable, until))) break
        if (ended(state) || (state.sent >= state.count && state.received >= state.count)) break
      }
    }
  } catch (cause) {
    if (!isInterruption(cause, 'INT')) throw cause
  } finally {
    proc.closeFile(descriptor)
  }
  if (state.busybox) {
    // It counts as broadcasts only what -b and -U make so.
    proc.print(`Sent ${state.sent} probe(s) (0 broadcast(s))`)
    proc.print(`Received ${state.received} response(s) (0 request(s), 0 broadcast(s))`)
  } else {
    proc.print(`Sent ${state.sent} probes (${state.broadcasts} broadcast(s))`)
    proc.print(`Received ${state.received} response(s)`)
  }
  if (state.detect) return state.received > 0 ? 1 : 0
  return state.received > 0 ? 0 : 1
}

const ended = (state: Run): boolean =>
  (state.once && state.received > 0) || (state.deadline !== undefined && state.proc.now() >= state.deadline)

function send(state: Run): void {
  const { link, known } = state
  const dst = known === undefined || state.broadcastOnly ? broadcastMac : known
  if (dst === broadcastMac) state.broadcasts++
  state.sent++
  transmit(link, {
    type: 'arp',
    src: link.mac,
    dst,
    arp: {
      operation: 'request',
      senderIp: state.source,
      senderMac: link.mac,
      targetIp: state.target,
      targetMac: known ?? noMac,
    },
  })
}

function hear(state: Run, frame: { type: string }, direction: 'in' | 'out', sentAt: number): void {
  if (direction !== 'in' || frame.type !== 'arp' || !('arp' in frame)) return
  const { arp, dst } = frame as {
    arp: { operation: string; senderIp: Ip; senderMac: Mac }
    dst: Mac
    type: string
  }
  if (arp.operation !== 'reply' || arp.senderIp !== state.target || !isIp4(arp.senderIp)) return
  state.received++
  state.known = arp.senderMac
  if (state.quiet) return
  const how = dst === broadcastMac ? 'Broadcast' : 'Unicast'
  const took = ((state.proc.now() - sentAt) / 1000).toFixed(3)
  state.proc.print(
    `${how} reply from ${printIp(arp.senderIp)} [${printMac(arp.senderMac).toUpperCase()}]  ${took}ms`,
  )
}
