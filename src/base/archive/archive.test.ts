// The packed text is gzip 1.12's own.

import { expect, it } from 'vitest'
import { type Bytes, encode } from '../bytes.ts'
import { crc32 } from './crc32.ts'
import { gzip } from './deflate.ts'
import { BadArchive, gunzip } from './inflate.ts'
import { blankEntry, isTar, readTar, writeTar } from './tar.ts'

const packed = atob(
  [
    'H4sIAAAAAAACA43Uuw0CQRAEUZ8oJgSmm284a8zpTloB4sYgfEQElF/WU6vn9qg4xnOJEV2fjl5Hx7teNXqPrfeay2H+oiSRSGQSnUh0',
    'JtGFRFcS3Uh0R5iMHJknQk+knog9kXsi+ETyiegT2QvZi+0d2QvZC9kL2QvZC9kL2QvZG9kb2ZudDbI3sjeyN7I3sjey9z/7Lyp+EHjm',
    'BQAA',
  ].join(''),
) as Bytes
const plain = encode(
  Array.from({ length: 40 }, (_, index) => `line ${index} of a text that repeats itself\n`).join(''),
)

it('unpacks what gzip packed', () => {
  expect(gunzip(packed)).toBe(plain)
})

it('unpacks what it packed itself, and that is smaller', () => {
  for (const bytes of [plain, '' as Bytes, encode('äöü\0x'), 'ab'.repeat(40_000) as Bytes]) {
    const small = gzip(bytes)
    expect(gunzip(small)).toBe(bytes)
    if (bytes.length > 1000) expect(small.length).toBeLessThan(bytes.length / 4)
  }
})

it('refuses what is cut off, or larger than allowed', () => {
  expect(() => gunzip(packed.slice(0, 60) as Bytes)).toThrow(BadArchive)
  expect(() => gunzip(packed, 100)).toThrow(BadArchive)
})

it('sums as the check value of the standard says', () => {
  expect(crc32(encode('123456789'))).toBe(0xcbf43926)
})

it('reads the archives it writes', () => {
  const long = `${'d/'.repeat(80)}file`
  const entries = [
    { ...blankEntry, path: 'dir', kind: 'directory', mode: 0o755 },
    { ...blankEntry, path: long, content: encode('x'.repeat(600)), uid: 1000, mtime: 1_700_000_000 },
    { ...blankEntry, path: 'link', kind: 'symlink', target: 'dir/file', mode: 0o777 },
  ] as const
  const archive = writeTar(entries, 20)
  expect(archive.length % 10_240).toBe(0)
  expect(isTar(archive)).toBe(true)
  expect(
    readTar(archive).map(({ path, kind, target, uid, content }) => [path, kind, target, uid, content.length]),
  ).toEqual([
    ['dir', 'directory', '', 0, 0],
    [long, 'file', '', 1000, 600],
    ['link', 'symlink', 'dir/file', 0, 0],
  ])
})
