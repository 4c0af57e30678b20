// Names to addresses, and back, as getaddrinfo(3) and getnameinfo(3) do it in the process' own files and network.

import type { Libc } from '../../base/errno.ts'
import { type Family, familyOf, type Ip, parseIp, reverseName } from '../../base/ip.ts'
import type { Task } from '../../base/scheduler.ts'
import type { Process } from '../process.ts'
import { hostSources, libcOf } from './config.ts'
import { lookupGlibc, lookupMusl, type NameAnswer } from './dns.ts'
import { hostsByAddress, hostsByName } from './hosts.ts'
import { preferredOrder } from './order.ts'
import type { ResolveError, ResolveResult } from './result.ts'

export interface ResolveOptions {
  /** Only addresses of this family; both without it. */
  readonly family?: Family | undefined
}

/** The addresses of `name`. It waits for the servers' answers; it throws nothing of its own. */
export function* resolve(proc: Process, name: string, options: ResolveOptions = {}): Task<ResolveResult> {
  const libc = libcOf(proc)
  const { family } = options
  const literal = parseIp(name)
  if (literal !== undefined)
    return family === undefined || familyOf(literal) === family
      ? { ok: true, addresses: [literal], canonical: name }
      : failure(libc, 'NONAME')
  if (name === '' || name.length > 253) return failure(libc, 'NONAME')
  let last: ResolveError = 'NONAME'
  for (const source of hostSources(proc, libc)) {
    const answer: NameAnswer | undefined =
      source === 'files'
        ? lookupFiles(proc, name, family, libc)
        : source === 'dns'
          ? yield* (libc === 'musl' ? lookupMusl : lookupGlibc)(proc, name, family)
          : undefined
    if (answer?.ok) return success(proc, answer)
    if (answer) last = answer.error
  }
  return failure(libc, last)
}

/** The name of an address from /etc/hosts, else from its PTR record; undefined if it has none. */
export function* resolveReverse(proc: Process, ip: Ip): Task<string | undefined> {
  const libc = libcOf(proc)
  for (const source of hostSources(proc, libc)) {
    if (source === 'files') {
      const name = hostsByAddress(proc, ip)?.names[0]
      if (name !== undefined) return name
    } else if (source === 'dns') {
      const answer = yield* lookupGlibc(proc, `${reverseName(ip)}.`, undefined, 'PTR')
      if (answer.ok) return answer.canonical
    }
  }
  return undefined
}

function lookupFiles(
  proc: Process,
  name: string,
  family: Family | undefined,
  libc: Libc,
): NameAnswer | undefined {
  let entries = hostsByName(proc, name, family)
  const first = entries[0]
  if (!first) return undefined
  // musl takes IPv4 lines and IPv6 lines alike in the order of the file; glibc looks for each family by itself.
  if (libc === 'glibc' && family === undefined)
    entries = [...hostsByName(proc, name, 6), ...hostsByName(proc, name, 4)]
  return { ok: true, addresses: entries.map((entry) => entry.ip), canonical: first.names[0] ?? name }
}

function success(proc: Process, answer: Extract<NameAnswer, { ok: true }>): ResolveResult {
  const [first, ...others] = preferredOrder(proc.net, [...new Set(answer.addresses)])
  if (first === undefined) return failure(libcOf(proc), 'NODATA')
  return { ok: true, addresses: [first, ...others], canonical: answer.canonical }
}

const failure = (libc: Libc, error: ResolveError): ResolveResult => ({ ok: false, error, libc })
