// BusyBox: one executable with many names. Applets that have no program answer `applet not found`.

import { directory, executable } from '../kernel/fs/tree.ts'
import { declareImage, lazyTree, links, tree } from './declare.ts'

const applets = `[ [[ acpid adjtimex ar arch arp arping ascii ash awk base64 basename bc blockdev brctl bunzip2 bzcat bzip2
  cal cat chgrp chmod chown chroot chvt clear cmp comm cp cpio crc32 crond crontab cut date dc dd deallocvt depmod devmem df
  diff dirname dmesg dnsdomainname dos2unix du dumpkmap dumpleases echo ed egrep env expand expr factor fallocate false
  fatattr fdisk fgrep find findfs fold free freeramdisk fsfreeze fstrim ftpget ftpput getopt getty grep groups gunzip gzip
  halt head hexdump hostid hostname httpd hwclock id ifconfig ifdown ifup init insmod install ionice ip ipcalc kill killall
  klogd last less link linux32 linux64 ln loadfont loadkmap logger login logname logread losetup ls lsmod lzcat lzma lzop
  md5sum mdev microcom mkdir mkdosfs mke2fs mkfifo mknod mkpasswd mkswap mktemp modinfo modprobe more mount mt mv nameif nc
  netstat nl nologin nproc nsenter nslookup od openvt partprobe passwd paste patch pidof ping ping6 pivot_root poweroff
  printf ps pwd rdate readlink realpath reboot renice reset rev rm rmdir rmmod route run-parts sed seq setkeycodes setpriv
  setsid sh sha1sum sha256sum sha3sum sha512sum shred shuf sleep sort ssl_client start-stop-daemon stat strings stty su
  sulogin swapoff swapon switch_root sync sysctl syslogd tac tail tar taskset tc tee telnet telnetd test tftp time timeout
  top touch tr traceroute traceroute6 true truncate ts tty tunctl udhcpc udhcpd umount uname uncompress unexpand uniq
  unix2dos unlink unlzma unshare unxz unzip uptime usleep uudecode uuencode vconfig vi w watch watchdog wc wget which who
  whoami xargs xxd xz xzcat yes zcat`

/** What the official image has in its /etc and around. */
const busyboxTree = lazyTree(() =>
  tree({
    '/bin/busybox': executable('busybox', 1_152_928),
    ...links('/bin', applets, 'busybox'),
    '/dev': directory(),
    '/etc/group':
      'root:x:0:\ndaemon:x:1:\nbin:x:2:\nsys:x:3:\nadm:x:4:\ntty:x:5:\nmail:x:8:\nwww-data:x:33:\nusers:x:100:\nnogroup:x:65534:\n',
    '/etc/localtime': 'TZif2',
    '/etc/nsswitch.conf':
      'passwd:         files\ngroup:          files\nhosts:          files dns\nnetworks:       files\n',
    '/etc/passwd': `root:x:0:0:root:/root:/bin/sh
daemon:x:1:1:daemon:/usr/sbin:/bin/false
bin:x:2:2:bin:/bin:/bin/false
sys:x:3:3:sys:/dev:/bin/false
sync:x:4:100:sync:/bin:/bin/sync
mail:x:8:8:mail:/var/spool/mail:/bin/false
www-data:x:33:33:www-data:/var/www:/bin/false
operator:x:37:37:Operator:/var:/bin/false
nobody:x:65534:65534:nobody:/home:/bin/false
`,
    '/home': directory({ uid: 65534, gid: 65534 }),
    '/lib': directory(),
    '/proc': directory(),
    '/root': directory({ mode: 0o700 }),
    '/sys': directory(),
    '/tmp': directory({ mode: 0o1777 }),
    '/usr/bin/env': executable('env.busybox', 1_152_928),
    '/usr/sbin': directory({ uid: 1, gid: 1 }),
    '/var/spool/mail': directory({ uid: 8, gid: 8 }),
    '/var/www': directory({ uid: 33, gid: 33 }),
  }),
)

export const busybox = declareImage({
  name: 'library/busybox:latest',
  alsoNamed: ['library/busybox:1', 'library/busybox:1.37', 'library/busybox:1.37.0', 'library/busybox:glibc'],
  created: [2024, 9, 26],
  steps: [{ by: 'BusyBox 1.37.0 (glibc), Debian 13', files: busyboxTree, megabytes: 4.43, download: 2.22 }],
  config: { cmd: ['sh'] },
})
