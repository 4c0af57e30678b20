// traceroute, of Debian (2.1) and of busybox: probes with growing TTL, and who answers them. -e (ICMP extensions) shows
// none, since nobody sends any; -d (SO_DEBUG) has nothing to show.

import { isErrno, strerror } from '../../../base/errno.ts'
import { seconds } from '../../../base/instant.ts'
import { familyOf, type Ip, printIp } from '../../../base/ip.ts'
import type { Task } from '../../../base/scheduler.ts'
import type { Process } from '../../../kernel/process.ts'
import type { Program } from '../../../kernel/program.ts'
import { systemWords } from '../../../kernel/resolve/config.ts'
import { lookupRoute } from '../../../net/route.ts'
import { refuse } from '../busybox/usage.ts'
import { scanOptions } from '../getopt.ts'
import { explain, nameOf, resolveHost, resolvePreferring4 } from '../names.ts'
import { defaults, readDebianLine, type TraceOptions, takeBusyboxOption } from './options.ts'
import { type Answer, type Answers, probeHops } from './probes.ts'
import { tracerouteUsage } from './usage.ts'

const version =
  'Modern traceroute for Linux, version 2.1.6\nCopyright (c) 2016  Dmitry Butskoy,   License: GPL v2 or any later'

export const traceroute: Program = {
  name: 'traceroute',
  *main(proc) {
    const words = proc.argv.slice(1)
    if (words.length === 0) return proc.fail(tracerouteUsage, 0)
    const line = readDebianLine(words)
    if ('words' in line) return proc.fail(line.words, line.status)
    if (line.asked !== undefined) return proc.fail(line.asked === 'V' ? version : tracerouteUsage, 0)
    const { options } = line
    const [host] = line.operands
    if (host === undefined) return proc.fail('Specify "host" missing argument.', 2)
    const found = yield* resolveHost(proc, host, options.family)
    if ('error' in found)
      return proc.fail(
        `${host}: ${explain(found.error)}\nCannot handle "host" cmdline arg \`${host}' on position 1 (argc ${words.indexOf(host) + 1})`,
        2,
      )
    const [ip] = found.ips
    if (options.length === 0) options.length = familyOf(ip) === 4 ? 60 : 80
    proc.print(
      `traceroute to ${host} (${printIp(ip)}), ${options.last} hops max, ${options.length} byte packets`,
    )
    const together = Math.max(1, Math.floor(options.together / options.probes))
    return yield* trace(proc, options, ip, { star: ' *', first: '  *', together, explain: explainAsDebian })
  },
}

function explainAsDebian(proc: Process, code: Parameters<typeof strerror>[0]): string {
  if (code === 'ENODEV') return `setsockopt SO_BINDTODEVICE: ${strerror(code)}`
  if (code === 'EADDRNOTAVAIL') return `bind: ${strerror(code)}`
  return `${code === 'EPERM' ? 'send' : 'connect'}: ${systemWords(proc, code)}`
}

export const busyboxTraceroute: Program = {
  name: 'traceroute.busybox',
  *main(proc) {
    const scanned = scanOptions(proc.argv.slice(1), { short: '46FIlnrvf:m:q:p:t:w:s:i:z:' })
    if (scanned.error !== undefined) return refuse(proc, 'traceroute', scanned.error)
    const options = defaults(seconds(3))
    for (const { key, argument } of scanned.options) {
      const trouble = takeBusyboxOption(options, key, argument)
      if (trouble !== undefined) return proc.fail(trouble)
    }
    const [host, length] = scanned.operands
    if (host === undefined) return refuse(proc, 'traceroute')
    if (length !== undefined && !/^\d+$/.test(length))
      return proc.fail(`traceroute: invalid number '${length}'`)
    const ip = yield* resolvePreferring4(proc, host, options.family)
    if (ip === undefined) return proc.fail(`traceroute: bad address '${host}'`)
    options.length = Math.max(46, Number(length ?? 46))
    if (options.device !== undefined && !proc.net.linksByName.has(options.device)) {
      proc.printError(`traceroute: can't bind to interface ${options.device}: No such device`)
      options.device = undefined
    }
    const source = options.source === undefined ? '' : ` from ${printIp(options.source)}`
    proc.print(
      `traceroute to ${host} (${printIp(ip)})${source}, ${options.last} hops max, ${options.length} byte packets`,
    )
    return yield* trace(proc, options, ip, {
      star: '  *',
      first: '  *',
      together: 1,
      explain: (_, code) =>
        code === 'EADDRNOTAVAIL'
          ? "traceroute: can't set multicast source interface"
          : `traceroute: can't connect to remote host (${printIp(ip)}): ${systemWords(proc, code)}`,
    })
  },
}

interface Style {
  readonly first: string
  readonly star: string
  /** Hops that are probed at once. */
  readonly together: number
  readonly explain: (proc: Process, code: Parameters<typeof strerror>[0]) => string
}

function* trace(proc: Process, options: TraceOptions, target: Ip, style: Style): Task<number> {
  for (let hop = options.first; hop <= options.last; hop += style.together) {
    const end = Math.min(options.last, hop + style.together - 1)
    let answers: Answers
    try {
      options.mtu = lookupRoute(proc.net, target).link?.mtu ?? options.mtu
      answers = yield* probeHops(proc, options, target, hop, end)
    } catch (cause) {
      if (!isErrno(cause)) throw cause
      return proc.fail(style.explain(proc, cause.code))
    }
    for (let one = hop; one <= end; one++) {
      const got = answers.get(one) ?? []
      yield* printHop(proc, options, one, got, style)
      if (got.some((answer) => answer?.final)) return 0
    }
  }
  return 0
}

function* printHop(
  proc: Process,
  options: TraceOptions,
  hop: number,
  answers: readonly (Answer | undefined)[],
  style: Style,
): Task<void> {
  let line = String(hop).padStart(2)
  let last: Ip | undefined
  for (const [index, answer] of answers.entries()) {
    if (answer?.from === undefined) line += index === 0 ? style.first : style.star
    if (!answer) continue
    const { from } = answer
    if (from !== undefined && from !== last) {
      const name = options.numeric ? undefined : ((yield* nameOf(proc, from)) ?? printIp(from))
      line += name === undefined ? `  ${printIp(from)}` : `  ${name} (${printIp(from)})`
      last = from
    }
    line += `  ${(answer.took / 1000).toFixed(3)} ms${answer.mark}`
  }
  proc.print(line)
}
