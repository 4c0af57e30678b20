// traceroute, of Debian (2.1) and of busybox: probes with growing TTL, and who answers them. The probes are echo
// requests (-I of both); hosts answer those as they answer UDP to a closed port.

import { isErrno, strerror } from '../../../base/errno.ts'
import { type Duration, seconds } from '../../../base/instant.ts'
import { type Ip, printIp } from '../../../base/ip.ts'
import type { Task } from '../../../base/scheduler.ts'
import type { Process } from '../../../kernel/process.ts'
import type { Program } from '../../../kernel/program.ts'
import { refuse } from '../busybox/usage.ts'
import { scanOptions } from '../getopt.ts'
import { explain, nameOf, resolveHost, resolvePreferring4 } from '../names.ts'
import { closeEchoSocket, openEcho, receiveEcho, sendEcho } from '../sockets.ts'
import { tracerouteUsage } from './usage.ts'

interface Options {
  family: 4 | 6 | undefined
  numeric: boolean
  first: number
  last: number
  probes: number
  patience: Duration
  device: string | undefined
}

const defaults = (patience: Duration): Options => ({
  family: undefined,
  numeric: false,
  first: 1,
  last: 30,
  probes: 3,
  patience,
  device: undefined,
})

function takeOption(options: Options, key: string, argument: string): void {
  if (key === '4' || key === '6') options.family = key === '4' ? 4 : 6
  else if (key === 'n') options.numeric = true
  else if (key === 'f') options.first = Number(argument)
  else if (key === 'm') options.last = Number(argument)
  else if (key === 'q') options.probes = Number(argument)
  else if (key === 'w') options.patience = seconds(Number.parseFloat(argument))
  else if (key === 'i') options.device = argument
}

export const traceroute: Program = {
  name: 'traceroute',
  *main(proc) {
    const words = proc.argv.slice(1)
    if (words.length === 0) return proc.fail(tracerouteUsage, 0)
    const scanned = scanOptions(words, {
      short: '46dFf:g:ITi:m:N:np:t:l:w:q:rs:z:eAM:O:UDP:V',
      long: {
        help: 'help',
        version: 'V',
        'max-hops:': 'm',
        'first:': 'f',
        'queries:': 'q',
        'wait:': 'w',
        icmp: 'I',
        tcp: 'T',
        udp: 'U',
        'interface:': 'i',
      },
    })
    if (scanned.error !== undefined) return proc.fail(`traceroute: ${scanned.error}`, 2)
    const options = defaults(seconds(5))
    for (const { key, argument } of scanned.options) {
      if (key === 'V')
        return proc.fail(
          'Modern traceroute for Linux, version 2.1.6\nCopyright (c) 2016  Dmitry Butskoy,   License: GPL v2 or any later',
          0,
        )
      if (key === 'help') return proc.fail(tracerouteUsage, 0)
      takeOption(options, key, argument)
    }
    const [host] = scanned.operands
    if (host === undefined) return proc.fail('Specify "host" missing argument.', 2)
    const found = yield* resolveHost(proc, host, options.family)
    if ('error' in found)
      return proc.fail(
        `${host}: ${explain(found.error)}\nCannot handle "host" cmdline arg \`${host}' on position 1 (argc ${words.indexOf(host) + 1})`,
        2,
      )
    const [ip] = found.ips
    proc.print(
      `traceroute to ${host} (${printIp(ip)}), ${options.last} hops max, ${typeof ip === 'number' ? 60 : 80} byte packets`,
    )
    return yield* trace(proc, options, ip, { star: ' *', first: '  *', together: 5 })
  },
}

export const busyboxTraceroute: Program = {
  name: 'traceroute.busybox',
  *main(proc) {
    const scanned = scanOptions(proc.argv.slice(1), { short: '46Flnrvf:m:q:p:t:w:s:i:z:' })
    if (scanned.error !== undefined) return refuse(proc, 'traceroute', scanned.error)
    const options = defaults(seconds(3))
    for (const { key, argument } of scanned.options) takeOption(options, key, argument)
    const [host] = scanned.operands
    if (host === undefined) return refuse(proc, 'traceroute')
    const ip = yield* resolvePreferring4(proc, host, options.family)
    if (ip === undefined) return proc.fail(`traceroute: bad address '${host}'`)
    proc.print(`traceroute to ${host} (${printIp(ip)}), ${options.last} hops max, 46 byte packets`)
    return yield* trace(proc, options, ip, { star: '  *', first: '  *', together: 1 })
  },
}

interface Style {
  readonly first: string
  readonly star: string
  /** Hops that are probed at once. */
  readonly together: number
}

interface Answer {
  readonly from: Ip
  readonly took: Duration
  readonly mark: string
  readonly final: boolean
}

function* trace(proc: Process, options: Options, target: Ip, style: Style): Task<number> {
  for (let hop = options.first; hop <= options.last; hop += style.together) {
    const end = Math.min(options.last, hop + style.together - 1)
    const answers = yield* probe(proc, options, target, hop, end)
    if (typeof answers === 'number') return answers
    for (let one = hop; one <= end; one++) {
      const got = answers.get(one) ?? []
      yield* printHop(proc, options, one, got, style)
      if (got.some((answer) => answer?.final)) return 0
    }
  }
  return 0
}

/** Sends the probes of some hops and gathers what comes within the patience. */
function* probe(
  proc: Process,
  options: Options,
  target: Ip,
  from: number,
  to: number,
): Task<Map<number, (Answer | undefined)[]> | number> {
  const answers = new Map<number, (Answer | undefined)[]>()
  for (let hop = from; hop <= to; hop++) {
    answers.set(
      hop,
      Array.from({ length: options.probes }, () => undefined),
    )
  }
  const sockets = []
  let waiting = 0
  try {
    for (let hop = from; hop <= to; hop++) {
      const socket = openEcho(proc, target, { ttl: hop, from: options.device, unconnected: true })
      sockets.push({ socket, hop })
      for (let index = 0; index < options.probes; index++) sendEcho(proc, socket, target, index + 1, 32)
      waiting += options.probes
    }
  } catch (cause) {
    if (!isErrno(cause)) throw cause
    return proc.fail(`connect: ${strerror(cause.code)}`, 1)
  }
  const sentAt = proc.now()
  const deadline = sentAt + options.patience
  for (const { socket, hop } of sockets) {
    const row = answers.get(hop) ?? []
    while (row.some((answer) => answer === undefined) && waiting > 0) {
      const answer = yield* receiveEcho(proc, socket, deadline)
      if (!answer) break
      row[answer.sequence - 1] = {
        from: answer.from,
        took: proc.now() - sentAt,
        mark: answer.kind === 'error' ? markOf(answer.words) : '',
        final: answer.kind === 'reply' || !answer.words.startsWith('Time'),
      }
    }
    closeEchoSocket(proc, socket)
    // Hops beyond the one that ended the way say nothing new.
    if (row.some((answer) => answer?.final)) break
  }
  for (const { socket } of sockets) closeEchoSocket(proc, socket)
  return answers
}

const marks: Readonly<Record<string, string>> = {
  'Destination Net Unreachable': ' !N',
  'Destination Host Unreachable': ' !H',
  'Destination Protocol Unreachable': ' !P',
  'Packet filtered': ' !X',
}

const markOf = (words: string): string => marks[words] ?? ''

function* printHop(
  proc: Process,
  options: Options,
  hop: number,
  answers: readonly (Answer | undefined)[],
  style: Style,
): Task<void> {
  let line = String(hop).padStart(2)
  let last: Ip | undefined
  for (const [index, answer] of answers.entries()) {
    if (!answer) {
      line += index === 0 ? style.first : style.star
      continue
    }
    if (answer.from !== last) {
      const name = options.numeric ? undefined : ((yield* nameOf(proc, answer.from)) ?? printIp(answer.from))
      line += name === undefined ? `  ${printIp(answer.from)}` : `  ${name} (${printIp(answer.from)})`
      last = answer.from
    }
    line += `  ${(answer.took / 1000).toFixed(3)} ms${answer.mark}`
  }
  proc.print(line)
}
