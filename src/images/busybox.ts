// BusyBox and Alpine: one executable with many names.

import { directory, executable, symlink, type Tree } from '../kernel/fs/tree.ts'
import { declareImage, links, tree } from './declare.ts'

const applets = `[ arp arping ash awk basename brctl bunzip2 bzip2 cat chgrp chmod chown chroot clear cmp comm cp cut date dd
  df diff dirname dmesg dnsdomainname du echo ed egrep env expand expr factor false fgrep find fold free fuser getopt grep
  groups gunzip gzip head hexdump hostid hostname id ifconfig install ip ipaddr iplink ipneigh iproute iprule kill killall
  less link ln ls md5sum mkdir mkfifo mktemp more mount mv nc netstat nl nohup nproc nslookup od paste pgrep pidof ping
  ping6 pkill printenv printf ps pstree pwd readlink realpath rev rm rmdir route sed seq sh sha1sum sha256sum sleep sort
  split stat stty su sum sync sysctl tac tail tar tee test time timeout top touch tr traceroute traceroute6 true truncate
  tty udhcpc umount uname uniq unlink uptime usleep vi watch wc wget which who whoami xargs xxd yes`

const users = `root:x:0:0:root:/root:/bin/sh
bin:x:1:1:bin:/bin:/sbin/nologin
daemon:x:2:2:daemon:/sbin:/sbin/nologin
mail:x:8:12:mail:/var/mail:/sbin/nologin
nobody:x:65534:65534:nobody:/:/sbin/nologin
`
const groups = `root:x:0:root
bin:x:1:root,bin,daemon
daemon:x:2:root,bin,daemon
tty:x:5:
users:x:100:
nogroup:x:65533:
nobody:x:65534:
`

const skeleton = {
  '/dev': directory(),
  '/etc/group': groups,
  '/etc/passwd': users,
  '/home': directory(),
  '/proc': directory(),
  '/root': directory({ mode: 0o700 }),
  '/sys': directory(),
  '/tmp': directory({ mode: 0o1777 }),
  '/usr/local/bin': directory(),
  '/var/log': directory(),
} as const

const busyboxTree = tree({
  ...skeleton,
  '/bin/busybox': executable('busybox', 1_152_928),
  ...links('/bin', applets, 'busybox'),
})

export const alpineTree: Tree = tree({
  ...skeleton,
  '/bin/busybox': executable('busybox', 808_712),
  ...links(
    '/bin',
    'ash base64 cat chmod chown cp date dd df dmesg dnsdomainname echo ed egrep false fgrep getopt grep gunzip gzip hostname ip kill link ln ls mkdir mkfifo mktemp more mount mv netstat nice pidof ping ping6 printenv ps pwd rev rm rmdir sed sh sleep stat stty su sync tar touch true umount uname usleep watch',
    '/bin/busybox',
  ),
  ...links('/sbin', 'arp ifconfig ipaddr iplink ipneigh iproute iprule nologin route sysctl', '/bin/busybox'),
  ...links(
    '/usr/bin',
    '[ awk basename brctl bunzip2 bzip2 clear cmp comm cut diff dirname du env expand expr factor find fold free fuser groups head hexdump hostid id install killall less md5sum nc nl nohup nproc nslookup od paste pgrep pkill printf pstree readlink realpath seq sha1sum sha256sum sort split sum tac tail tee test time timeout top tr traceroute traceroute6 truncate tty uniq unlink uptime vi wc wget which who whoami xargs xxd yes',
    '/bin/busybox',
  ),
  ...links('/usr/sbin', 'arping chroot', '/bin/busybox'),
  '/sbin/apk': executable('apk'),
  '/etc/alpine-release': '3.22.2\n',
  '/etc/apk/repositories':
    'https://dl-cdn.alpinelinux.org/alpine/v3.22/main\nhttps://dl-cdn.alpinelinux.org/alpine/v3.22/community\n',
  '/etc/hostname': 'localhost\n',
  '/etc/nsswitch.conf':
    '# musl itself does not support NSS, however some third-party DNS\nhosts: files dns\n',
  '/etc/os-release':
    'NAME="Alpine Linux"\nID=alpine\nVERSION_ID=3.22.2\nPRETTY_NAME="Alpine Linux v3.22"\nHOME_URL="https://alpinelinux.org/"\nBUG_REPORT_URL="https://gitlab.alpinelinux.org/alpine/aports/-/issues"\n',
  '/lib/ld-musl-x86_64.so.1': executable('ld-musl', 662_624),
  '/etc/profile':
    'export PATH="/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"\nexport PAGER=less\n',
  '/media': directory(),
  '/mnt': directory(),
  '/opt': directory(),
  '/run': directory(),
  '/srv': directory(),
  '/var/run': symlink('../run'),
})

export const alpineLayer = {
  by: 'ADD alpine-minirootfs-3.22.2-x86_64.tar.gz / # buildkit',
  files: alpineTree,
  megabytes: 8.32,
  download: 3.8,
} as const

export const alpine = declareImage({
  name: 'library/alpine:latest',
  alsoNamed: ['library/alpine:3', 'library/alpine:3.22'],
  created: [2025, 10, 8],
  layers: [alpineLayer],
  config: { cmd: ['/bin/sh'] },
})

export const busybox = declareImage({
  name: 'library/busybox:latest',
  alsoNamed: ['library/busybox:1.37'],
  created: [2024, 9, 26],
  layers: [{ by: 'BusyBox 1.37.0 (glibc), Debian 12', files: busyboxTree, megabytes: 4.43, download: 2.2 }],
  config: { cmd: ['sh'] },
})
