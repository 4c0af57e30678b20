// The texts of `--publish` and `--expose` as port mappings. Knows nothing of containers; it decides only what a
// text means and what is wrong with it.
// Source: docker/go-connections nat/nat.go and nat/parse.go; docker/cli container/opts.go
// (convertToStandardNotation); words as recorded from 20.10.24 and 28.2.2.

import { parseIp } from '../../base/ip.ts'
import { type Dated, inRelease, type Release } from '../../base/release.ts'
import { readCsv } from '../flags/csv.ts'
import { cut } from '../flags/kind.ts'
import { parseUnsigned, ValueError } from '../flags/strconv.ts'

export interface PortMapping {
  /** `80/tcp` */
  readonly port: string
  /** As given; empty for any address. */
  readonly hostIp: string
  /** A port, a range `8000-8002` to choose from, or empty for any port. */
  readonly hostPort: string
}

const capital: Dated<boolean> = { '19.03': true, '28': false }

/** What all of `--publish` ask for. @throws ValueError with the words after `docker: ` */
export function parseAllPublished(texts: readonly string[], release: Release): PortMapping[] {
  try {
    return texts.flatMap((text) => parsePublished(text, release))
  } catch (cause) {
    if (!(cause instanceof ValueError) || !inRelease(triesLongForm, release)) throw cause
    return texts.flatMap((text) => parsePublished(standardNotation(text), release))
  }
}

/** The oldest client takes the whole list for the long form if it is not the short one. */
const triesLongForm: Dated<boolean> = { '19.03': true, '20.10': false }

/** What one `--publish` asks for. @throws ValueError with the words after `docker: ` */
export function parsePublished(text: string, release: Release): PortMapping[] {
  const spec = text.includes('=') ? standardNotation(text) : text
  const refusal = refusalIn(release)
  const parts = spec.split(':')
  const [proto, containerPort] = splitProtocol(parts.at(-1) ?? '')
  const hostPort = parts.at(-2) ?? ''
  const hostIp = parseHostIp(parts.slice(0, -2).join(':'), release)
  if (containerPort === '') throw refusal(`no port specified: ${spec}<empty>`)
  const [first, last] = rangeOr(containerPort, refusal(`invalid containerPort: ${containerPort}`))
  const [hostFirst, hostLast] =
    hostPort === '' ? [0, 0] : rangeOr(hostPort, refusal(`invalid hostPort: ${hostPort}`))
  if (hostPort !== '' && last - first !== hostLast - hostFirst && last !== first)
    throw refusal(`invalid ranges specified for container and host Ports: ${containerPort} and ${hostPort}`)
  if (!['tcp', 'udp', 'sctp'].includes(proto.toLowerCase())) throw refusal(`invalid proto: ${proto}`)
  return Array.from({ length: last - first + 1 }, (_, index) => ({
    port: `${first + index}/${proto.toLowerCase()}`,
    hostIp,
    hostPort: hostPortText(hostPort, hostFirst + index, first === last ? hostLast : hostFirst + index),
  }))
}

const emptyPorts: Dated<string> = {
  '19.03': 'Empty string specified for ports',
  '28': 'empty string specified for ports',
}
const badRange: Dated<string> = {
  '19.03': 'Invalid range specified for the Port',
  '28': 'invalid range specified for port',
}

/** The ports that one `--expose` names: `80/tcp`. @throws ValueError with the words after `docker: ` */
export function parseExposed(text: string, release: Release): string[] {
  if (text.includes(':')) throw new ValueError(`invalid port format for --expose: ${text}`)
  const [proto, ports] = splitProtocol(text)
  try {
    if (ports === '') throw new ValueError(inRelease(emptyPorts, release))
    const [first, last] = parseRange(ports, `${inRelease(badRange, release)}: ${ports}`)
    return Array.from({ length: last - first + 1 }, (_, index) => `${first + index}/${proto}`)
  } catch (cause) {
    if (!(cause instanceof ValueError)) throw cause
    throw new ValueError(`invalid range format for --expose: ${text}, error: ${cause.message}`)
  }
}

/** `target=80,published=8080,protocol=tcp` as `8080:80/tcp`. */
function standardNotation(text: string): string {
  const options = new Map<string, string>()
  for (const field of text === '' ? [''] : readCsv(text)) {
    const [name, value] = cut(field, '=')
    if (value === undefined)
      throw new ValueError(`invalid publish opts format (should be name=value but got '${field}')`)
    options.set(name, value)
  }
  const protocol = options.get('protocol') || 'tcp'
  return `${options.get('published') ?? ''}:${options.get('target') ?? ''}/${protocol}`
}

const strictBrackets: Dated<boolean> = { '19.03': true, '28': false }

/** An address, perhaps in brackets; 20.10 demands them around IPv6. */
function parseHostIp(text: string, release: Release): string {
  const refusal = refusalIn(release)
  const noun = inRelease(capital, release) ? 'ip address' : 'IP address'
  if (text === '') return ''
  let ip = text
  if (text.startsWith('[')) {
    if (!text.endsWith(']'))
      throw refusal(`invalid ${noun} ${text}: address ${text}:: missing ']' in address`)
    ip = text.slice(1, -1)
  } else if (inRelease(strictBrackets, release) && text.includes(':'))
    throw refusal(`invalid ${noun} ${text}: address ${text}:: too many colons in address`)
  if (parseIp(ip) === undefined) throw refusal(`invalid ${noun}: ${ip}`)
  return ip
}

/** Protocol and port of `80/udp`; both empty where there is no port. */
function splitProtocol(text: string): [string, string] {
  const [port = '', proto = ''] = text.split('/')
  return port === '' ? ['', ''] : [proto || 'tcp', port]
}

function rangeOr(text: string, refusal: ValueError): [number, number] {
  try {
    return parseRange(text, refusal.message)
  } catch {
    throw refusal
  }
}

function parseRange(text: string, falling: string): [number, number] {
  const [low = '', high = low] = text.split('-')
  const first = parseUnsigned(low, 16, 10)
  const last = parseUnsigned(high, 16, 10)
  if (last < first) throw new ValueError(falling)
  return [first, last]
}

const hostPortText = (given: string, first: number, last: number): string =>
  given === '' ? '' : first === last ? String(first) : `${first}-${last}`

/** Releases differ in the first letter. */
const refusalIn =
  (release: Release) =>
  (message: string): ValueError =>
    new ValueError(
      inRelease(capital, release) ? message.slice(0, 1).toUpperCase() + message.slice(1) : message,
    )
