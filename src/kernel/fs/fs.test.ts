import { describe, expect, it } from 'vitest'
import { decode, encode } from '../../base/bytes.ts'
import { createScheduler } from '../../base/scheduler.ts'
import { changes, writtenSize } from './changes.ts'
import { asRoot, createFileSystem, mount } from './filesystem.ts'
import { exists, realPath } from './lookup.ts'
import { readDirectory, readFile, readText, stat } from './read.ts'
import { directory, executable, overlay, symlink, tree } from './tree.ts'
import {
  appendFile,
  chmod,
  makeDirectory,
  ownedNode,
  remove,
  removeTree,
  rename,
  writeText,
} from './write.ts'

const image = overlay(
  tree({
    '/etc/hostname': 'old\n',
    '/bin/busybox': executable('busybox'),
    '/bin/ls': symlink('/bin/busybox'),
  }),
  tree({ '/etc/hostname': 'web\n', '/tmp': directory({ mode: 0o1777 }), '/var/log/a.log': 'one\n' }),
)
const clock = { scheduler: createScheduler(), calendar: { epochOffset: 0, zoneMinutes: 0, zoneName: 'UTC' } }
const fresh = () => asRoot(createFileSystem(image, clock))
const alice = { uid: 1000, gid: 1000, groups: [1000], capabilities: new Set<never>() }

describe('file systems', () => {
  it('share their image until one writes', () => {
    const [a, b] = [fresh(), fresh()]
    writeText(a, '/etc/hostname', 'mine\n')
    expect(readText(a, '/etc/hostname')).toBe('mine\n')
    expect(readText(b, '/etc/hostname')).toBe('web\n')
    expect(b.fs.root.root).toBe(image)
    expect(changes(a.fs)).toEqual([
      { kind: 'C', path: '/etc' },
      { kind: 'C', path: '/etc/hostname' },
    ])
    expect(writtenSize(a.fs)).toBe(5)
  })

  it('tell what was added and deleted, as docker diff does', () => {
    const a = fresh()
    makeDirectory(a, '/data/deep', { parents: true })
    writeText(a, '/data/deep/x', 'x')
    remove(a, '/var/log/a.log')
    expect(changes(a.fs).map(({ kind, path }) => `${kind} ${path}`)).toEqual([
      'A /data',
      'A /data/deep',
      'A /data/deep/x',
      'C /var',
      'C /var/log',
      'D /var/log/a.log',
    ])
  })

  it('follow links, dots and mounts', () => {
    const [a, host] = [fresh(), fresh()]
    expect(realPath(a, '/bin/../bin/ls')).toBe('/bin/busybox')
    makeDirectory(host, '/srv')
    makeDirectory(a, '/srv')
    mount(a.fs, '/srv', ownedNode(host, '/srv'))
    writeText(a, '/srv/x', 'from a\n')
    expect(readText(host, '/srv/x')).toBe('from a\n')
    appendFile(host, '/srv/x', encode('more\n'))
    expect(decode(readFile(a, '/srv/../srv/x'))).toBe('from a\nmore\n')
    expect(readDirectory(a, '/')).toEqual(['bin', 'etc', 'srv', 'tmp', 'var'])
    expect(() => removeTree(a, '/srv')).toThrow('EBUSY')
    mount(a.fs, '/mnt', ownedNode(host, '/srv'), { readOnly: true })
    expect(() => writeText(a, '/mnt/y', '')).toThrow('EROFS')
  })

  it('ask for permission', () => {
    const root = fresh()
    const user = { ...root, credentials: alice }
    expect(() => writeText(user, '/etc/x', '')).toThrow('EACCES')
    writeText(user, '/tmp/mine', 'x')
    expect(stat(user, '/tmp/mine')).toMatchObject({ uid: 1000, mode: 0o644, size: 1 })
    writeText(root, '/tmp/roots', 'x')
    expect(() => remove(user, '/tmp/roots')).toThrow('EPERM')
    chmod(root, '/tmp/roots', 0o600)
    expect(() => readText(user, '/tmp/roots')).toThrow('EACCES')
  })

  it('rename over files and not into themselves', () => {
    const a = fresh()
    rename(a, '/var/log/a.log', '/etc/hostname')
    expect(readText(a, '/etc/hostname')).toBe('one\n')
    expect(exists(a, '/var/log/a.log')).toBe(false)
    expect(() => rename(a, '/var', '/var/log/b')).toThrow('EINVAL')
    expect(() => readText(a, '/etc/hostname/x')).toThrow('ENOTDIR')
  })
})
