// The few directives of httpd.conf that decide what is seen from outside (Apache 2.4 core.c). All others are left.

import { anyIp4, anyIp6, type Ip, parseIp } from '../../../base/ip.ts'
import { readText } from '../../../kernel/fs/read.ts'
import type { Process } from '../../../kernel/process.ts'

interface Listen {
  readonly ip: Ip
  readonly port: number
  readonly text: string
  /** No address was given: it listens for both families. */
  readonly both: boolean
}

export interface HttpdConfig {
  readonly listens: readonly Listen[]
  readonly documentRoot: string
  readonly serverName: string | undefined
  readonly index: readonly string[]
  readonly errorLog: string
  readonly customLog: string | undefined
  readonly format: string
  readonly indexes: boolean
  readonly user: string
}

const common = '%h %l %u %t "%r" %>s %b'

/** Reads a configuration with its includes. Errors: those of open(2). */
export function readHttpdConfig(proc: Process, path: string, root: string): HttpdConfig {
  const words = directivesOf(proc, path, root)
  const last = (name: string): readonly string[] | undefined =>
    words.findLast(([key]) => key?.toLowerCase() === name)?.slice(1)
  const formats = new Map(
    words
      .filter(([key]) => key?.toLowerCase() === 'logformat')
      .map(([, text = '', name = '']) => [name, text]),
  )
  const custom = last('customlog')
  const listens = words
    .filter(([key]) => key?.toLowerCase() === 'listen')
    .map(([, place = '80']) => listenOf(place))
  return {
    listens: listens.length > 0 ? listens : [listenOf('80')],
    documentRoot: last('documentroot')?.[0] ?? `${root}/htdocs`,
    serverName: last('servername')?.[0],
    index: last('directoryindex') ?? ['index.html'],
    errorLog: last('errorlog')?.[0] ?? 'logs/error_log',
    customLog: custom?.[0],
    format: formats.get(custom?.[1] ?? '') ?? custom?.[1] ?? common,
    indexes: words.some(
      ([key, ...options]) => key === 'Options' && options.some((one) => one.includes('Indexes')),
    ),
    user: last('user')?.[0] ?? 'www-data',
  }
}

function directivesOf(proc: Process, path: string, root: string): string[][] {
  const lines: string[][] = []
  for (const line of readText(proc, path).replace(/\\\n/g, '').split('\n')) {
    const text = line.trim()
    if (text === '' || text.startsWith('#') || text.startsWith('<')) continue
    const words = [...text.matchAll(/"((?:[^"\\]|\\.)*)"|(\S+)/g)].map(
      ([, quoted, plain]) => quoted?.replace(/\\(.)/g, '$1') ?? plain ?? '',
    )
    if (words[0] === 'Include') lines.push(...directivesOf(proc, absolute(words[1] ?? '', root), root))
    else lines.push(words)
  }
  return lines
}

export const absolute = (path: string, root: string): string =>
  path.startsWith('/') ? path : `${root}/${path}`

function listenOf(place: string): Listen {
  const [, bracketed, host, port = ''] = /^(?:\[([^\]]*)\]:|([^:]*):)?(\d+)$/.exec(place) ?? []
  const ip = bracketed !== undefined ? (parseIp(bracketed) ?? anyIp6) : (parseIp(host ?? '') ?? anyIp4)
  return {
    ip,
    both: bracketed === undefined && host === undefined,
    port: Number(port),
    text: `${bracketed === undefined ? (host ?? '0.0.0.0') : `[${bracketed}]`}:${port}`,
  }
}
