// What redis-server is told by its line and its configuration file (src/config.c): names, and what is made of them.

import { isErrno, strerror } from '../../../base/errno.ts'
import { readText } from '../../../kernel/fs/read.ts'
import type { Process } from '../../../kernel/process.ts'

/** With their first values, as CONFIG GET tells them. What concerns disks is kept only: nothing is written to one. */
const initial: readonly (readonly [name: string, value: string])[] = [
  ['appendfsync', 'everysec'],
  ['appendonly', 'no'],
  ['bind', '* -::*'],
  ['databases', '16'],
  ['dbfilename', 'dump.rdb'],
  ['dir', '/data'],
  ['loglevel', 'notice'],
  ['maxclients', '10000'],
  ['maxmemory', '0'],
  ['maxmemory-policy', 'noeviction'],
  ['port', '6379'],
  ['protected-mode', 'yes'],
  ['requirepass', ''],
  ['save', '3600 1 300 100 60 10000'],
  ['tcp-backlog', '511'],
  ['tcp-keepalive', '300'],
  ['timeout', '0'],
]

/** Known to redis, and not simulated. */
const unsimulated = new Set(
  `daemonize replicaof slaveof cluster-enabled include loadmodule logfile pidfile unixsocket user aclfile masterauth tls-port
  rename-command`.split(/\s+/),
)

/** The settings of a line `redis-server [FILE] [--NAME VALUE…]`, or the status after an error was told. */
export function readSettings(
  proc: Process,
  words: readonly string[],
  version: string,
): Map<string, string> | number {
  const settings = new Map(initial)
  const [file, ...rest] = words
  const lines: string[] = []
  if (file !== undefined && !file.startsWith('-')) {
    try {
      lines.push(...readText(proc, file).split('\n'))
    } catch (cause) {
      if (!isErrno(cause)) throw cause
      return proc.fail(`Fatal error, can't open config file '${file}': ${strerror(cause.code)}`)
    }
  }
  lines.push(...linesOf(file?.startsWith('-') ? words : rest))
  for (const [index, text] of lines.entries()) {
    const line = text.trim()
    if (line === '' || line.startsWith('#')) continue
    const [name = '', ...values] = [...line.matchAll(/"((?:[^"\\]|\\.)*)"|'([^']*)'|(\S+)/g)].map(
      ([, a, b, c]) => a ?? b ?? c ?? '',
    )
    const key = name.toLowerCase()
    if (unsimulated.has(key)) return proc.fail(`redis-server: docksim does not simulate ${key}`)
    if (!settings.has(key) || values.length === 0)
      return proc.fail(
        `\n*** FATAL CONFIG FILE ERROR (Redis ${version}) ***\nReading the configuration file, at line ${index + 1}\n>>> '${line}'\nBad directive or wrong number of arguments`,
      )
    settings.set(key, values.join(' '))
  }
  return settings
}

/** `--port 7000 --save ''` as the lines of a file. */
function linesOf(words: readonly string[]): string[] {
  const lines: string[] = []
  for (const word of words) {
    if (word.startsWith('--')) lines.push(word.slice(2))
    else lines.push(`${lines.pop() ?? ''} "${word.replaceAll('"', '\\"')}"`)
  }
  return lines
}
