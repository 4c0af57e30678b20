// Recorded from docker run on 28.2.2 and 20.10.24.

import { describe, expect, test } from 'vitest'
import { parseExposed, parsePublished } from './ports.ts'

const refused: readonly [string, string, string][] = [
  ['abc', 'invalid containerPort: abc', 'Invalid containerPort: abc'],
  ['80:abc', 'invalid containerPort: abc', 'Invalid containerPort: abc'],
  ['99999:80', 'invalid hostPort: 99999', 'Invalid hostPort: 99999'],
  ['1.2.3:80:80', 'invalid IP address: 1.2.3', 'Invalid ip address: 1.2.3'],
  [
    '80:80:80:80',
    'invalid IP address: 80:80',
    'Invalid ip address 80:80: address 80:80:: too many colons in address',
  ],
  [
    '8000-8002:80-81',
    'invalid ranges specified for container and host Ports: 80-81 and 8000-8002',
    'Invalid ranges specified for container and host Ports: 80-81 and 8000-8002',
  ],
  ['80/foo', 'invalid proto: foo', 'Invalid proto: foo'],
  ['', 'no port specified: <empty>', 'No port specified: <empty>'],
  ['81-80', 'invalid containerPort: 81-80', 'Invalid containerPort: 81-80'],
  ['127.0.0.1:80', 'invalid hostPort: 127.0.0.1', 'Invalid hostPort: 127.0.0.1'],
  [':', 'no port specified: :<empty>', 'No port specified: :<empty>'],
  ['80:80 ', 'invalid containerPort: 80 ', 'Invalid containerPort: 80 '],
  ['80-:80', 'invalid hostPort: 80-', 'Invalid hostPort: 80-'],
  ['x=y', 'no port specified: :/tcp<empty>', 'No port specified: :/tcp<empty>'],
  ['[::1%eth0]:80:80', 'invalid IP address: ::1%eth0', 'Invalid ip address: ::1%eth0'],
  [
    '[fe80::1]:80',
    "invalid IP address [fe80:: address [fe80::: missing ']' in address",
    "Invalid ip address [fe80:: address [fe80::: missing ']' in address",
  ],
]

describe('--publish', () => {
  test.each(refused)('%j is refused', (text, in28, in2010) => {
    expect(() => parsePublished(text, '28')).toThrow(new Error(in28))
    expect(() => parsePublished(text, '20.10')).toThrow(new Error(in2010))
  })

  test('what 28 prints in PortBindings', () => {
    expect(parsePublished('8080:80', '28')).toEqual([{ port: '80/tcp', hostIp: '', hostPort: '8080' }])
    expect(parsePublished('127.0.0.1::80/UDP', '28')).toEqual([
      { port: '80/udp', hostIp: '127.0.0.1', hostPort: '' },
    ])
    expect(parsePublished('[::1]:80:80', '28')).toEqual([{ port: '80/tcp', hostIp: '::1', hostPort: '80' }])
    expect(parsePublished('1-2:3-4', '28')).toEqual([
      { port: '3/tcp', hostIp: '', hostPort: '1' },
      { port: '4/tcp', hostIp: '', hostPort: '2' },
    ])
    expect(parsePublished('9100-9102:80', '28')).toEqual([
      { port: '80/tcp', hostIp: '', hostPort: '9100-9102' },
    ])
    expect(parsePublished('target=80,published=8080', '28')).toEqual(parsePublished('8080:80', '28'))
  })
})

describe('--expose', () => {
  test.each([
    [
      'abc',
      'invalid range format for --expose: abc, error: strconv.ParseUint: parsing "abc": invalid syntax',
    ],
    ['80:80', 'invalid port format for --expose: 80:80'],
    ['', 'invalid range format for --expose: , error: empty string specified for ports'],
    ['1-0', 'invalid range format for --expose: 1-0, error: invalid range specified for port: 1-0'],
  ])('%j is refused', (text, words) => {
    expect(() => parseExposed(text, '28')).toThrow(new Error(words))
  })

  test('a range', () => {
    expect(parseExposed('80-81/udp', '28')).toEqual(['80/udp', '81/udp'])
  })
})
