// What the resolver is told: /etc/resolv.conf (resolv.conf(5)), /etc/nsswitch.conf (nsswitch.conf(5)), and which libc
// the files belong to.

import { type ErrnoName, type Libc, strerror } from '../../base/errno.ts'
import { type Duration, seconds } from '../../base/instant.ts'
import { type Ip, loopbackIp4, parseIp } from '../../base/ip.ts'
import type { Caller } from '../fs/filesystem.ts'
import { exists } from '../fs/lookup.ts'
import { readTextIfAny } from '../fs/read.ts'
import type { Process } from '../process.ts'

export interface ResolverConfig {
  /** At most three; 127.0.0.1 if the file names none. */
  readonly servers: readonly Ip[]
  readonly search: readonly string[]
  readonly ndots: number
  readonly timeout: Duration
  readonly attempts: number
}

/** Which C library the programs of these files use: Alpine's has its loader under this name. */
export const libcOf = (caller: Caller): Libc =>
  exists(caller, '/lib/ld-musl-x86_64.so.1') ? 'musl' : 'glibc'

/** The words for an error number of the C library of these files. */
export const systemWords = (caller: Caller, code: ErrnoName): string => strerror(code, libcOf(caller))

const mostServers = 3

/** /etc/resolv.conf as it stands now. */
export function resolverConfig(proc: Process): ResolverConfig {
  const servers: Ip[] = []
  let search: string[] | undefined
  const options: Record<'ndots' | 'timeout' | 'attempts', number> = { ndots: 1, timeout: 5, attempts: 2 }
  for (const line of readTextIfAny(proc, '/etc/resolv.conf').split('\n')) {
    const [keyword, ...values] = line
      .replace(/[#;].*/, '')
      .trim()
      .split(/\s+/)
    if (keyword === 'nameserver') {
      const ip = parseIp(values[0] ?? '')
      if (ip !== undefined && servers.length < mostServers) servers.push(ip)
    } else if (keyword === 'search') search = values
    else if (keyword === 'domain') search = values.slice(0, 1)
    else if (keyword === 'options') for (const option of values) readOption(options, option)
  }
  return {
    servers: servers.length > 0 ? servers : [loopbackIp4],
    search: (search ?? domainOf(proc)).filter((domain) => domain !== '.'),
    ndots: Math.min(options.ndots, 15),
    timeout: seconds(Math.min(options.timeout, 30) || 1),
    attempts: Math.min(options.attempts, 5) || 1,
  }
}

function readOption(options: Record<'ndots' | 'timeout' | 'attempts', number>, option: string): void {
  const [, name, value] = /^(ndots|timeout|attempts):(\d+)$/.exec(option) ?? []
  if (name === 'ndots' || name === 'timeout' || name === 'attempts') options[name] = Number(value)
}

/** Without `search` or `domain`: what follows the first dot of the host's name. */
function domainOf(proc: Process): string[] {
  const { hostname } = proc.namespaces.uts
  const dot = hostname.indexOf('.')
  return dot < 0 ? [] : [hostname.slice(dot + 1)]
}

/** Where names of hosts are looked up, in order; musl knows no nsswitch.conf. */
export function hostSources(proc: Process, libc: Libc): readonly string[] {
  if (libc === 'musl') return ['files', 'dns']
  const line = /^\s*hosts:\s*(.*)$/m.exec(readTextIfAny(proc, '/etc/nsswitch.conf'))?.[1]
  if (line === undefined) return ['files', 'dns']
  return line
    .replace(/#.*|\[[^\]]*\]/g, ' ')
    .trim()
    .split(/\s+/)
}
