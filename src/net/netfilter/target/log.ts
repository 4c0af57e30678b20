// `-j LOG`: a line in the kernel log for each packet (libxt_LOG.c, nf_log_syslog.c).

import { printIp } from '../../../base/ip.ts'
import { printMac } from '../../../base/mac.ts'
import type { Packet } from '../../wire/packet.ts'
import { sizeOfBody, sizeOfPacket } from '../../wire/size.ts'
import type { Segment } from '../../wire/tcp.ts'
import { type6Of, typeOf } from '../match/icmp.ts'
import type { Meeting } from '../meeting.ts'
import { badUsage } from '../refusal.ts'
import { type Given, parseNumber, wordOf } from '../rule/option.ts'
import { quote } from '../rule/print.ts'
import type { TargetKind } from './target.ts'

interface Logging {
  readonly level: number
  readonly prefix: string
  readonly flags: number
}

const flagNames = ['tcp-sequence', 'tcp-options', 'ip-options', 'uid', undefined, 'macdecode'] as const
const tcpSequence = 1
const macDecode = 32

const levels = ['emerg', 'alert', 'crit', 'err', 'warn', 'notice', 'info', 'debug']
const levelNames = new Map([...levels.entries()].map(([level, name]) => [name, level] as const))
levelNames.set('panic', 0).set('error', 3).set('warning', 4)
const usualLevel = 4

export const log: TargetKind<Logging> = {
  name: 'LOG',
  options: [
    { name: 'log-level' },
    { name: 'log-prefix' },
    ...['tcp-sequence', 'tcp-options', 'ip-options', 'uid', 'macdecode'].map((name) => ({
      name: `log-${name}`,
      words: 0 as const,
    })),
  ],
  read,
  save({ level, prefix, flags }) {
    const options = flagNames.flatMap((name, bit) => (name && flags & (1 << bit) ? [` --log-${name}`] : []))
    return [
      prefix === '' ? '' : ` --log-prefix ${quote(prefix)}`,
      level === usualLevel ? '' : ` --log-level ${level}`,
      ...options,
    ].join('')
  },
  list({ level, prefix, flags }, numeric) {
    const end = prefix === '' ? '' : ` prefix "${prefix}"`
    if (numeric) return `LOG flags ${flags} level ${level}${end}`
    const options = flagNames.flatMap((name, bit) => (name && flags & (1 << bit) ? [` ${name}`] : []))
    return `LOG level ${levels[level] ?? level}${options.join('')}${end}`
  },
  act(logging, meeting) {
    const { netfilter, fabric } = meeting.namespace
    netfilter.log ??= []
    netfilter.log.push({ at: fabric.scheduler.now, level: logging.level, text: lineOf(logging, meeting) })
    if (netfilter.log.length > mostLines) netfilter.log.splice(0, netfilter.log.length - mostLines)
    return 'CONTINUE'
  },
}

/** Older lines are forgotten, as in the kernel's ring. */
const mostLines = 1000

function read(given: Given): Logging {
  const word = given.has('log-level') ? wordOf(given.get('log-level')) : String(usualLevel)
  const level = parseNumber(word, 7) ?? levelNames.get(word.toLowerCase())
  if (level === undefined) throw badUsage(`log level "${word}" unknown\n`)
  let flags = 0
  for (const [bit, name] of flagNames.entries()) if (name && given.has(`log-${name}`)) flags |= 1 << bit
  return { level, prefix: wordOf(given.get('log-prefix')).slice(0, 29), flags }
}

function lineOf({ prefix, flags }: Logging, { skb }: Meeting): string {
  const words = [`${prefix}IN=${skb.in?.name ?? ''} OUT=${skb.out?.name ?? ''}`]
  if (skb.physicalIn) words.push(`PHYSIN=${skb.physicalIn.name}`)
  if (skb.physicalOut) words.push(`PHYSOUT=${skb.physicalOut.name}`)
  if (skb.in) words.push(macOf(skb.sourceMac, skb.destinationMac, typeof skb.packet.dst === 'bigint', flags))
  words.push(...wordsOfPacket(skb.packet, flags))
  if (skb.mark !== 0) words.push(`MARK=0x${skb.mark.toString(16)}`)
  return `${words.join(' ')} `
}

function macOf(
  source: number | undefined,
  destination: number | undefined,
  six: boolean,
  flags: number,
): string {
  if (source === undefined || destination === undefined) return 'MAC='
  const proto = six ? '86dd' : '0800'
  if (flags & macDecode) return `MACSRC=${printMac(source)} MACDST=${printMac(destination)} MACPROTO=${proto}`
  return `MAC=${printMac(destination)}:${printMac(source)}:${proto.slice(0, 2)}:${proto.slice(2)}`
}

function wordsOfPacket(packet: Packet, flags: number): string[] {
  const { src, dst, ttl, id, body, dontFragment } = packet
  const four = typeof src === 'number'
  const length = sizeOfPacket(packet)
  const words = [
    `SRC=${four ? printIp(src) : wholeIp6(src)}`,
    `DST=${typeof dst === 'number' ? printIp(dst) : wholeIp6(dst)}`,
  ]
  if (four) {
    words.push(`LEN=${length}`, 'TOS=0x00', 'PREC=0x00', `TTL=${ttl}`, `ID=${id}`)
    if (dontFragment || body.protocol === 'tcp') words.push('DF')
  } else words.push(`LEN=${length}`, 'TC=0', `HOPLIMIT=${ttl}`, 'FLOWLBL=0')
  if (body.protocol === 'udp')
    return [...words, 'PROTO=UDP', `SPT=${body.srcPort}`, `DPT=${body.dstPort}`, `LEN=${sizeOfBody(packet)}`]
  if (body.protocol === 'tcp') return [...words, ...wordsOfSegment(body, flags)]
  const [type, code] = four ? typeOf(body) : type6Of(body)
  words.push(four ? 'PROTO=ICMP' : 'PROTO=ICMPv6', `TYPE=${type}`, `CODE=${code}`)
  if (body.type === 'echo-request' || body.type === 'echo-reply')
    return [...words, `ID=${body.id}`, `SEQ=${body.sequence}`]
  return [...words, `[${wordsOfPacket(body.original, 0).join(' ')} ]`]
}

function wordsOfSegment(segment: Segment, flags: number): string[] {
  const words = ['PROTO=TCP', `SPT=${segment.srcPort}`, `DPT=${segment.dstPort}`]
  if (flags & tcpSequence) words.push(`SEQ=${segment.sequence}`, `ACK=${segment.acknowledgment}`)
  words.push(`WINDOW=${segment.window}`, 'RES=0x00')
  if (segment.ack) words.push('ACK')
  if (segment.psh) words.push('PSH')
  if (segment.rst) words.push('RST')
  if (segment.syn) words.push('SYN')
  if (segment.fin) words.push('FIN')
  return [...words, 'URGP=0']
}

/** All digits of all parts (the kernel's %pI6). */
const wholeIp6 = (ip: bigint): string =>
  ip
    .toString(16)
    .padStart(32, '0')
    .replace(/....(?!$)/g, '$&:')
