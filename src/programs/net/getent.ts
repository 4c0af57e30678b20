// getent (getent(1), nss/getent.c of glibc): entries of the name service databases.

import { type Family, familyOf, type Ip, isIp4, parseIp, printIp } from '../../base/ip.ts'
import type { Task } from '../../base/scheduler.ts'
import { readTextIfAny } from '../../kernel/fs/read.ts'
import type { Process } from '../../kernel/process.ts'
import type { Program } from '../../kernel/program.ts'
import { type HostsEntry, hostsByAddress, hostsByName, hostsEntries } from '../../kernel/resolve/hosts.ts'
import { nameOf, resolveHost } from './names.ts'

const hint = "Try `getent --help' or `getent --usage' for more information."

export const getent: Program = {
  name: 'getent',
  *main(proc) {
    const words = proc.argv.slice(1).filter((word) => word !== '--no-idn' && word !== '-i')
    const [database, ...keys] = words
    if (database === undefined) {
      proc.printError('getent: wrong number of arguments')
      proc.print(hint)
      return 1
    }
    switch (database) {
      case 'hosts':
        return yield* hosts(proc, keys)
      case 'ahosts':
      case 'ahostsv4':
      case 'ahostsv6':
        return yield* addresses(proc, database, keys)
      case 'passwd':
      case 'group':
      case 'shadow':
        return colonFile(proc, database, keys)
      case 'services':
      case 'protocols':
      case 'networks':
        return tableFile(proc, database, keys)
      default:
        proc.printError(`Unknown database: ${database}`)
        proc.print(hint)
        return 1
    }
  },
}

function printHost(proc: Process, ip: Ip, names: readonly string[]): void {
  proc.print(`${printIp(ip).padEnd(15)} ${names.join(' ')}`)
}

function* hosts(proc: Process, keys: readonly string[]): Task<number> {
  if (keys.length === 0) {
    // gethostent(3) tells IPv6 loopback as IPv4 (nss_files, hosts-XXX).
    for (const { ip, names } of hostsEntries(proc))
      if (isIp4(ip) || ip === 1n) printHost(proc, isIp4(ip) ? ip : 0x7f000001, names)
    return 0
  }
  let status = 0
  for (const key of keys) if (!(yield* host(proc, key))) status = 2
  return status
}

function* host(proc: Process, key: string): Task<boolean> {
  const ip = parseIp(key)
  if (ip !== undefined) {
    const entry = hostsByAddress(proc, ip)
    const names = entry ? entry.names : [yield* nameOf(proc, ip)].filter((name) => name !== undefined)
    if (names.length > 0) printHost(proc, ip, names)
    return names.length > 0
  }
  // gethostbyname2(3): IPv6 first.
  for (const family of [6, 4] as const) {
    const entries: HostsEntry[] = hostsByName(proc, key, family)
    if (entries.length > 0) {
      for (const entry of entries.slice(0, 1)) printHost(proc, entry.ip, entry.names)
      return true
    }
    const found = yield* resolveHost(proc, key, family)
    if ('error' in found) continue
    for (const one of found.ips) printHost(proc, one, [found.canonical])
    return true
  }
  return false
}

function* addresses(proc: Process, database: string, keys: readonly string[]): Task<number> {
  const family: Family | undefined = database === 'ahostsv4' ? 4 : database === 'ahostsv6' ? 6 : undefined
  let status = 0
  for (const key of keys) {
    const found = yield* resolveHost(proc, key, family)
    if ('error' in found) {
      status = 2
      continue
    }
    for (const [index, ip] of found.ips.entries()) {
      const shown = familyOf(ip) === 4 && family === 6 ? `::ffff:${printIp(ip)}` : printIp(ip)
      proc.print(`${shown.padEnd(15)} STREAM ${index === 0 ? found.canonical : ''}`)
      proc.print(`${shown.padEnd(15)} DGRAM  `)
      proc.print(`${shown.padEnd(15)} RAW    `)
    }
  }
  return status
}

/** Files whose fields are separated by colons: the name first, the number third. */
function colonFile(proc: Process, database: string, keys: readonly string[]): number {
  const lines = readTextIfAny(proc, `/etc/${database}`).split('\n').filter(Boolean)
  if (keys.length === 0) {
    for (const line of lines) proc.print(line)
    return 0
  }
  let status = 0
  for (const key of keys) {
    const line = lines.find((one) => {
      const [name, , number] = one.split(':')
      return name === key || (/^\d+$/.test(key) && number === key)
    })
    if (line === undefined) status = 2
    else proc.print(line)
  }
  return status
}

const builtIn: Readonly<Record<string, string>> = {
  services:
    'ftp 21/tcp\nssh 22/tcp\ntelnet 23/tcp\nsmtp 25/tcp mail\ndomain 53/tcp\ndomain 53/udp\nhttp 80/tcp www\nhttps 443/tcp\nmysql 3306/tcp\npostgresql 5432/tcp postgres\nredis 6379/tcp\n',
  protocols: 'ip 0 IP\nicmp 1 ICMP\ntcp 6 TCP\nudp 17 UDP\nipv6 41 IPv6\nipv6-icmp 58 IPv6-ICMP\n',
  networks: 'default 0.0.0.0\nloopback 127.0.0.0\nlink-local 169.254.0.0\n',
}

/** Files of columns: name, value, aliases. */
function tableFile(proc: Process, database: string, keys: readonly string[]): number {
  const text = readTextIfAny(proc, `/etc/${database}`) || (builtIn[database] ?? '')
  const rows = text
    .split('\n')
    .map((line) => line.replace(/#.*/, '').trim().split(/\s+/))
    .filter((row) => row.length > 1)
  const wanted =
    keys.length === 0
      ? rows
      : keys.flatMap((key) =>
          rows.filter((row) => row.includes(key) || row[1]?.split('/')[0] === key).slice(0, 1),
        )
  for (const [name = '', value = '', ...aliases] of wanted)
    proc.print([name.padEnd(21), value, ...aliases].join(' '))
  return keys.length > 0 && wanted.length < keys.length ? 2 : 0
}
