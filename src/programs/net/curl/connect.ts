// How curl gets its connection: names to addresses, each address in turn, each step told to -v.

import { isErrno, strerror } from '../../../base/errno.ts'
import { type Instant, seconds } from '../../../base/instant.ts'
import { familyOf, type Ip, isIp4, parseIp, printIp } from '../../../base/ip.ts'
import type { Task } from '../../../base/scheduler.ts'
import { portOf } from '../http/url.ts'
import { resolveHost } from '../names.ts'
import { openStream, type Stream } from '../stream.ts'
import type { CurlRelease } from './release.ts'
import { CurlFailure, closingLater, guarded, type Transfer, timedOut } from './run.ts'

/** A connection to the URL's host, or to the proxy. Throws CurlFailure. */
export function* connect(run: Transfer): Task<Stream> {
  const { proc, url, settings, show, release } = run
  const proxied = settings.proxy === undefined ? undefined : splitPlace(settings.proxy)
  const host = proxied?.host ?? url.host
  const port = proxied?.port ?? portOf(url)
  const ips = yield* addressesOf(run, host, port, proxied !== undefined)
  run.times.resolved = proc.now()
  const limit =
    settings.connectTimeout === undefined
      ? undefined
      : run.startedAt + seconds(settings.connectTimeout) + 1000
  const deadline = [limit, run.deadline].reduce((a, b) =>
    a === undefined ? b : b === undefined ? a : Math.min(a, b),
  )
  for (const ip of ips) {
    const stream = yield* tryAddress(run, ip, port, deadline)
    if (stream === undefined) {
      const failure = timedOut(run, 'Connection')
      show.note(failure.message)
      closingLater(run)
      throw failure
    }
    if (stream === 'failed') continue
    run.times.connected = proc.now()
    const number = release.chatty ? '' : ` (#${run.kept.opened})`
    show.note(`Connected to ${host} (${printIp(ip)}) port ${port}${number}`)
    return stream
  }
  const waited = Math.floor((proc.now() - run.startedAt) / 1000)
  const words = `Failed to connect to ${host} port ${port} after ${waited} ms: ${release.couldNotConnect}`
  show.note(words)
  closingLater(run)
  throw new CurlFailure(7, words)
}

function splitPlace(proxy: string): { host: string; port: number } {
  const [, host = '', port] = /^(?:\w+:\/\/)?(\[[^\]]*\]|[^:/]*)(?::(\d+))?/.exec(proxy) ?? []
  return { host: host.replace(/^\[|\]$/g, ''), port: port === undefined ? 1080 : Number(port) }
}

function* tryAddress(
  run: Transfer,
  ip: Ip,
  port: number,
  deadline: Instant | undefined,
): Task<Stream | 'failed' | undefined> {
  const { proc, show, release } = run
  const shown = isIp4(ip) ? printIp(ip) : `[${printIp(ip)}]`
  show.note(`  Trying ${shown}:${port}...`)
  const local = { ip: 0 as Ip, port: 0, set: false }
  try {
    const begun = (connection: { localIp: Ip; localPort: number }): void => {
      Object.assign(local, { ip: connection.localIp, port: connection.localPort, set: true })
    }
    return yield* guarded(
      run,
      openStream(proc, ip, port, { deadline, begun, asksError: true, ...boundTo(run) }),
      deadline,
    )
  } catch (cause) {
    if (!isErrno(cause)) throw cause
    if (!local.set) show.note(`Immediate connect fail for ${printIp(ip)}: ${strerror(cause.code)}`)
    else {
      const from = release.chatty ? ` from ${printIp(local.ip)} port ${local.port}` : ''
      show.note(`connect to ${printIp(ip)} port ${port}${from} failed: ${strerror(cause.code)}`)
    }
    return 'failed'
  }
}

function boundTo({ proc, settings }: Transfer): { from?: { ip: Ip } } {
  if (settings.device === undefined) return {}
  const ip =
    parseIp(settings.device) ??
    proc.net.linksByName.get(settings.device)?.addresses.find(({ cidr }) => isIp4(cidr.ip))?.cidr.ip
  if (ip === undefined) throw new CurlFailure(45, `Couldn't bind to '${settings.device}'`)
  return { from: { ip } }
}

function* addressesOf(run: Transfer, host: string, port: number, isProxy: boolean): Task<readonly Ip[]> {
  const { proc, settings, show, release } = run
  const given = settings.resolve.get(`${host.toLowerCase()}:${port}`)
  if (given !== undefined) {
    show.note(`Hostname ${host} was found in DNS cache`)
    return given.split(',').flatMap((text) => parseIp(text.replace(/^\[|\]$/g, '')) ?? [])
  }
  const family = settings.family
  const found =
    host === 'localhost' || host.endsWith('.localhost')
      ? { ips: localhost(release, family), literal: false }
      : yield* guarded(run, resolveHost(proc, host, family))
  if (found === undefined) throw timedOut(run, 'Resolving')
  if ('error' in found) {
    const words = isProxy ? `Could not resolve proxy: ${host}` : `Could not resolve host: ${host}`
    show.note(words)
    run.kept.place = release.chatty ? 'shutting' : 'closing'
    throw new CurlFailure(isProxy ? 5 : 6, words)
  }
  if (release.chatty && !found.literal) {
    const list = (six: boolean): string =>
      found.ips
        .filter((ip) => (familyOf(ip) === 6) === six)
        .map(printIp)
        .join(', ') || '(none)'
    show.note(`Host ${host}:${port} was resolved.`)
    show.note(`IPv6: ${list(true)}`)
    show.note(`IPv4: ${list(false)}`)
  }
  return found.ips
}

/** curl answers this name itself (get_localhost of lib/hostip.c). */
function localhost(release: CurlRelease, family: 4 | 6 | undefined): readonly Ip[] {
  if (family === 4) return [0x7f000001]
  if (family === 6) return [1n]
  return release.chatty ? [1n, 0x7f000001] : [0x7f000001, 1n]
}
