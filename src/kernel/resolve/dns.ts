// The DNS half of the C libraries' resolvers: which names are asked of which servers, how long, how often.
// Sources: glibc resolv/res_query.c and res_send.c; musl src/network/lookup_name.c and res_msend.c.

import { type Duration, milliseconds, seconds } from '../../base/instant.ts'
import type { Family, Ip } from '../../base/ip.ts'
import type { Task } from '../../base/scheduler.ts'
import type { DnsMessage, DnsType } from '../../net/wire/dns.ts'
import type { Process } from '../process.ts'
import { type ResolverConfig, resolverConfig } from './config.ts'
import { exchange } from './exchange.ts'
import type { ResolveError } from './result.ts'

export type NameAnswer =
  | { readonly ok: true; readonly addresses: readonly Ip[]; readonly canonical: string }
  | { readonly ok: false; readonly error: ResolveError }

const typesOf = (family: Family | undefined): DnsType[] =>
  family === 4 ? ['A'] : family === 6 ? ['AAAA'] : ['A', 'AAAA']

/** What asking one name gave: all messages, or why there are not all of them. */
type Round = readonly DnsMessage[] | 'servfail' | 'timeout' | 'refused'

/** As res_nsearch and res_nsend: one server after another; the search list first if the name has fewer dots than ndots. */
export function* lookupGlibc(
  proc: Process,
  name: string,
  family: Family | undefined,
  type?: DnsType,
): Task<NameAnswer> {
  const config = resolverConfig(proc)
  const types = type ? [type] : typesOf(family)
  let error: ResolveError = 'NONAME'
  let failedServer = false
  for (const candidate of candidates(name, config, 'glibc')) {
    const round = yield* askInTurn(proc, candidate, types, config)
    if (round === 'servfail') failedServer = true
    else if (typeof round === 'string') return { ok: false, error: 'AGAIN' }
    else {
      const answer = read(round, candidate)
      if (answer.ok) return answer
      if (answer.error === 'NODATA') error = 'NODATA'
    }
  }
  return { ok: false, error: error === 'NODATA' ? error : failedServer ? 'AGAIN' : error }
}

function* askInTurn(
  proc: Process,
  name: string,
  types: readonly DnsType[],
  config: ResolverConfig,
): Task<Round> {
  let outcome: Round = 'timeout'
  for (let attempt = 0; attempt < config.attempts; attempt++) {
    const shift = config.timeout * 2 ** attempt
    const patience = attempt === 0 ? shift : Math.max(seconds(1), Math.floor(shift / config.servers.length))
    for (const server of config.servers) {
      const got = yield* exchange(proc, { servers: [server], connected: true, name, types, patience })
      if (typeof got === 'string') {
        outcome = got === 'timeout' ? got : 'refused'
        continue
      }
      if (got.every((message) => message.code === 'NOERROR' || message.code === 'NXDOMAIN')) return got
      outcome = 'servfail'
    }
    if (outcome === 'servfail') return outcome
  }
  return outcome
}

/** As musl: all servers at once, the first answer counts; an answer without addresses ends the search. */
export function* lookupMusl(proc: Process, name: string, family: Family | undefined): Task<NameAnswer> {
  const config = resolverConfig(proc)
  for (const candidate of candidates(name, config, 'musl')) {
    const round = yield* askAll(proc, candidate, typesOf(family), config)
    if (typeof round === 'string') return { ok: false, error: 'AGAIN' }
    const answer = read(round, candidate)
    if (answer.ok || answer.error === 'NODATA') return answer
  }
  return { ok: false, error: 'NONAME' }
}

function* askAll(
  proc: Process,
  name: string,
  types: readonly DnsType[],
  config: ResolverConfig,
): Task<Round> {
  const retryEvery: Duration = Math.max(milliseconds(1), Math.floor(config.timeout / config.attempts))
  let failed = false
  for (let attempt = 0; attempt < config.attempts; attempt++) {
    const until = proc.now() + retryEvery
    const got = yield* exchange(proc, {
      servers: config.servers,
      connected: false,
      name,
      types,
      patience: retryEvery,
    })
    if (typeof got !== 'string' && got.every(({ code }) => code === 'NOERROR' || code === 'NXDOMAIN'))
      return got
    // Other answers count for nothing: it waits for better ones until the time is up.
    failed ||= typeof got !== 'string'
    yield* proc.sleep(Math.max(0, until - proc.now()))
  }
  return failed ? 'servfail' : 'timeout'
}

/** The names to ask for, in order. */
function candidates(name: string, { search, ndots }: ResolverConfig, libc: 'glibc' | 'musl'): string[] {
  if (name.endsWith('.')) return [name.slice(0, -1)]
  const searched = search.map((domain) => `${name}.${domain.replace(/\.$/, '')}`)
  const dots = name.split('.').length - 1
  if (dots < ndots) return [...searched, name]
  return libc === 'musl' ? [name] : [name, ...searched]
}

function read(messages: readonly DnsMessage[], name: string): NameAnswer {
  if (messages.every((message) => message.code === 'NXDOMAIN')) return { ok: false, error: 'NONAME' }
  const addresses: Ip[] = []
  let canonical = name
  for (const message of messages)
    for (const record of message.answers) {
      if (record.type === 'CNAME' || record.type === 'PTR') canonical = String(record.data)
      else if (record.type === 'A' || record.type === 'AAAA') addresses.push(record.data as Ip)
    }
  const isPointer = messages.some(({ answers }) => answers.some(({ type }) => type === 'PTR'))
  if (addresses.length === 0 && !isPointer) return { ok: false, error: 'NODATA' }
  return { ok: true, addresses, canonical }
}
