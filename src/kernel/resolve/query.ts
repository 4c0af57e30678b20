// A question to one DNS server, as `nslookup`, `dig` and `host` ask it: no files, no search list.

import { type Duration, seconds } from '../../base/instant.ts'
import type { Ip } from '../../base/ip.ts'
import type { Task } from '../../base/scheduler.ts'
import type { DnsMessage, DnsQuestion } from '../../net/wire/dns.ts'
import type { Process } from '../process.ts'
import { exchange } from './exchange.ts'

export interface QueryOptions {
  /** 53 without it. */
  readonly port?: number
  /** Each attempt's; 5 seconds without it. */
  readonly timeout?: Duration
  /** How often it is asked; once without it. */
  readonly attempts?: number
}

export type QueryResult =
  | { readonly ok: true; readonly message: DnsMessage; readonly took: Duration }
  | { readonly ok: false; readonly error: 'timeout' | 'refused' | 'unreachable' }

/** Asks `server` and waits for its answer, whatever its code is. */
export function* query(
  proc: Process,
  server: Ip,
  question: DnsQuestion,
  options: QueryOptions = {},
): Task<QueryResult> {
  let error: 'timeout' | 'refused' | 'unreachable' = 'timeout'
  for (let attempt = 0; attempt < (options.attempts ?? 1); attempt++) {
    const begin = proc.now()
    const got = yield* exchange(proc, {
      servers: [server],
      connected: true,
      port: options.port ?? 53,
      name: question.name.replace(/\.$/, ''),
      types: [question.type],
      patience: options.timeout ?? seconds(5),
    })
    if (typeof got === 'string') {
      error = got
      if (got === 'unreachable') break
    } else if (got[0]) return { ok: true, message: got[0], took: proc.now() - begin }
  }
  return { ok: false, error }
}
