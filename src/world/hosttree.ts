// The files of an Ubuntu host with Docker: what an instructor would install on a practice machine.

import { ubuntuTree } from '../images/debian.ts'
import { overlay, programs, tree } from '../images/declare.ts'
import { directory, executable, symlink, type Tree } from '../kernel/fs/tree.ts'

const networkTools = `arping curl dig host jq nc netstat nslookup ping python3 telnet tracepath traceroute wget
  nsenter`
const administration = `arp brctl bridge conntrack ifconfig ip ip6tables ip6tables-restore ip6tables-save iptables
  iptables-restore iptables-save route sysctl`

export interface HostUser {
  readonly name: string
  readonly docker: boolean
  readonly sudo: boolean
}

/** The tree of a host called `name`, used by `user`; a workstation has Colima. */
export function hostTree(name: string, user: HostUser, resolvConf: string, workstation = false): Tree {
  const isRoot = user.name === 'root'
  const home = isRoot ? '/root' : `/home/${user.name}`
  const account = isRoot ? '' : `${user.name}:x:1000:1000:${user.name}:${home}:/bin/bash\n`
  const own = isRoot ? {} : { uid: 1000, gid: 1000 }
  const members = (wanted: boolean) => (wanted && !isRoot ? user.name : '')
  return overlay(
    ubuntuTree,
    tree({
      ...programs('/usr/bin', networkTools, { curl: 'curl.bookworm', ping: 'ping' }),
      ...programs('/usr/bin', `column docker less ss ssh sudo su systemctl${workstation ? ' colima' : ''}`, {
        ss: 'ss.bookworm',
      }),
      ...programs('/usr/sbin', administration, { ip: 'ip.bookworm' }),
      '/usr/bin/ip': symlink('../sbin/ip'),
      '/run/systemd/system': directory(),
      '/usr/bin/dockerd': executable('dockerd'),
      '/usr/bin/docker-proxy': executable('docker-proxy'),
      '/etc/docker': directory(),
      '/etc/group': `root:x:0:\ndaemon:x:1:\nadm:x:4:${members(true)}\ntty:x:5:\nsudo:x:27:${members(user.sudo)}\nwww-data:x:33:\nusers:x:100:\nnogroup:x:65534:\ndocker:x:${dockerGroup}:${members(user.docker)}\n${isRoot ? '' : `${user.name}:x:1000:\n`}`,
      '/etc/hostname': `${name}\n`,
      '/etc/hosts': `127.0.0.1 localhost\n127.0.1.1 ${name}\n\n# The following lines are desirable for IPv6 capable hosts\n::1     ip6-localhost ip6-loopback\nfe00::0 ip6-localnet\nff00::0 ip6-mcastprefix\nff02::1 ip6-allnodes\nff02::2 ip6-allrouters\n`,
      '/etc/passwd': `root:x:0:0:root:/root:/bin/bash\ndaemon:x:1:1:daemon:/usr/sbin:/usr/sbin/nologin\nwww-data:x:33:33:www-data:/var/www:/usr/sbin/nologin\nnobody:x:65534:65534:nobody:/nonexistent:/usr/sbin/nologin\n${account}`,
      '/etc/resolv.conf': resolvConf,
      ...(isRoot ? {} : { [home]: directory({ ...own, mode: 0o750 }) }),
      '/var/lib/docker': directory({ mode: 0o710 }),
    }),
  )
}

/** The id of the group `docker`. */
export const dockerGroup = 999
