// The values in an output that no two runs share: ids, drawn names, addresses of links, times. It finds them; which
// of them belong together is for references.ts. The kinds are those that tests/recordings/README.md names.

import { mayBeDrawn } from '../../src/engine/container/names.ts'

/** Values that stand for a thing, and for the same thing ever after. */
const boundKinds = ['id', 'mac', 'link', 'link-local', 'index', 'port', 'name'] as const
export type BoundKind = (typeof boundKinds)[number]
/** Values that are measured, counted or raced for, and mean nothing later. A stamp tells one instant. */
export type FreeKind = 'stamp' | 'time' | 'age' | 'duration' | 'number' | 'state' | 'meter' | 'address'

export interface Piece {
  readonly kind: 'text' | BoundKind | FreeKind
  readonly text: string
}

const span =
  '(?:Less than a second|About an? (?:minute|hour)|\\d+ (?:seconds?|minutes?|hours?|days?|weeks?|months?|years?))'
const day = '(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)'
const month = '(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)'
const clock = '\\d\\d:\\d\\d:\\d\\d'
const zone = '(?:Z| ?[+-]\\d\\d:?\\d\\d(?: [A-Z]{3,4})?)'
const ephemeral = '(?:3[2-9]|4\\d|5\\d|60)\\d{3}'
const meterCell = ' +[\\d.]+[kMGT]?'
const upstream = '(?:192\\.168\\.5\\.2|10\\.255\\.255\\.53|10\\.0\\.2\\.[23])'

// In the order in which they are tried at each place.
const patterns: readonly (readonly [Piece['kind'], string])[] = [
  [
    'meter',
    ` +% Total.*\\n +Dload.*\\n|[\\r\\n]? *\\d+(?:${meterCell}){7}(?: +[\\d-]+:[\\d-]+:[\\d-]+){3}${meterCell}`,
  ],
  ['stamp', `\\b\\d{4}-\\d\\d-\\d\\d[T ]${clock}\\.\\d{6,9}${zone}`],
  ['time', `\\b\\d{4}-\\d\\d-\\d\\d[T ]${clock}(?:\\.\\d+)?${zone}?`],
  ['time', `\\b${day},? (?:\\d\\d )?${month} [ \\d]?\\d?,? ?(?:${clock} )?(?:UTC )?\\d{4}(?: ${clock} GMT)?`],
  ['time', `\\b\\d\\d/${month}/\\d{4}:${clock} [+-]\\d{4}`],
  ['time', `\\b\\d{4}/\\d\\d/\\d\\d ${clock}`],
  ['age', `(?<=\\b(?:Up|Exited \\(\\d+\\)|Created|Restarting \\(\\d+\\)) ?)${span}(?: ago)?`],
  ['age', `\\b${span} ago\\b`],
  ['duration', '(?<=\\b(?:real|user|sys)[ \\t]+)(?:\\d+m)?[\\d.]+s?$'],
  ['duration', '(?<=\\btime[= ])\\d+(?:\\.\\d+)? ?ms'],
  ['duration', '(?<=\\b(?:rtt|round-trip) min/avg/max(?:/mdev)? = )[\\d./]+ ms(?:, .*)?'],
  ['duration', '\\b\\d+\\.\\d+ ?ms\\b|\\b\\d+\\.\\d+m?sec\\b'],
  ['duration', '(?<=\\b(?:after|Query time:) )\\d+(?= (?:ms|msec|milliseconds)\\b)'],
  ['name', '\\b[a-z]+_[a-z]+\\d?\\b'],
  ['address', '(?<=\\bBind for )(?:0\\.0\\.0\\.0|::|\\[::\\])(?=:)'],
  ['address', `(?<=^nameserver )${upstream}$|(?<=^(?:Server|Address):\\s+)${upstream}\\b`],
  ['address', '(?<=\\bhost\\()(?:\\d+\\.){3}\\d+(?=\\))'],
  ['mac', '(?<![0-9A-Fa-f:])(?:[0-9a-fA-F]{2}:){5}[0-9a-fA-F]{2}(?![0-9A-Fa-f:])'],
  ['link-local', '\\bfe80::[0-9a-f:]+'],
  ['link', '\\bveth[0-9a-f]{7}\\b'],
  ['index', '(?<=@if)\\d+\\b|^\\d+(?=: [A-Za-z])'],
  ['number', '(?<=\\blink-netnsid )\\d+|(?<=\\b(?:pid|fd)=)\\d+|(?<=\\bid: )\\d+$'],
  ['state', '\\b(?:REACHABLE|STALE|DELAY|PROBE|PERMANENT)\\b'],
  ['number', '\\b[0-9]{10}\\.[0-9]{6,9}\\b|\\b1[0-9]{9}(?:[0-9]{9})?\\b'],
  ['id', '(?<![0-9a-f])(?:[0-9a-f]{64}|(?!\\d{12})[0-9a-f]{12})(?![0-9a-f])'],
  ['port', `(?<=[:\\]]|--sport |"HostPort": ?")${ephemeral}(?=->|$|\\s|")`],
]

/** What a process listing has besides: numbers of processes, times that they ran. */
const listingPatterns: typeof patterns = [
  ['time', '\\b\\d\\d:\\d\\d(?::\\d\\d)?\\b'],
  ['number', '(?<![\\w.])\\d+(?![\\w.])'],
]

const compile = (rows: typeof patterns): RegExp =>
  new RegExp(rows.map(([, source]) => `(${source})`).join('|'), 'gm')

const any = compile(patterns)
const anyListed = compile([...patterns, ...listingPatterns])
const kinds = [...patterns, ...listingPatterns].map(([kind]) => kind)

/** `text`, which `cmd` printed, cut into values and what stands between them. */
export function piecesOf(text: string, cmd: string): Piece[] {
  const listing = /docker top|docker exec.* ps\b|docker exec.* top\b/.test(cmd)
  const pieces: Piece[] = []
  let from = 0
  for (const match of text.matchAll(listing ? anyListed : any)) {
    const kind = kinds[match.slice(1).findIndex((group) => group !== undefined)] ?? 'text'
    if (!isValue(kind, match[0])) continue
    if (match.index > from) pieces.push({ kind: 'text', text: text.slice(from, match.index) })
    pieces.push({ kind, text: match[0] })
    from = match.index + match[0].length
  }
  if (from < text.length) pieces.push({ kind: 'text', text: text.slice(from) })
  return pieces
}

export const isBound = (kind: Piece['kind']): kind is BoundKind =>
  (boundKinds as readonly string[]).includes(kind)

function isValue(kind: Piece['kind'], text: string): boolean {
  if (kind === 'mac')
    return !/^(?:00:){5}00$|^(?:ff:){5}ff$|^(?:01:00:5e|33:33):/i.test(text) && !isDerived(text)
  return kind !== 'name' || mayBeDrawn(text)
}

// Up to 20.10 an endpoint's address is made from its IPv4 address behind 02:42 (libnetwork netutils/utils.go). Those of
// bridges are drawn, and begin alike; a private address tells the first.
function isDerived(mac: string): boolean {
  const [a, b, c = 0, d = 0] = mac.split(':').map((byte) => Number.parseInt(byte, 16))
  if (a !== 0x02 || b !== 0x42) return false
  return c === 10 || (c === 172 && d >= 16 && d < 32) || (c === 192 && d === 168)
}
