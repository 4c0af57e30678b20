// Ports as rules write them: numbers, names of services, ranges.

import { badUsage } from '../refusal.ts'
import { parseNumber } from './option.ts'
import { nameOfProtocol, tcpNumber, udpNumber } from './protocol.ts'
import { nameOfService, portOfService, type ServiceProtocol } from './services.ts'

export interface PortRange {
  readonly low: number
  readonly high: number
}

const serviceProtocol = (protocol: number): ServiceProtocol | undefined =>
  protocol === tcpNumber ? 'tcp' : protocol === udpNumber ? 'udp' : undefined

/** One port. Throws Refusal in the words of libxtables. */
export function readPort(word: string, protocol: number): number {
  const named = serviceProtocol(protocol)
  const port = parseNumber(word, 65535) ?? (named && portOfService(word, named))
  if (port === undefined) throw badUsage(`invalid port/service \`${word}' specified`)
  return port
}

/** `80`, `http`, `1:100`, `:5`, `10:`. Throws Refusal; `reversed` is what it says of a range that falls. */
export function readPorts(word: string, protocol: number, reversed: string): PortRange {
  const colon = word.indexOf(':')
  if (colon < 0) {
    const port = readPort(word, protocol)
    return { low: port, high: port }
  }
  const first = word.slice(0, colon)
  const last = word.slice(colon + 1)
  const low = first === '' ? 0 : readPort(first, protocol)
  const high = last === '' ? 65535 : readPort(last, protocol)
  if (low > high) throw badUsage(reversed)
  return { low, high }
}

/** `80`, `1:100`; with names of services unless `numeric`. */
export function printPorts({ low, high }: PortRange, numeric: boolean, protocol: number): string {
  const name = (port: number): string =>
    numeric ? String(port) : nameOfService(port, serviceProtocol(protocol))
  return low === high ? name(low) : `${name(low)}:${name(high)}`
}

/** The rule's protocol as one of those that have ports, by its name; undefined for others. */
export const portedProtocol = (protocol: number): string | undefined =>
  [tcpNumber, udpNumber, 132, 33, 136].includes(protocol) ? nameOfProtocol(protocol) : undefined
