// curl's -w (src/tool_writeout.c).

import { printIp } from '../../../base/ip.ts'
import { headerOf, type ResponseHead } from '../http/response.ts'
import { printUrl } from '../http/url.ts'
import type { Transfer } from './run.ts'

export interface Outcome {
  readonly status: number
  readonly words: string
  readonly head: ResponseHead | undefined
  readonly size: number
  readonly redirects: number
  readonly path: string | undefined
}

/** Prints `format` with its variables replaced. */
export function writeOut(run: Transfer, format: string, outcome: Outcome): void {
  const { proc } = run
  let descriptor = 1
  const pattern = /%\{([^}]*)\}|%%|\\([nrt])|[^%\\]+|[%\\]/g
  for (const [piece, name, control] of format.matchAll(pattern)) {
    if (control !== undefined) proc.write(descriptor, { n: '\n', r: '\r', t: '\t' }[control] ?? control)
    else if (piece === '%%') proc.write(descriptor, '%')
    else if (name === undefined) proc.write(descriptor, piece)
    else if (name === 'stdout' || name === 'stderr') descriptor = name === 'stdout' ? 1 : 2
    else if (name.startsWith('header{')) continue
    else {
      const value = variable(run, name, outcome)
      if (value === undefined) proc.printError(`curl: unknown --write-out variable: '${name}'`)
      else proc.write(descriptor, value)
    }
  }
}

const secondsOf = (from: number, to: number): string => (Math.max(0, to - from) / 1e6).toFixed(6)

function variable(run: Transfer, name: string, outcome: Outcome): string | undefined {
  const { startedAt, times, proc, url, remote, progress } = run
  const { head, size, status, words } = outcome
  const now = proc.now()
  const total = Math.max(1, now - startedAt)
  const effective = printUrl({ ...url, user: '' })
  const values: Readonly<Record<string, string>> = {
    http_code: String(head?.status ?? 0).padStart(3, '0'),
    response_code: String(head?.status ?? 0).padStart(3, '0'),
    http_connect: '000',
    http_version: head?.version ?? '0',
    content_type: (head && headerOf(head, 'content-type')) ?? '',
    errormsg: words,
    exitcode: String(status),
    filename_effective: outcome.path ?? '',
    local_ip: remote ? printIp(remote.localIp) : '',
    local_port: String(remote?.localPort ?? 0),
    remote_ip: remote ? printIp(remote.ip) : '',
    remote_port: String(remote?.port ?? 0),
    method: run.method,
    num_connects: String(run.connects),
    num_headers: String(head ? head.lines.length - 1 : 0),
    num_redirects: String(outcome.redirects),
    redirect_url: '',
    referer: run.settings.referer ?? '',
    scheme: url.scheme,
    size_download: String(size),
    size_header: String(head?.raw.length ?? 0),
    size_request: String(run.requestSize),
    size_upload: String(progress.uploaded),
    speed_download: String(Math.floor((size * 1e6) / total)),
    speed_upload: String(Math.floor((progress.uploaded * 1e6) / total)),
    ssl_verify_result: '0',
    proxy_ssl_verify_result: '0',
    time_appconnect: '0.000000',
    time_connect: secondsOf(startedAt, times.connected),
    time_namelookup: secondsOf(startedAt, times.resolved),
    time_pretransfer: secondsOf(startedAt, times.sent),
    time_redirect: '0.000000',
    time_starttransfer: secondsOf(startedAt, times.firstByte),
    time_total: secondsOf(startedAt, now),
    url: run.settings.urls[0] ?? '',
    url_effective: effective,
    urlnum: '0',
    onerror: '',
  }
  return values[name]
}
