// Names as the programs of this room look them up: the C library's resolver, in the shapes that several need.

import { type Family, familyOf, type Ip, isIp4, parseIp } from '../../base/ip.ts'
import type { Task } from '../../base/scheduler.ts'
import type { Process } from '../../kernel/process.ts'
import { resolve, resolveReverse } from '../../kernel/resolve/resolve.ts'
import { explainFailure, type ResolveResult } from '../../kernel/resolve/result.ts'

export type Found =
  | { readonly ips: readonly [Ip, ...Ip[]]; readonly canonical: string; readonly literal: boolean }
  | { readonly error: Failure }

type Failure = Extract<ResolveResult, { ok: false }> & { readonly wrongFamily?: boolean }

/** The addresses of `name`, as getaddrinfo(3) orders them; numbers are taken as inet_aton(3) takes them. */
export function* resolveHost(proc: Process, name: string, family?: Family): Task<Found> {
  const literal = parseIp(name) ?? parseLooseIp4(name)
  if (literal !== undefined && (family === undefined || familyOf(literal) === family))
    return { ips: [literal], canonical: name, literal: true }
  const result = yield* resolve(proc, name, { family })
  if (result.ok) return { ips: result.addresses, canonical: result.canonical, literal: false }
  const wrongFamily = family !== undefined && (literal !== undefined || result.error === 'NODATA')
  return { error: { ...result, wrongFamily } }
}

/** gai_strerror(3) of a failure. */
export const explain = (failure: Failure): string =>
  failure.wrongFamily && failure.libc === 'glibc'
    ? 'Address family for hostname not supported'
    : explainFailure(failure)

/** busybox's str2sockaddr: an IPv4 address if there is one. */
export function* resolvePreferring4(proc: Process, name: string, family?: Family): Task<Ip | undefined> {
  const found = yield* resolveHost(proc, name, family)
  if ('error' in found) return undefined
  return found.ips.find(isIp4) ?? found.ips[0]
}

/** The name of an address, or undefined. */
export const nameOf = (proc: Process, ip: Ip): Task<string | undefined> => resolveReverse(proc, ip)

/** `0`, `127.1`: the short forms of inet_aton(3). */
function parseLooseIp4(text: string): Ip | undefined {
  if (!/^\d+(\.\d+){0,3}$/.test(text)) return undefined
  const parts = text.split('.').map(Number)
  const last = parts.pop() ?? 0
  if (parts.some((part) => part > 255) || last >= 256 ** (4 - parts.length)) return undefined
  const front = parts.reduce((value, part, index) => value + part * 256 ** (3 - index), 0)
  return front + last
}
