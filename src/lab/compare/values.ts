// The values in a line of output that differ from run to run: ids, addresses, ports, times. It finds them; which of
// them belong together is for bindings.ts.

import { parseIp, parseIp6 } from '../../base/ip.ts'

/** Values that mean a thing and must mean the same one ever after. */
export const boundKinds = ['id', 'ip', 'mac', 'port', 'link'] as const
export type BoundKind = (typeof boundKinds)[number]
/** Values that are measured or counted, and mean nothing later. */
export type FreeKind = 'time' | 'duration' | 'index' | 'count'

export interface Piece {
  readonly kind: 'text' | BoundKind | FreeKind
  readonly text: string
}

const span =
  '(?:Less than a second|About an? (?:minute|hour)|\\d+ (?:seconds?|minutes?|hours?|days?|weeks?|months?|years?))(?: ago)?'
const day = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)'
const clock = '\\d\\d:\\d\\d:\\d\\d'
const month = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)'

// In the order in which they are tried at each place; the kinds are those of compare.py of the recordings.
const patterns: readonly (readonly [Piece['kind'], string])[] = [
  ['time', `\\b\\d{4}-\\d\\d-\\d\\d[T ]${clock}(?:\\.\\d+)?(?:Z| ?[+-]\\d\\d:?\\d\\d(?: [A-Z]{3,4})?)?`],
  [
    'time',
    `\\b${day},? (?:\\d\\d )?${month} ?[ \\d]?\\d?,? ?(?:${clock} )?(?:[A-Z]{3,4} )?\\d{4}(?: ${clock} GMT)?`,
  ],
  ['time', `\\b\\d\\d/${month}/\\d{4}:${clock} [+-]\\d{4}`],
  ['time', `\\b\\d{4}/\\d\\d/\\d\\d ${clock}`],
  ['time', `\\b${month} [ \\d]\\d +(?:\\d\\d:\\d\\d|\\d{4})(?=\\s)`],
  ['mac', '(?<![0-9a-fA-F:])(?:[0-9a-fA-F]{2}:){5}[0-9a-fA-F]{2}(?![0-9a-fA-F:])'],
  ['ip', '(?<![\\w:.])(?:[0-9a-f]{0,4}:){2,7}[0-9a-f]{0,4}(?![\\w:])'],
  ['time', `(?<![\\w:])${clock}(?![\\w:])`],
  ['duration', `\\b${span}`],
  ['duration', '(?<![\\d./])[\\d.]+(?:/[\\d.]+)+ ?ms\\b'],
  ['duration', '\\b\\d+(?:\\.\\d+)? ?(?:ms|µs|us|msec|sec)\\b'],
  ['duration', '\\b(?:\\d+m)?\\d+\\.\\d+s\\b'],
  ['count', '(?<=[RT]X packets )\\d+ +bytes \\d+ \\([^)]*\\)'],
  ['count', '(?<=[RT]X (?:packets|bytes):)\\d+(?: \\([^)]*\\))?'],
  ['count', '\\b\\d+[KMG]? packets, \\d+[KMG]? bytes'],
  ['count', '^ *\\d+[KMG]? +\\d+[KMG]?(?= +[A-Z][A-Za-z-]* +(?:all|tcp|udp|icmp|\\d+) +--)'],
  // Sizes of images and of what a build sends: of the same name they change with each release of an image.
  ['count', '(?<=\\bago )[\\d.]+[kMG]?B$'],
  ['count', '(?<=^Sending build context to Docker daemon )[\\d.]+[kMG]?B$'],
  ['index', '@if\\d+\\b'],
  ['index', '^\\d+(?=: [A-Za-z])'],
  ['index', '(?<=\\blink-netnsid )\\d+'],
  ['index', '(?<=\\b(?:pid|fd)=)\\d+'],
  ['link', '\\bveth[0-9a-f]{7}\\b'],
  ['id', '(?<![0-9a-zA-Z])[0-9a-f]{4,63}(?:\\.\\.\\.|…)'],
  ['id', '(?<![0-9a-zA-Z])(?:[0-9a-f]{64}|(?!\\d{12})[0-9a-f]{12})(?![0-9a-zA-Z])'],
  ['ip', '(?<![\\d.])\\d{1,3}(?:\\.\\d{1,3}){3}(?![\\d.]*\\d)'],
  // The range of ephemeral ports: net.ipv4.ip_local_port_range of Linux.
  ['port', '(?<=[:\\]])(?:3[2-9]|4\\d|5\\d|60)\\d{3}(?=->|/|$|\\s|")'],
  ['port', '(?<="HostPort": ?")(?:3[2-9]|4\\d|5\\d|60)\\d{3}(?=")'],
]

const any = new RegExp(patterns.map(([, source]) => `(${source})`).join('|'), 'g')

/** `line` cut into values and the text between them. */
export function piecesOf(line: string): Piece[] {
  const pieces: Piece[] = []
  let from = 0
  for (const match of line.matchAll(any)) {
    const kind = patterns[match.slice(1).findIndex((group) => group !== undefined)]?.[0] ?? 'text'
    if (!isValue(kind, match[0])) continue
    if (match.index > from) pieces.push({ kind: 'text', text: line.slice(from, match.index) })
    pieces.push({ kind, text: match[0] })
    from = match.index + match[0].length
  }
  if (from < line.length) pieces.push({ kind: 'text', text: line.slice(from) })
  return pieces
}

export const isBoundKind = (kind: Piece['kind']): kind is BoundKind =>
  (boundKinds as readonly string[]).includes(kind)

// Addresses that mean the same on every machine are text: loopback, any, masks, broadcast, public resolvers.
function isValue(kind: Piece['kind'], text: string): boolean {
  if (kind === 'mac') return !/^(?:00:){5}00$|^(?:ff:){5}ff$/i.test(text)
  if (kind === 'id') return /[0-9]/.test(text)
  if (kind !== 'ip') return true
  if (text.includes(':')) return parseIp6(text) !== undefined && !/^::1?$/.test(text)
  return (
    parseIp(text) !== undefined &&
    !/^(?:0\.|127\.|255\.|8\.8\.8\.8$|8\.8\.4\.4$|1\.1\.1\.1$|224\.)/.test(text)
  )
}
