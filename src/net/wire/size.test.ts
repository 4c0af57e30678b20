import { expect, test } from 'vitest'
import { encode, noBytes } from '../../base/bytes.ts'
import type { Packet } from './packet.ts'
import { sizeOfFrame, sizeOfPacket } from './size.ts'
import type { Segment } from './tcp.ts'

const packet = (body: Packet['body'], dst: Packet['dst'] = 1): Packet => ({
  src: dst,
  dst,
  ttl: 64,
  id: 0,
  body,
})

const segment: Segment = {
  protocol: 'tcp',
  srcPort: 1,
  dstPort: 2,
  sequence: 0,
  acknowledgment: 0,
  syn: false,
  ack: true,
  fin: false,
  rst: false,
  psh: false,
  window: 0,
  payload: noBytes,
}

// As iptables -v counts and tcpdump -v prints them on Linux.
test('packets are as long as on Linux', () => {
  const echo = packet({ protocol: 'icmp', type: 'echo-request', id: 1, sequence: 1, size: 56 })
  expect(sizeOfPacket(echo)).toBe(84)
  expect(sizeOfPacket({ ...echo, src: 1n, dst: 1n })).toBe(104)
  expect(sizeOfPacket(packet({ protocol: 'icmp', type: 'unreachable', code: 'host', original: echo }))).toBe(
    112,
  )
  expect(sizeOfPacket(packet({ ...segment, syn: true }))).toBe(60)
  expect(sizeOfPacket(packet(segment))).toBe(52)
  expect(sizeOfPacket(packet({ ...segment, rst: true }))).toBe(40)
  expect(sizeOfPacket(packet({ protocol: 'udp', srcPort: 1, dstPort: 2, payload: encode('four') }))).toBe(32)
  expect(sizeOfFrame({ type: 'ip', src: 1, dst: 2, packet: echo })).toBe(98)
})

test('DNS messages are as long as RFC 1035 makes them', () => {
  const question = { name: 'example.com', type: 'A' } as const
  const message = {
    dns: true,
    id: 1,
    response: false,
    code: 'NOERROR',
    authoritative: false,
    recursionDesired: true,
    recursionAvailable: false,
    question,
    answers: [],
  } as const
  const udp = (payload: Extract<Packet['body'], { protocol: 'udp' }>['payload']) =>
    sizeOfPacket(packet({ protocol: 'udp', srcPort: 1, dstPort: 53, payload })) - 28
  expect(udp(message)).toBe(29)
  expect(udp({ ...message, answers: [{ ...question, ttl: 1, data: 1 }] })).toBe(45)
})

test('ARP frames have 42 bytes, neighbor solicitations 86', () => {
  const arp = { operation: 'request', senderMac: 1, targetMac: 0 } as const
  expect(sizeOfFrame({ type: 'arp', src: 1, dst: 2, arp: { ...arp, senderIp: 1, targetIp: 2 } })).toBe(42)
  expect(sizeOfFrame({ type: 'arp', src: 1, dst: 2, arp: { ...arp, senderIp: 1n, targetIp: 2n } })).toBe(86)
})
