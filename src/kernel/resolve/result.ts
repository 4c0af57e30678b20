// What a look-up of a name gives, and the C libraries' words for a failure (gai_strerror(3)).

import type { Libc } from '../../base/errno.ts'
import type { Ip } from '../../base/ip.ts'

/** As getaddrinfo(3) tells: EAI_NONAME, EAI_AGAIN, EAI_NODATA, EAI_FAIL. */
export type ResolveError = 'NONAME' | 'AGAIN' | 'NODATA' | 'FAIL'

export type ResolveResult =
  | {
      readonly ok: true
      /** In the order in which they should be tried; at least one. */
      readonly addresses: readonly [Ip, ...Ip[]]
      /** The name without aliases. */
      readonly canonical: string
    }
  | { readonly ok: false; readonly error: ResolveError; readonly libc: Libc }

const words: Record<Libc, Record<ResolveError, string>> = {
  glibc: {
    NONAME: 'Name or service not known',
    AGAIN: 'Temporary failure in name resolution',
    NODATA: 'No address associated with hostname',
    FAIL: 'Non-recoverable failure in name resolution',
  },
  musl: {
    NONAME: 'Name does not resolve',
    AGAIN: 'Try again',
    NODATA: 'Name has no usable address',
    FAIL: 'Unrecoverable error',
  },
}

/** What gai_strerror(3) says of a failure, in the words of the library that failed. */
export const explainFailure = (failure: { readonly error: ResolveError; readonly libc: Libc }): string =>
  words[failure.libc][failure.error]
