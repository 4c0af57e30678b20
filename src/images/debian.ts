// Debian and Ubuntu as base images: the packages that a minimal system has, and no others.

import { directory, symlink, type Tree } from '../kernel/fs/tree.ts'
import { declareImage, programs, tree } from './declare.ts'

const coreutils = `basename cat chgrp chmod chown cp cut date dd df dirname du echo env expr false head id install link ln
  ls md5sum mkdir mkfifo mktemp mv nl nohup nproc od paste printenv printf pwd readlink realpath rm rmdir seq sha256sum
  sleep sort stat stty sum sync tac tail tee test timeout touch tr true truncate tty uname uniq unlink users wc who
  whoami yes [`
const others = `awk column diff egrep fgrep find getent grep gzip hostname kill mawk mount more passwd pgrep pkill ps rev
  sed su tar top umount uptime free w watch which xargs`

const releaseFiles = (
  id: 'ubuntu' | 'debian',
  name: string,
  version: string,
  codename: string,
  pretty: string,
) =>
  `PRETTY_NAME="${pretty}"
NAME="${name}"
VERSION_ID="${version}"
VERSION="${pretty.replace(/^\S+( GNU\/Linux)? /, '')}"
VERSION_CODENAME=${codename}
ID=${id}
`

const users = `root:x:0:0:root:/root:/bin/bash
daemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin
bin:x:2:2:bin:/bin:/usr/sbin/nologin
sys:x:3:3:sys:/dev:/usr/sbin/nologin
man:x:6:12:man:/var/cache/man:/usr/sbin/nologin
mail:x:8:8:mail:/var/mail:/usr/sbin/nologin
www-data:x:33:33:www-data:/var/www:/usr/sbin/nologin
_apt:x:42:65534::/nonexistent:/usr/sbin/nologin
nobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin
`

const groups = `root:x:0:
daemon:x:1:
bin:x:2:
sys:x:3:
adm:x:4:
tty:x:5:
mail:x:8:
sudo:x:27:
www-data:x:33:
users:x:100:
nogroup:x:65534:
`

/** What Debian's base-files has in /root/.bashrc and /etc/bash.bashrc that matters to a prompt. */
const ubuntuBashrc = `[ -z "$PS1" ] && return
PS1='\${debian_chroot:+($debian_chroot)}\\u@\\h:\\w\\$ '
`

interface Distribution {
  readonly id: 'ubuntu' | 'debian'
  readonly osRelease: string
  readonly version: string
  readonly sources: string
  readonly bashrc: string
}

/** The files of a minimal system of that distribution. */
export function debianTree({ id, osRelease, version, sources, bashrc }: Distribution): Tree {
  const list = id === 'ubuntu' ? 'ubuntu.sources' : 'debian.sources'
  return tree({
    '/bin': symlink('usr/bin'),
    '/sbin': symlink('usr/sbin'),
    '/lib': symlink('usr/lib'),
    '/lib64': symlink('usr/lib64'),
    '/boot': directory(),
    '/dev': directory(),
    '/etc/apt/sources.list.d': directory(),
    [`/etc/apt/sources.list.d/${list}`]: sources,
    '/etc/bash.bashrc': bashrc,
    '/etc/debian_version': `${version}\n`,
    '/etc/group': groups,
    '/etc/host.conf': 'multi on\n',
    '/etc/nsswitch.conf': 'passwd:         files\ngroup:          files\nhosts:          files dns\n',
    '/etc/os-release': osRelease,
    '/etc/passwd': users,
    '/etc/profile': 'export PATH="/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"\n',
    '/home': directory(),
    '/media': directory(),
    '/mnt': directory(),
    '/opt': directory(),
    '/proc': directory(),
    '/root': directory({ mode: 0o700 }),
    '/root/.bashrc': bashrc,
    '/root/.profile': 'if [ "$BASH" ]; then\n  if [ -f ~/.bashrc ]; then\n    . ~/.bashrc\n  fi\nfi\n',
    '/run': directory(),
    '/srv': directory(),
    '/sys': directory(),
    '/tmp': directory({ mode: 0o1777 }),
    '/usr/lib': directory(),
    '/usr/lib64': directory(),
    '/usr/local/bin': directory(),
    '/usr/local/sbin': directory(),
    '/var/cache/apt': directory(),
    '/var/lib/apt/lists': directory(),
    '/var/lib/dpkg': directory(),
    '/var/log': directory(),
    '/var/run': symlink('/run'),
    '/var/tmp': directory({ mode: 0o1777 }),
    ...programs('/usr/bin', `${coreutils} ${others}`, { awk: 'awk', mawk: 'awk' }),
    ...programs('/usr/bin', 'bash dash apt apt-get apt-cache dpkg clear'),
    '/usr/bin/sh': symlink('dash'),
    ...programs('/usr/sbin', 'chroot ldconfig nologin useradd sysctl'),
  })
}

export const debianSources = (mirror: string, suites: string, components: string): string =>
  `Types: deb\nURIs: http://${mirror}\nSuites: ${suites}\nComponents: ${components}\n`

export const ubuntuTree = debianTree({
  id: 'ubuntu',
  version: 'trixie/sid',
  osRelease: `${releaseFiles('ubuntu', 'Ubuntu', '24.04', 'noble', 'Ubuntu 24.04.3 LTS')}ID_LIKE=debian\nUBUNTU_CODENAME=noble\n`,
  sources:
    debianSources(
      'archive.ubuntu.com/ubuntu/',
      'noble noble-updates noble-backports',
      'main universe restricted multiverse',
    ) +
    `\n${debianSources('security.ubuntu.com/ubuntu/', 'noble-security', 'main universe restricted multiverse')}`,
  bashrc: ubuntuBashrc,
})

export const debian12Tree = debianTree({
  id: 'debian',
  version: '12.12',
  osRelease: releaseFiles('debian', 'Debian GNU/Linux', '12', 'bookworm', 'Debian GNU/Linux 12 (bookworm)'),
  sources:
    debianSources('deb.debian.org/debian', 'bookworm bookworm-updates', 'main') +
    `\n${debianSources('deb.debian.org/debian-security', 'bookworm-security', 'main')}`,
  bashrc: ubuntuBashrc,
})

export const debianLayer = {
  by: "# debian.sh --arch 'amd64' out/ 'bookworm' '@1760918400'",
  files: debian12Tree,
  megabytes: 74.8,
  download: 28.2,
} as const

export const ubuntu = declareImage({
  name: 'library/ubuntu:latest',
  alsoNamed: ['library/ubuntu:24.04', 'library/ubuntu:noble'],
  created: [2025, 10, 13],
  layers: [
    {
      by: '/bin/sh -c #(nop) ADD file:6089c6bede9eca8ecf2a9f4c2bd9e5bd3e1d4ccc0b1c6a9bdfd6a3e5f3ad2b5f in / ',
      files: ubuntuTree,
      megabytes: 78.1,
      download: 29.7,
    },
  ],
  config: {
    cmd: ['/bin/bash'],
    labels: { 'org.opencontainers.image.ref.name': 'ubuntu', 'org.opencontainers.image.version': '24.04' },
  },
})

export const debian = declareImage({
  name: 'library/debian:latest',
  alsoNamed: ['library/debian:12', 'library/debian:bookworm'],
  created: [2025, 10, 20],
  layers: [debianLayer],
  config: { cmd: ['bash'] },
})
