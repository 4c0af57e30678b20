// Debian and Ubuntu as base images: the packages that a minimal system has, and no others.

import { directory, symlink, type Tree } from '../kernel/fs/tree.ts'
import { debianGroups, debianUsers } from './accounts.ts'
import { declareImage, lazyTree, programs, tree } from './declare.ts'

// What `debian:13` has in /usr/bin, recorded; what nobody asks of a container is left out.
const essential = `[ arch awk base64 basename bash cat chgrp chmod chown clear cmp cp cut dash date df diff dirname
  dnsdomainname du echo egrep env expr false fgrep find fold getent grep groups head hostname id ln ls
  mawk md5sum mkdir mktemp more mount mv nl nohup nproc nsenter paste pidof printenv printf pwd
  readlink realpath reset rev rm rmdir sed seq sha256sum sleep sort stat stty su sync tac tail tee
  test timeout touch tr true tty umount uname uniq wc which whoami xargs yes tar gzip gunzip zcat`
const procps = 'free kill pgrep pkill ps top uptime watch'

/** What Debian's base-files has in /etc/bash.bashrc that matters to a prompt. */
const bashrc = `[ -z "\${PS1-}" ] && return
shopt -s checkwinsize
PS1='\${debian_chroot:+($debian_chroot)}\\u@\\h:\\w\\$ '
`

interface Distribution {
  readonly id: 'ubuntu' | 'debian'
  /** `Debian GNU/Linux`, `13`, `trixie`, `13 (trixie)` */
  readonly name: string
  readonly version: string
  readonly codename: string
  readonly versionName: string
  readonly prettyName: string
  readonly debianVersion: string
  readonly sources: string
}

const osRelease = (distribution: Distribution): string => `PRETTY_NAME="${distribution.prettyName}"
NAME="${distribution.name}"
VERSION_ID="${distribution.version}"
VERSION="${distribution.versionName}"
VERSION_CODENAME=${distribution.codename}
ID=${distribution.id}
${distribution.id === 'ubuntu' ? `ID_LIKE=debian\nUBUNTU_CODENAME=${distribution.codename}\n` : ''}`

/** The files of a minimal system of that distribution. */
export function debianTree(distribution: Distribution): Tree {
  const { id, sources, debianVersion } = distribution
  const ubuntu = id === 'ubuntu'
  return lazyTree(() =>
    tree({
      '/bin': symlink('usr/bin'),
      '/sbin': symlink('usr/sbin'),
      '/lib': symlink('usr/lib'),
      '/lib64': symlink('usr/lib64'),
      ...Object.fromEntries(emptyDirectories.map((path) => [path, directory()])),
      '/etc/apt/sources.list.d': directory(),
      [`/etc/apt/sources.list.d/${id}.sources`]: sources,
      '/etc/bash.bashrc': bashrc,
      '/etc/debian_version': `${debianVersion}\n`,
      '/etc/group': debianGroups,
      '/etc/host.conf': 'multi on\n',
      '/etc/nsswitch.conf':
        'passwd:         files\ngroup:          files\nshadow:         files\ngshadow:        files\n\nhosts:          files dns\nnetworks:       files\n',
      '/etc/os-release': symlink('../usr/lib/os-release'),
      '/usr/lib/os-release': osRelease(distribution),
      '/etc/passwd': ubuntu
        ? `${debianUsers}ubuntu:x:1000:1000:Ubuntu:/home/ubuntu:/bin/bash\n`
        : debianUsers,
      '/etc/profile':
        'PATH="/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"\nexport PATH\nif [ "$BASH" ] && [ -f /etc/bash.bashrc ]; then\n  . /etc/bash.bashrc\nfi\n',
      '/root': directory({ mode: 0o700 }),
      '/root/.bashrc': ubuntu ? bashrc : '# ~/.bashrc: executed by bash(1) for non-login shells.\n',
      '/root/.profile': 'if [ "$BASH" ]; then\n  if [ -f ~/.bashrc ]; then\n    . ~/.bashrc\n  fi\nfi\n',
      ...(ubuntu ? { '/home/ubuntu': directory({ uid: 1000, gid: 1000, mode: 0o750 }) } : {}),
      '/tmp': directory({ mode: 0o1777 }),
      '/var/lib/dpkg/status': '',
      '/var/run': symlink('/run'),
      '/var/tmp': directory({ mode: 0o1777 }),
      ...programs('/usr/bin', essential, { mawk: 'awk' }),
      ...programs('/usr/bin', 'apt apt-get apt-cache dpkg dpkg-query'),
      ...programs('/usr/sbin', 'nologin service'),
      ...(ubuntu ? { ...programs('/usr/bin', procps), ...programs('/usr/sbin', 'sysctl') } : {}),
      '/usr/bin/sh': symlink('dash'),
    }),
  )
}

const emptyDirectories =
  `/boot /dev /home /media /mnt /opt /proc /run /srv /sys /usr/lib /usr/lib64 /usr/local/bin
  /usr/local/lib /usr/local/sbin /usr/share /var/cache/apt/archives /var/lib/apt/lists /var/log`.split(/\s+/)

const source = (uri: string, suites: string, components: string): string =>
  `Types: deb\nURIs: http://${uri}\nSuites: ${suites}\nComponents: ${components}\n`

const debianSources = (codename: string): string =>
  `${source('deb.debian.org/debian', `${codename} ${codename}-updates`, 'main')}\n${source('deb.debian.org/debian-security', `${codename}-security`, 'main')}`

const ubuntuComponents = 'main universe restricted multiverse'
const ubuntuSources = (codename: string): string =>
  `${source('archive.ubuntu.com/ubuntu/', `${codename} ${codename}-updates ${codename}-backports`, ubuntuComponents)}\n${source('security.ubuntu.com/ubuntu/', `${codename}-security`, ubuntuComponents)}`

const debianOf = (version: string, codename: string, debianVersion: string): Tree =>
  debianTree({
    id: 'debian',
    name: 'Debian GNU/Linux',
    version,
    codename,
    versionName: `${version} (${codename})`,
    prettyName: `Debian GNU/Linux ${version} (${codename})`,
    debianVersion,
    sources: debianSources(codename),
  })

const ubuntuOf = (version: string, codename: string, point: string, words: string): Tree =>
  debianTree({
    id: 'ubuntu',
    name: 'Ubuntu',
    version,
    codename,
    versionName: `${point} LTS (${words})`,
    prettyName: `Ubuntu ${point} LTS`,
    debianVersion: codename === 'jammy' ? 'bookworm/sid' : 'trixie/sid',
    sources: ubuntuSources(codename),
  })

export const ubuntuTree = ubuntuOf('24.04', 'noble', '24.04.3', 'Noble Numbat')
const jammyTree = ubuntuOf('22.04', 'jammy', '22.04.5', 'Jammy Jellyfish')
export const debianTrixieTree = debianOf('13', 'trixie', '13.2')
const bookwormTree = debianOf('12', 'bookworm', '12.12')

const debianBuild = (codename: string, time: string): string =>
  `# debian.sh --arch 'amd64' out/ '${codename}' '@${time}'`

/** debian:trixie-slim, on which the official images of servers stand. */
export const debianSlimLayer = {
  by: `${debianBuild('trixie', '1761523200')} # slim`,
  files: debianTrixieTree,
  megabytes: 78.6,
  download: 29.8,
} as const

/** debian:bookworm-slim */
export const bookwormSlimLayer = {
  by: `${debianBuild('bookworm', '1744070400')} # slim`,
  files: bookwormTree,
  megabytes: 74.8,
  download: 28.2,
} as const

const debianLayer = {
  by: debianBuild('trixie', '1761523200'),
  files: debianTrixieTree,
  megabytes: 120,
  download: 49.3,
} as const

export const debian = declareImage({
  name: 'library/debian:latest',
  alsoNamed: ['library/debian:13', 'library/debian:trixie', 'library/debian:stable'],
  created: [2025, 10, 27],
  steps: [debianLayer],
  config: { cmd: ['bash'] },
})

export const debianSlim = declareImage({
  name: 'library/debian:stable-slim',
  alsoNamed: ['library/debian:13-slim', 'library/debian:trixie-slim'],
  created: [2025, 10, 27],
  steps: [debianSlimLayer],
  config: { cmd: ['bash'] },
})

export const debianBookworm = declareImage({
  name: 'library/debian:bookworm',
  alsoNamed: ['library/debian:12', 'library/debian:bookworm-slim', 'library/debian:12-slim'],
  created: [2025, 10, 27],
  steps: [{ by: debianBuild('bookworm', '1761523200'), files: bookwormTree, megabytes: 117, download: 48.5 }],
  config: { cmd: ['bash'] },
})

const ubuntuImage = (version: string, names: readonly string[], files: Tree, megabytes: number) =>
  declareImage({
    name: `library/ubuntu:${names[0]}`,
    alsoNamed: names.slice(1).map((name) => `library/ubuntu:${name}`),
    created: [2025, 10, 13],
    steps: [
      '/bin/sh -c #(nop)  ARG RELEASE',
      '/bin/sh -c #(nop)  ARG LAUNCHPAD_BUILD_ARCH',
      '/bin/sh -c #(nop)  LABEL org.opencontainers.image.ref.name=ubuntu',
      `/bin/sh -c #(nop)  LABEL org.opencontainers.image.version=${version}`,
      {
        by: `/bin/sh -c #(nop) ADD file:${version.replace('.', '')}c6bede9eca8ecf2a9f4c2bd9e5bd3e1d4ccc0b1c6a9bdfd6a3e5f3ad2 in / `,
        files,
        megabytes,
        download: megabytes * 0.38,
      },
      '/bin/sh -c #(nop)  CMD ["/bin/bash"]',
    ],
    config: {
      cmd: ['/bin/bash'],
      labels: {
        'org.opencontainers.image.ref.name': 'ubuntu',
        'org.opencontainers.image.version': version,
      },
    },
  })

export const ubuntu = ubuntuImage('24.04', ['latest', '24.04', 'noble'], ubuntuTree, 78.1)
export const ubuntuJammy = ubuntuImage('22.04', ['22.04', 'jammy'], jammyTree, 77.9)
