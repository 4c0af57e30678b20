// Questions as the DNS tools ask them: to one server, a few times, and what they say when nothing comes back.

import type { Duration } from '../../../base/instant.ts'
import { type Ip, ipOfReverseName, parseIp, printIp, reverseName } from '../../../base/ip.ts'
import type { Task } from '../../../base/scheduler.ts'
import type { Process } from '../../../kernel/process.ts'
import { resolverConfig } from '../../../kernel/resolve/config.ts'
import { exchange } from '../../../kernel/resolve/exchange.ts'
import type { DnsMessage, DnsRecord, DnsType } from '../../../net/wire/dns.ts'
import { resolveHost } from '../names.ts'

export interface Server {
  readonly ip: Ip
  readonly port: number
}

export interface Asked {
  readonly message: DnsMessage
  readonly server: Server
  /** Microseconds. */
  readonly took: Duration
}

export interface Effort {
  readonly patience: Duration
  readonly tries: number
}

/** The answer of the first server that gives one; else a line for each failure. */
export function* query(
  proc: Process,
  servers: readonly Server[],
  name: string,
  type: DnsType,
  effort: Effort,
): Task<Asked | { readonly failures: readonly string[] }> {
  const failures: string[] = []
  for (let attempt = 0; attempt < effort.tries; attempt++)
    for (const server of servers) {
      const from = proc.now()
      const wanted = { servers: [server.ip], connected: true, port: server.port, name, types: [type] }
      const got = yield* exchange(proc, { ...wanted, patience: effort.patience })
      const [message] = typeof got === 'string' ? [] : got
      if (message) return { message, server, took: proc.now() - from }
      if (got === 'unreachable') {
        const asked = isReverse(name) ? withDot(name) : name
        const place = `${placeOf(server)}(${printIp(server.ip)})`
        failures.push(`;; UDP setup with ${place} for ${asked} failed: network unreachable.`, noServers)
      } else failures.push(`;; communications error to ${placeOf(server)}: ${reasonOf(got)}`)
    }
  return { failures }
}

const reasonOf = (got: unknown): string => (got === 'refused' ? 'connection refused' : 'timed out')

const noServers = ';; no servers could be reached'

/** The tools of BIND end with this line, and a socket that cannot be set up has said it already (bin/dig/dighost.c). */
export const lastWords = (failures: readonly string[]): string[] =>
  failures.at(-1) === noServers ? [] : [noServers]

export const placeOf = ({ ip, port }: Server): string => `${printIp(ip)}#${port}`

/** The servers of /etc/resolv.conf. */
export const ownServers = (proc: Process, port = 53): Server[] =>
  resolverConfig(proc).servers.map((ip) => ({ ip, port }))

/** The server that the line names; undefined if its name is unknown. */
export function* serverNamed(proc: Process, name: string, port = 53): Task<Server | undefined> {
  const found = yield* resolveHost(proc, name)
  return 'error' in found ? undefined : { ip: found.ips[0], port }
}

/** The name under which an address is asked for; other names as they are. */
export function reversed(text: string): string | undefined {
  const ip = parseIp(text)
  return ip === undefined ? undefined : reverseName(ip)
}

export const isReverse = (name: string): boolean => ipOfReverseName(name) !== undefined

const types: readonly DnsType[] = ['A', 'AAAA', 'PTR', 'CNAME', 'MX', 'NS', 'SOA', 'SRV', 'TXT', 'ANY']

export const parseType = (text: string): DnsType | undefined =>
  types.find((type) => type === text.toUpperCase())

/** The data of a record as zone files write it: names end with a dot. */
export function dataOf({ type, data }: DnsRecord): string {
  if (typeof data !== 'string') return printIp(data)
  if (type === 'TXT') return data.startsWith('"') ? data : `"${data}"`
  return type === 'A' || type === 'AAAA' ? data : withDot(data)
}

export const withDot = (name: string): string => (name.endsWith('.') ? name : `${name}.`)

/** The names that the resolver would try, as resolv.conf's search list and ndots say. */
export function candidatesOf(proc: Process, name: string): string[] {
  if (name.endsWith('.')) return [name.slice(0, -1)]
  const { search, ndots } = resolverConfig(proc)
  const searched = search.map((domain) => `${name}.${domain}`)
  return name.split('.').length - 1 >= ndots ? [name, ...searched] : [...searched, name]
}
