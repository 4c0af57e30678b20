// Sizes, spans and numbers: as the fact sheet has them, and as clients 20.10.24 and 28.2.2 refused them
// (docker create -m, --health-interval, docker ps -n).

import { expect, test } from 'vitest'
import { hours, minutes, seconds } from '../instant.ts'
import { parseGoDuration, printGoDuration } from './duration.ts'
import { naturalOrder } from './natural.ts'
import { parseBool, parseInteger } from './strconv.ts'
import { bytesSize, humanDuration, humanSize, parseBinarySize } from './units.ts'

const messageOf = (read: () => unknown): unknown => {
  try {
    return read()
  } catch (cause) {
    return cause instanceof Error ? cause.message : cause
  }
}

test.each([
  [seconds(0.9), 'Less than a second'],
  [seconds(1.9), '1 second'],
  [seconds(59), '59 seconds'],
  [seconds(60), 'About a minute'],
  [seconds(119), 'About a minute'],
  [minutes(2), '2 minutes'],
  [minutes(59), '59 minutes'],
  [minutes(60), 'About an hour'],
  [minutes(89), 'About an hour'],
  [minutes(90), '2 hours'],
  [hours(47), '47 hours'],
  [hours(48), '2 days'],
  [hours(335), '13 days'],
  [hours(336), '2 weeks'],
  [hours(1439), '8 weeks'],
  [hours(1440), '2 months'],
  [hours(24 * 30 * 22), '22 months'],
  [hours(17520), '2 years'],
])('%d µs: %s', (span, words) => {
  expect(humanDuration(span)).toBe(words)
})

test('sizes', () => {
  expect([0, 2_028_000, 154_000_000, 99_200_000, 14_100_000].map((size) => humanSize(size, 3))).toEqual([
    '0B',
    '2.03MB',
    '154MB',
    '99.2MB',
    '14.1MB',
  ])
  expect(humanSize(2_028_000)).toBe('2.028MB')
  expect(bytesSize(300 * 1024)).toBe('300KiB')
  expect(bytesSize(23.54 * 1024 ** 3)).toBe('23.54GiB')
})

test.each([
  ['12x', "invalid suffix: 'x'", "invalid size: '12x'"],
  ['12', 12, 12],
  ['', "invalid size: ''", "invalid size: ''"],
  ['abc', "invalid size: 'abc'", "invalid size: 'abc'"],
  [
    '1.5.2m',
    'strconv.ParseFloat: parsing "1.5.2": invalid syntax',
    'strconv.ParseFloat: parsing "1.5.2": invalid syntax',
  ],
  ['12 m', 12582912, 12582912],
  ['12mm', "invalid suffix: 'mm'", "invalid size: '12mm'"],
  ['12mib', 12582912, 12582912],
  ['12BB', "invalid suffix: 'bb'", "invalid size: '12BB'"],
  ['-5m', "invalid size: '-5m'", "invalid size: '-5m'"],
  ['5xyzw', "invalid suffix: 'xyzw'", "invalid size: '5xyzw'"],
  ['5XB', "invalid suffix: 'xb'", "invalid size: '5XB'"],
  ['. ', 'strconv.ParseFloat: parsing ".": invalid syntax', "invalid size: '. '"],
  [' 12m', 'strconv.ParseFloat: parsing " 12": invalid syntax', "invalid size: ' 12m'"],
  ['0x10', 'strconv.ParseFloat: parsing "0x10": invalid syntax', "invalid size: '0x10'"],
  ['inf', "invalid size: 'inf'", "invalid size: 'inf'"],
])('a size of %s', (written, by28, by2010) => {
  expect(messageOf(() => parseBinarySize(written))).toBe(by28)
  expect(messageOf(() => parseBinarySize(written, 'whole'))).toBe(by2010)
})

test.each([
  ['5', 'time: missing unit in duration "5"'],
  ['5x', 'time: unknown unit "x" in duration "5x"'],
  ['', 'time: invalid duration ""'],
  ['abc', 'time: invalid duration "abc"'],
  ['1h1', 'time: missing unit in duration "1h1"'],
  ['.', 'time: invalid duration "."'],
  ['-', 'time: invalid duration "-"'],
  ['1.5.5s', 'time: missing unit in duration "1.5.5s"'],
  ['9999999999h', 'time: invalid duration "9999999999h"'],
  ['.5s', 500_000_000n],
  ['-5s', -5_000_000_000n],
  ['1h2m3.5s', 3_723_500_000_000n],
  ['5µs', 5_000n],
])('a duration of %s', (written, read) => {
  expect(messageOf(() => parseGoDuration(written))).toBe(read)
})

test('durations print as Go prints them', () => {
  const spans = [0n, 5n, 1_500n, 300_000_000n, 30_000_000_000n, 90_000_000_000n, 3_600_000_000_000n]
  expect(spans.map(printGoDuration)).toEqual(['0s', '5ns', '1.5µs', '300ms', '30s', '1m30s', '1h0m0s'])
})

test('integers and booleans', () => {
  const flag = (written: string): unknown => messageOf(() => parseInteger(written, { base: 0 }))
  expect(['0x10', '010', '1_0', '-5', '+5'].map(flag)).toEqual([16, 8, 10, -5, 5])
  expect(flag('abc')).toBe('strconv.ParseInt: parsing "abc": invalid syntax')
  expect(flag('')).toBe('strconv.ParseInt: parsing "": invalid syntax')
  expect(flag('1.5')).toBe('strconv.ParseInt: parsing "1.5": invalid syntax')
  expect(flag('99999999999999999999')).toBe(
    'strconv.ParseInt: parsing "99999999999999999999": value out of range',
  )
  expect(messageOf(() => parseBool('foo'))).toBe('strconv.ParseBool: parsing "foo": invalid syntax')
  expect([parseBool('1'), parseBool('False')]).toEqual([true, false])
})

test('names sort by their numbers', () => {
  const names = ['none', 'fl10', 'bridge', 'fl2', 'Zed', 'fl1', 'fl01', '1a', 'host']
  expect(names.toSorted(naturalOrder)).toEqual([
    '1a',
    'Zed',
    'bridge',
    'fl1',
    'fl01',
    'fl2',
    'fl10',
    'host',
    'none',
  ])
})
