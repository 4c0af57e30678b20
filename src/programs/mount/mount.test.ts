// Expected texts were recorded from util-linux 2.41 and BusyBox 1.37, in privileged containers and in others.

import { expect, test } from 'vitest'
import { asRoot, mount } from '../../kernel/fs/filesystem.ts'
import { procRoot } from '../../kernel/fs/proc/proc.ts'
import { readText } from '../../kernel/fs/read.ts'
import { directory } from '../../kernel/fs/tree.ts'
import { writeText } from '../../kernel/fs/write.ts'
import { play, type TinyWorld, tinyWorld } from '../net/tiny-world.ts'
import { busyboxMount, utilLinuxMount } from './mount.ts'
import { unmounting } from './umount.ts'

const [umount, busyboxUmount] = unmounting
const programs = { mount: utilLinuxMount, umount, bmount: busyboxMount, bumount: busyboxUmount }

function world(): TinyWorld {
  const made = tinyWorld({ '/m': directory(), '/proc': directory(), '/data/f': 'here\n' })
  mount(made.ann.files, '/proc', procRoot, {
    source: 'proc',
    type: 'proc',
    options: 'nosuid,nodev,noexec,relatime',
  })
  return made
}

/** What the lines print one after the other; the last line's status. */
function shown(lines: readonly string[], { admin = true, on = world() } = {}): string {
  let text = ''
  let status = 0
  for (const line of lines) {
    const name = (line.split(' ')[0] ?? '') as keyof typeof programs
    const program = programs[name]
    if (!program) throw new Error(name)
    const { out, err, rc } = play(on, on.ann, program, line.replace(/^b/, ''), { admin })
    text += out + err
    status = rc
  }
  return `${text}rc=${status}`
}

const hint = '       dmesg(1) may have more information after failed mount system call.\n'

test('lists what is mounted, of one type too', () => {
  const listed =
    'overlay on / type overlay (rw,relatime)\nproc on /proc type proc (rw,nosuid,nodev,noexec,relatime)\nrc=0'
  expect(shown(['mount'])).toBe(listed)
  expect(shown(['bmount'])).toBe(listed)
  expect(shown(['mount -t proc'])).toBe('proc on /proc type proc (rw,nosuid,nodev,noexec,relatime)\nrc=0')
})

test('who may not', () => {
  const admin = false
  expect(shown(['mount -t tmpfs tmpfs /m'], { admin })).toBe(`mount: /m: permission denied.\n${hint}rc=32`)
  expect(shown(['umount /proc'], { admin })).toBe('umount: /proc: must be superuser to unmount.\nrc=32')
  expect(shown(['bmount -t tmpfs tmpfs /m'], { admin })).toBe(
    'mount: permission denied (are you root?)\nrc=1',
  )
  expect(shown(['bumount /tmp'], { admin })).toBe("umount: can't unmount /tmp: Operation not permitted\nrc=1")
})

test('a tmpfs', () => {
  expect(
    shown([
      'mount -t tmpfs -o size=64m,ro,mode=700 tmp /m',
      'mount -t tmpfs',
      'umount tmp',
      'mount -t tmpfs',
    ]),
  ).toBe('tmp on /m type tmpfs (ro,relatime,size=65536k,mode=700)\nrc=0')
  expect(shown(['mount -t tmpfs -o noexec,nosuid,nodev,noatime t /m', 'mount -t tmpfs'])).toBe(
    't on /m type tmpfs (rw,nosuid,nodev,noexec,noatime)\nrc=0',
  )
  expect(
    shown(['mount -v -t tmpfs none /m', 'mount -o remount,ro /m', 'mount -t tmpfs', 'umount -v /m']),
  ).toBe('mount: none mounted on /m.\nnone on /m type tmpfs (ro,relatime)\numount: /m unmounted\nrc=0')
  expect(shown(['mount -f -t tmpfs t /m', 'mount -t tmpfs'])).toBe('rc=0')
})

test('a bind mount shows the same files', () => {
  const on = world()
  expect(shown(['mount --bind /data /m'], { on })).toBe('rc=0')
  const caller = asRoot(on.ann.files)
  writeText(caller, '/m/f', 'there\n')
  expect(readText(caller, '/data/f')).toBe('there\n')
  expect(shown(['umount /m', 'umount /m'], { on })).toBe('umount: /m: not mounted.\nrc=32')
})

test.each([
  ['mount -t tmpfs tmpfs /nonexist', `mount: /nonexist: mount point does not exist.\n${hint}rc=32`],
  ['mount /dev/nope /m', `mount: /m: fsconfig() failed: /dev/nope: Can't lookup blockdev.\n${hint}rc=32`],
  ['mount --bind /nope /m', `mount: /m: special device /nope does not exist.\n${hint}rc=32`],
  ['mount -t nfs h:/x /m', `mount: /m: unknown filesystem type 'nfs'.\n${hint}rc=32`],
  [
    'mount -t tmpfs -o bogus t /m',
    `mount: /m: fsconfig() failed: tmpfs: Unknown parameter 'bogus'.\n${hint}rc=32`,
  ],
  ['mount -o remount,ro /nope', `mount: /nope: mount point does not exist.\n${hint}rc=32`],
  ['mount -o remount,ro /tmp', `mount: /tmp: mount point not mounted or bad option.\n${hint}rc=32`],
  ['mount /m', "mount: /m: can't find in /etc/fstab.\nrc=1"],
  ['mount -L foo /m', 'mount: /m: can\'t find LABEL="foo".\nrc=1'],
  ['mount a b c', "mount: bad usage\nTry 'mount --help' for more information.\nrc=1"],
  ['mount -Z', "mount: invalid option -- 'Z'\nTry 'mount --help' for more information.\nrc=1"],
  ['mount -a', 'rc=0'],
  ['umount', "umount: bad usage\nTry 'umount --help' for more information.\nrc=1"],
  ['umount /nonexist', 'umount: /nonexist: no mount point specified.\nrc=32'],
  ['umount /tmp', 'umount: /tmp: not mounted.\nrc=32'],
  [
    'bmount -t tmpfs tmpfs /nonexist',
    'mount: mounting tmpfs on /nonexist failed: No such file or directory\nrc=1',
  ],
  ['bmount /dev/nope /m', 'mount: mounting /dev/nope on /m failed: No such file or directory\nrc=1'],
  ['bmount -t nfs x /m', 'mount: mounting x on /m failed: No such device\nrc=1'],
  ['bmount -o bind /nope /m', 'mount: mounting /nope on /m failed: No such file or directory\nrc=1'],
  ['bmount /nope', "mount: can't read '/etc/fstab': No such file or directory\nrc=1"],
  ['bmount -o remount,ro /m', "mount: can't find /m in /proc/mounts\nrc=1"],
  ['bumount /tmp', "umount: can't unmount /tmp: Invalid argument\nrc=1"],
  ['bumount /nope', "umount: can't unmount /nope: No such file or directory\nrc=1"],
])('%s', (line, expected) => {
  expect(shown([line])).toBe(expected)
})
