// Alpine: BusyBox under the names that Alpine gives it, and apk.

import { directory, executable, symlink, type Tree } from '../kernel/fs/tree.ts'
import { declareImage, lazyTree, links, overlay, tree } from './declare.ts'

const users = `root:x:0:0:root:/root:/bin/sh
bin:x:1:1:bin:/bin:/sbin/nologin
daemon:x:2:2:daemon:/sbin:/sbin/nologin
lp:x:4:7:lp:/var/spool/lpd:/sbin/nologin
sync:x:5:0:sync:/sbin:/bin/sync
shutdown:x:6:0:shutdown:/sbin:/sbin/shutdown
halt:x:7:0:halt:/sbin:/sbin/halt
mail:x:8:12:mail:/var/mail:/sbin/nologin
news:x:9:13:news:/usr/lib/news:/sbin/nologin
uucp:x:10:14:uucp:/var/spool/uucppublic:/sbin/nologin
cron:x:16:16:cron:/var/spool/cron:/sbin/nologin
ftp:x:21:21::/var/lib/ftp:/sbin/nologin
sshd:x:22:22:sshd:/dev/null:/sbin/nologin
games:x:35:35:games:/usr/games:/sbin/nologin
ntp:x:123:123:NTP:/var/empty:/sbin/nologin
guest:x:405:100:guest:/dev/null:/sbin/nologin
nobody:x:65534:65534:nobody:/:/sbin/nologin
`

const groups = `root:x:0:root
bin:x:1:root,bin,daemon
daemon:x:2:root,bin,daemon
sys:x:3:root,bin
adm:x:4:root,daemon
tty:x:5:
disk:x:6:root
lp:x:7:lp
kmem:x:9:
wheel:x:10:root
mail:x:12:mail
cron:x:16:cron
audio:x:18:
video:x:27:root
netdev:x:28:
www-data:x:82:
users:x:100:games
ntp:x:123:
nogroup:x:65533:
nobody:x:65534:
`

const inBin = `arch ash base64 cat chattr chgrp chmod chown cp date dd df dmesg dnsdomainname dumpkmap echo egrep false fatattr
  fgrep fsync getopt grep gunzip gzip hostname ionice iostat ipcalc kill link linux32 linux64 ln login ls lsattr lzop mkdir
  mknod mktemp more mount mountpoint mpstat mv netstat nice pidof ping ping6 printenv ps pwd rev rm rmdir run-parts sed
  setpriv sh sleep stat stty su sync tar touch true umount uname usleep watch zcat`
const inSbin = `acpid adjtimex arp blkid blockdev depmod fdisk findfs fsck fstrim getty halt hwclock ifconfig ifdown ifenslave
  ifup init inotifyd insmod ip ipaddr iplink ipneigh iproute iprule iptunnel klogd loadkmap logread losetup lsmod mdev mkswap
  modinfo modprobe nameif nologin pivot_root poweroff reboot rmmod route slattach swapoff swapon switch_root sysctl syslogd
  tunctl udhcpc vconfig watchdog zcip`
const inUsrBin = `[ [[ awk basename bc blkdiscard bunzip2 bzcat bzip2 cal chvt cksum clear cmp comm cpio crontab cryptpw cut dc
  deallocvt diff dirname dos2unix du eject env expand expr factor fallocate find flock fold free fuser groups hd head hexdump
  hostid id install ipcrm ipcs killall last less logger lsof lsusb lzcat lzma md5sum mesg microcom mkfifo mkpasswd nc nl
  nmeter nohup nproc nsenter nslookup od openvt passwd paste pgrep pkill pmap printf pscan pstree pwdx readlink realpath
  renice reset resize seq setkeycodes setsid sha1sum sha256sum sha3sum sha512sum showkey shred shuf sort split strings sum
  tac tail tee test time timeout top tr traceroute traceroute6 tree truncate ts tty ttysize udhcpc6 unexpand uniq unix2dos
  unlink unlzma unshare unxz unzip uptime uudecode uuencode vi vlock volname w wc wget which who whoami whois xargs xxd
  xzcat yes`
const inUsrSbin = `addgroup add-shell adduser arping brctl chpasswd chroot crond delgroup deluser ether-wake killall5 loadfont
  nbd-client ntpd partprobe rdate readahead remove-shell rfkill sendmail setfont`

export const alpineTree: Tree = lazyTree(() =>
  tree({
    '/bin/busybox': executable('busybox', 808_712),
    ...links('/bin', inBin, '/bin/busybox'),
    ...links('/sbin', inSbin, '/bin/busybox'),
    ...links('/usr/bin', inUsrBin, '/bin/busybox'),
    ...links('/usr/sbin', inUsrSbin, '/bin/busybox'),
    // Alpine builds its nc as the fuller one of the two.
    '/usr/bin/nc': executable('nc.alpine', 808_712),
    '/sbin/apk': executable('apk', 73_936),
    '/usr/bin/getent': executable('getent', 51_816),
    '/dev': directory(),
    '/etc/alpine-release': '3.22.2\n',
    '/etc/apk/arch': 'x86_64\n',
    '/etc/apk/repositories':
      'https://dl-cdn.alpinelinux.org/alpine/v3.22/main\nhttps://dl-cdn.alpinelinux.org/alpine/v3.22/community\n',
    '/etc/apk/world': 'alpine-baselayout\nalpine-keys\nalpine-release\napk-tools\nbusybox\nmusl-utils\n',
    '/etc/group': groups,
    '/etc/hostname': 'localhost\n',
    '/etc/hosts': '127.0.0.1\tlocalhost localhost.localdomain\n::1\t\tlocalhost localhost.localdomain\n',
    '/etc/issue': 'Welcome to Alpine Linux 3.22\nKernel \\r on an \\m (\\l)\n\n',
    '/etc/motd':
      'Welcome to Alpine!\n\nThe Alpine Wiki contains a large amount of how-to guides and general\ninformation about administrating Alpine systems.\nSee <https://wiki.alpinelinux.org/>.\n\nYou can setup the system with the command: setup-alpine\n\nYou may change this message by editing /etc/motd.\n\n',
    '/etc/nsswitch.conf':
      '# musl itself does not support NSS, however some third-party DNS\n# implementations use the nsswitch.conf file to determine what\n# policy to follow.\n# Editing this file is not recommended.\nhosts: files dns\n',
    '/etc/os-release':
      'NAME="Alpine Linux"\nID=alpine\nVERSION_ID=3.22.2\nPRETTY_NAME="Alpine Linux v3.22"\nHOME_URL="https://alpinelinux.org/"\nBUG_REPORT_URL="https://gitlab.alpinelinux.org/alpine/aports/-/issues"\n',
    '/etc/passwd': users,
    '/etc/profile':
      'export PATH="/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"\nexport PAGER=less\numask 022\n',
    '/etc/shells': '/bin/sh\n/bin/ash\n',
    '/home': directory(),
    '/lib/apk/db/installed': '',
    '/lib/ld-musl-x86_64.so.1': executable('ld-musl', 662_624),
    '/media': directory(),
    '/mnt': directory(),
    '/opt': directory(),
    '/proc': directory(),
    '/root': directory({ mode: 0o700 }),
    '/run': directory(),
    '/srv': directory(),
    '/sys': directory(),
    '/tmp': directory({ mode: 0o1777 }),
    '/usr/local/bin': directory(),
    '/usr/local/lib': directory(),
    '/usr/local/share': directory(),
    '/usr/share': directory(),
    '/var/cache/apk': directory(),
    '/var/lib/apk': directory(),
    '/var/log': directory(),
    '/var/mail': directory(),
    '/var/run': symlink('../run'),
    '/var/tmp': directory({ mode: 0o1777 }),
  }),
)

const tar = (version: string): string => `ADD alpine-minirootfs-${version}-x86_64.tar.gz / # buildkit`

export const alpineLayer = { by: tar('3.22.2'), files: alpineTree, megabytes: 8.32, download: 3.8 } as const

export const alpine = declareImage({
  name: 'library/alpine:latest',
  alsoNamed: ['library/alpine:3', 'library/alpine:3.22', 'library/alpine:3.22.2'],
  created: [2025, 10, 8],
  steps: [alpineLayer, 'CMD ["/bin/sh"]'],
  config: { cmd: ['/bin/sh'] },
})

/** A release that tutorials ask for by its number; what differs in its files is its own name. */
const older = (release: string, created: readonly [number, number, number], megabytes: number) => {
  const [short] = /^\d+\.\d+/.exec(release) ?? [release]
  const files = lazyTree(() =>
    tree({
      '/etc/alpine-release': `${release}\n`,
      '/etc/os-release': `NAME="Alpine Linux"\nID=alpine\nVERSION_ID=${release}\nPRETTY_NAME="Alpine Linux v${short}"\nHOME_URL="https://alpinelinux.org/"\nBUG_REPORT_URL="https://gitlab.alpinelinux.org/alpine/aports/-/issues"\n`,
      '/etc/apk/repositories': `https://dl-cdn.alpinelinux.org/alpine/v${short}/main\nhttps://dl-cdn.alpinelinux.org/alpine/v${short}/community\n`,
    }),
  )
  return declareImage({
    name: `library/alpine:${short}`,
    alsoNamed: [`library/alpine:${release}`],
    created,
    steps: [
      {
        by: tar(release),
        files: lazyTree(() => overlay(alpineTree, files)),
        megabytes,
        download: megabytes * 0.46,
      },
      'CMD ["/bin/sh"]',
    ],
    config: { cmd: ['/bin/sh'] },
  })
}

export const olderAlpines = [
  older('3.18.12', [2025, 2, 14], 7.36),
  older('3.19.9', [2025, 10, 8], 7.4),
  older('3.20.8', [2025, 10, 8], 7.8),
  older('3.21.5', [2025, 10, 8], 7.84),
]
