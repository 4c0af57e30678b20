// CentOS 7 and Oracle Linux 9, as base images.

import { directory, symlink, type Tree } from '../kernel/fs/tree.ts'
import { declareImage, lazyTree, overlay, programs, tree } from './declare.ts'

const essential = `[ arch awk basename bash cat chgrp chmod chown cp cut date df dirname du echo egrep env expr false fgrep find
  getent grep groups head hostname id kill ln ls md5sum mkdir mktemp mount mv nl nohup nproc pgrep pidof pkill printenv printf ps pwd
  readlink realpath rm rmdir sed seq sha256sum sleep sort stat stty su sync tac tail tee test timeout touch tr true tty
  umount uname uniq uptime watch wc which whoami xargs yes`

/** The accounts of a fresh system. */
export const users = `root:x:0:0:root:/root:/bin/bash
bin:x:1:1:bin:/bin:/sbin/nologin
daemon:x:2:2:daemon:/sbin:/sbin/nologin
adm:x:3:4:adm:/var/adm:/sbin/nologin
lp:x:4:7:lp:/var/spool/lpd:/sbin/nologin
sync:x:5:0:sync:/sbin:/bin/sync
shutdown:x:6:0:shutdown:/sbin:/sbin/shutdown
halt:x:7:0:halt:/sbin:/sbin/halt
mail:x:8:12:mail:/var/spool/mail:/sbin/nologin
nobody:x:99:99:Nobody:/:/sbin/nologin
`

export const groups =
  'root:x:0:\nbin:x:1:\ndaemon:x:2:\nsys:x:3:\nadm:x:4:\ntty:x:5:\nlp:x:7:\nwheel:x:10:\nmail:x:12:\nusers:x:100:\nnobody:x:99:\n'

/** The prompt of Red Hat's bash. */
const bashrc = 'if [ "$PS1" ]; then\n  PS1="[\\u@\\h \\W]\\\\$ "\nfi\n'

/** A minimal system; `extra` are further names in /usr/bin. */
export const redhatTree = (osRelease: string, release: string, extra: string): Tree =>
  lazyTree(() =>
    tree({
      '/bin': symlink('usr/bin'),
      '/sbin': symlink('usr/sbin'),
      '/lib': symlink('usr/lib'),
      '/lib64': symlink('usr/lib64'),
      ...Object.fromEntries(
        '/boot /dev /home /media /mnt /opt /proc /run /srv /sys /usr/lib /usr/lib64 /usr/local/bin /var/log'
          .split(' ')
          .map((path) => [path, directory()]),
      ),
      '/etc/bashrc': bashrc,
      '/etc/group': groups,
      '/etc/nsswitch.conf': 'passwd:     files\ngroup:      files\nhosts:      files dns\n',
      '/etc/os-release': osRelease,
      '/etc/passwd': users,
      '/etc/profile':
        'PATH="/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"\nexport PATH\n[ -f /etc/bashrc ] && . /etc/bashrc\n',
      '/etc/redhat-release': `${release}\n`,
      '/root': directory({ mode: 0o550 }),
      '/root/.bashrc': 'if [ -f /etc/bashrc ]; then\n  . /etc/bashrc\nfi\n',
      '/root/.bash_profile': 'if [ -f ~/.bashrc ]; then\n  . ~/.bashrc\nfi\n',
      '/tmp': directory({ mode: 0o1777 }),
      '/var/run': symlink('../run'),
      '/var/tmp': directory({ mode: 0o1777 }),
      ...programs('/usr/bin', `${essential} ${extra}`.trim(), {
        ping: 'ping.bookworm',
        curl: 'curl.bookworm',
      }),
      ...programs('/usr/sbin', 'nologin'),
      '/usr/bin/sh': symlink('bash'),
    }),
  )

const centos7 = (release: string, names: readonly string[], created: readonly [number, number, number]) =>
  declareImage({
    name: `library/centos:${names[0]}`,
    alsoNamed: names.slice(1).map((name) => `library/centos:${name}`),
    created,
    steps: [
      {
        by: `/bin/sh -c #(nop) ADD file:centos-${release}.tar.xz in / `,
        files: tree7(release),
        megabytes: 204,
        download: 76.1,
      },
      '/bin/sh -c #(nop)  LABEL org.label-schema.schema-version=1.0 org.label-schema.name=CentOS Base Image',
      '/bin/sh -c #(nop)  CMD ["/bin/bash"]',
    ],
    config: {
      cmd: ['/bin/bash'],
      labels: {
        'org.label-schema.license': 'GPLv2',
        'org.label-schema.name': 'CentOS Base Image',
        'org.label-schema.schema-version': '1.0',
        'org.label-schema.vendor': 'CentOS',
      },
    },
  })

const repositories = ['base os', 'updates updates', 'extras extras']
  .map((entry) => {
    const [id = '', repository = ''] = entry.split(' ')
    const host = 'centos.org'
    return `[${id}]
name=CentOS-$releasever - ${id.charAt(0).toUpperCase()}${id.slice(1)}
mirrorlist=http://mirrorlist.${host}/?release=$releasever&arch=$basearch&repo=${repository}&infra=$infra
#baseurl=http://mirror.${host}/centos/$releasever/${repository}/$basearch/
gpgcheck=1
gpgkey=file:///etc/pki/rpm-gpg/RPM-GPG-KEY-CentOS-7
`
  })
  .join('\n')

const tree7 = (release: string): Tree =>
  lazyTree(() => overlay(base7(release), tree({ '/etc/yum.repos.d/CentOS-Base.repo': repositories })))

const base7 = (release: string): Tree =>
  redhatTree(
    'NAME="CentOS Linux"\nVERSION="7 (Core)"\nID="centos"\nID_LIKE="rhel fedora"\nVERSION_ID="7"\nPRETTY_NAME="CentOS Linux 7 (Core)"\n',
    `CentOS Linux release ${release} (Core)`,
    'curl ping yum',
  )

export const centos = centos7('7.9.2009', ['7', 'centos7', '7.9.2009'], [2021, 9, 15])
export const centos76 = centos7('7.6.1810', ['7.6.1810', 'centos7.6.1810'], [2019, 3, 14])

export const oracleLayer = {
  by: '/bin/sh -c #(nop) ADD file:oraclelinux-9-slim.tar.xz in / ',
  files: redhatTree(
    'NAME="Oracle Linux Server"\nVERSION="9.6"\nID="ol"\nID_LIKE="fedora"\nVERSION_ID="9.6"\nPRETTY_NAME="Oracle Linux Server 9.6"\n',
    'Red Hat Enterprise Linux release 9.6 (Plow)',
    '',
  ),
  megabytes: 116,
  download: 48.1,
} as const
