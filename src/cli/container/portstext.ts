// PORTS of `docker ps`: `0.0.0.0:8080->80/tcp, 443/tcp`, runs of equal ports in one
// (docker/cli cli/command/formatter/container.go, DisplayablePorts).

import type { PortRow } from '../../api/row.ts'
import { compareBytes } from '../format/template/value.ts'

interface Run {
  readonly key: string
  readonly first: PortRow
  last: number
}

/** `brackets` puts IPv6 addresses into brackets, as younger clients do. */
export function portsText(ports: readonly PortRow[], brackets: boolean): string {
  const done: string[] = []
  const others: string[] = []
  const open = new Map<string, Run>()
  for (const port of [...ports].sort(comparePorts)) {
    const { ip, type, privatePort, publicPort } = port
    if (ip !== '' && publicPort !== privatePort) {
      others.push(`${addressText(ip, String(publicPort), brackets)}->${privatePort}/${type}`)
      continue
    }
    const key = ip === '' ? type : `${ip}/${type}`
    const run = open.get(key)
    if (run && privatePort === run.last + 1) {
      run.last = privatePort
      continue
    }
    if (run) done.push(runText(run, brackets))
    open.set(key, { key, first: port, last: privatePort })
  }
  return [...done, ...[...open.values()].map((run) => runText(run, brackets)), ...others].join(', ')
}

/** `[::]:8080`, or `:::8080` as older clients write it. */
export const addressText = (ip: string, port: string, brackets: boolean): string =>
  brackets && ip.includes(':') ? `[${ip}]:${port}` : `${ip}:${port}`

function runText({ first, last }: Run, brackets: boolean): string {
  const { privatePort, ip, type } = first
  const range = privatePort === last ? String(privatePort) : `${privatePort}-${last}`
  return `${ip === '' ? range : `${addressText(ip, range, brackets)}->${range}`}/${type}`
}

const comparePorts = (a: PortRow, b: PortRow): number =>
  a.privatePort - b.privatePort ||
  compareBytes(a.ip, b.ip) ||
  (a.publicPort ?? 0) - (b.publicPort ?? 0) ||
  compareBytes(a.type, b.type)
