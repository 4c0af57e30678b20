// The packages that mirrors have: what `apt install` and `apk add` bring.

export interface Package {
  readonly name: string
  readonly version: string
  /** Bytes to download, and unpacked. */
  readonly size: number
  readonly installedSize: number
  readonly depends: readonly string[]
  readonly description: string
  /** Executables: path → program. */
  readonly executables: Readonly<Record<string, string>>
}

interface Declared {
  /** Names in /usr/bin and /usr/sbin; `NAME=PROGRAM` where they differ. */
  readonly bin?: string
  readonly sbin?: string
  readonly depends?: string
  readonly text: string
}

/** What Debian and Ubuntu have alike. */
const debianNames: Readonly<Record<string, Declared>> = {
  'bind9-dnsutils': { bin: 'dig nslookup', depends: 'bind9-host', text: 'Clients provided with BIND 9' },
  'bind9-host': { bin: 'host', text: 'DNS Lookup Utility' },
  'bridge-utils': { sbin: 'brctl', text: 'Utilities for configuring the Linux Ethernet bridge' },
  conntrack: { sbin: 'conntrack', text: 'Program to modify the conntrack tables' },
  curl: { bin: 'curl', text: 'command line tool for transferring data with URL syntax' },
  dnsutils: { depends: 'bind9-dnsutils', text: 'Transitional package for bind9-dnsutils' },
  'inetutils-ping': { bin: 'ping', text: 'ICMP echo tool' },
  iproute2: {
    bin: 'ss',
    sbin: 'bridge ip',
    depends: 'libbpf1',
    text: 'networking and traffic control tools',
  },
  iptables: {
    sbin: 'ip6tables ip6tables-save iptables iptables-restore iptables-save',
    text: 'administration tools for packet filtering and NAT',
  },
  'iputils-arping': { bin: 'arping', text: 'Tool to send ICMP echo requests to an ARP address' },
  'iputils-ping': {
    bin: 'ping ping4=ping ping6=ping',
    text: 'Tools to test the reachability of network hosts',
  },
  'iputils-tracepath': { bin: 'tracepath', text: 'Tools to trace the network path to a remote host' },
  jq: { bin: 'jq', text: 'lightweight and flexible command-line JSON processor' },
  libbpf1: { text: 'eBPF helper library (shared library)' },
  'net-tools': { bin: 'netstat', sbin: 'arp ifconfig route', text: 'NET-3 networking toolkit' },
  netcat: { depends: 'netcat-openbsd', text: 'TCP/IP swiss army knife -- transitional package' },
  'netcat-openbsd': { bin: 'nc', text: 'TCP/IP swiss army knife' },
  'netcat-traditional': { bin: 'nc', text: 'TCP/IP swiss army knife' },
  procps: {
    bin: 'free kill pgrep pkill ps top uptime watch',
    sbin: 'sysctl',
    text: '/proc file system utilities',
  },
  python3: { bin: 'python3', text: 'interactive high-level object-oriented language' },
  socat: { bin: 'socat', text: 'multipurpose relay for bidirectional data transfer' },
  sudo: { bin: 'sudo', text: 'Provide limited super user privileges to specific users' },
  telnet: { bin: 'telnet', text: 'basic telnet client' },
  traceroute: { bin: 'traceroute', text: 'Traces the route taken by packets over an IPv4/IPv6 network' },
  wget: { bin: 'wget', text: 'retrieves files from the web' },
}

/** A suite's versions with kilobytes to download: `curl 8.5.0-2ubuntu10.6 226`. */
function debianPackages(versions: string, programOf: Readonly<Record<string, string>> = {}): Package[] {
  return [...versions.matchAll(/(\S+) (\S+) ([\d.]+)/g)].flatMap(([, name = '', version = '', kilobytes]) => {
    const declared = debianNames[name]
    if (!declared) return []
    const executables = {
      ...paths('/usr/bin', declared.bin, programOf),
      ...paths('/usr/sbin', declared.sbin, programOf),
    }
    return [packageOf(name, version, Number(kilobytes), declared, executables)]
  })
}

const packageOf = (
  name: string,
  version: string,
  kilobytes: number,
  declared: Declared,
  executables: Readonly<Record<string, string>>,
): Package => ({
  name,
  version,
  size: Math.round(kilobytes * 1000),
  installedSize: Math.round(kilobytes * 2.5) * 1024,
  depends: declared.depends?.split(' ') ?? [],
  description: declared.text,
  executables,
})

function paths(
  directory: string,
  names = '',
  programOf: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const words = names.split(' ').filter(Boolean)
  return Object.fromEntries(
    words.map((word) => {
      const [name = '', program = name] = word.split('=')
      return [`${directory}/${name}`, programOf[program] ?? program]
    }),
  )
}

const older = { curl: 'curl.bookworm', ip: 'ip.bookworm', ping: 'ping.bookworm', ss: 'ss.bookworm' }

const noble = debianPackages(
  `bind9-dnsutils 1:9.18.39-0ubuntu0.24.04.2 156 bind9-host 1:9.18.39-0ubuntu0.24.04.2 50.5 bridge-utils 1.7.1-1ubuntu2 33.9
  conntrack 1:1.4.8-1ubuntu1 37.9 curl 8.5.0-2ubuntu10.6 226 dnsutils 1:9.18.39-0ubuntu0.24.04.2 3.7
  inetutils-ping 2:2.5-3ubuntu4 60 iproute2 6.1.0-1ubuntu6.2 1120 iptables 1.8.10-3ubuntu2 381
  iputils-arping 3:20240117-1build1 30 iputils-ping 3:20240117-1ubuntu0.1 44.6 iputils-tracepath 3:20240117-1build1 13.4
  jq 1.7.1-3ubuntu0.24.04.1 65.7 libbpf1 1:1.3.0-2build2 166 net-tools 2.10-0.1ubuntu4.4 204
  netcat-openbsd 1.226-1ubuntu2 44.1 netcat-traditional 1.10-48 65.3 procps 2:4.0.4-4ubuntu3.2 707
  python3 3.12.3-0ubuntu2 23 socat 1.8.0.0-4build3 374 sudo 1.9.15p5-3ubuntu5.24.04.1 947
  telnet 0.17+2.5-3ubuntu4 3.7 traceroute 1:2.1.5-1 58.9 wget 1.21.4-1ubuntu4.1 334`,
  older,
)

const jammy = debianPackages(
  `bind9-dnsutils 1:9.18.39-0ubuntu0.22.04.2 157 bind9-host 1:9.18.39-0ubuntu0.22.04.2 52.5 bridge-utils 1.7-1ubuntu3 34.4
  conntrack 1:1.4.6-2build2 33.5 curl 7.81.0-1ubuntu1.21 194 dnsutils 1:9.18.39-0ubuntu0.22.04.2 3.9
  iproute2 5.15.0-1ubuntu2 1070 iptables 1.8.7-1ubuntu5.2 455 iputils-ping 3:20211215-1 42.9
  iputils-tracepath 3:20211215-1 13.6 jq 1.6-2.1ubuntu3.1 52.5 libbpf1 1:0.5.0-1ubuntu22.04.1 140
  net-tools 1.60+git20181103.0eebece-1ubuntu5.4 204 netcat 1.218-4ubuntu1 2 netcat-openbsd 1.218-4ubuntu1 39.4
  procps 2:3.3.17-6ubuntu2.1 378 python3 3.10.6-1~22.04.1 22.8 socat 1.7.4.1-3ubuntu4 349 sudo 1.9.9-1ubuntu2.5 820
  telnet 0.17-44build1 62.9 traceroute 1:2.1.0-2 45.4 wget 1.21.2-2ubuntu1.1 339`,
  older,
)

const bookworm = debianPackages(
  `bind9-dnsutils 1:9.18.41-1~deb12u1 155 bind9-host 1:9.18.41-1~deb12u1 53.9 bridge-utils 1.7.1-1 34.5
  conntrack 1:1.4.7-1+b2 35.2 curl 7.88.1-10+deb12u14 315 dnsutils 1:9.18.41-1~deb12u1 11.7 inetutils-ping 2:2.4-2+deb12u1 252
  iproute2 6.1.0-3 1046 iptables 1.8.9-2 360 iputils-arping 3:20221126-1+deb12u1 18.6
  iputils-ping 3:20221126-1+deb12u1 47.2 iputils-tracepath 3:20221126-1+deb12u1 15.8 jq 1.6-2.1+deb12u1 64.9 libbpf1 1:1.1.0-1 144
  net-tools 2.10-0.1+deb12u2 243 netcat-openbsd 1.219-1 41.5 netcat-traditional 1.10-47 67.5 procps 2:4.0.2-3 709
  python3 3.11.2-1+b1 26.3 socat 1.7.4.4-2 375 sudo 1.9.13p3-1+deb12u2 1890 telnet 0.17+2.4-2+deb12u1 40.6
  traceroute 1:2.1.2-1 63.1 wget 1.21.3-1+deb12u1 936`,
  older,
)

const trixie = debianPackages(
  `bind9-dnsutils 1:9.20.15-1~deb13u1 155 bind9-host 1:9.20.15-1~deb13u1 53.5 bridge-utils 1.7.1-4+b1 35.4
  conntrack 1:1.4.8-2 39.4 curl 8.14.1-2+deb13u2 269 dnsutils 1:9.20.15-1~deb13u1 11.5 iproute2 6.15.0-1 1088
  iptables 1.8.11-2 352 iputils-arping 3:20240905-3 19.9 iputils-ping 3:20240905-3 49.3 iputils-tracepath 3:20240905-3 16.9
  jq 1.7.1-6+deb13u1 77 libbpf1 1:1.5.0-3 172 net-tools 2.10-1.3 241 netcat-openbsd 1.229-1 43.4
  netcat-traditional 1.10-50 65.9 procps 2:4.0.4-9 883 python3 3.13.5-1 28.2 socat 1.8.0.3-1 430 sudo 1.9.16p2-3 2094
  telnet 0.17+2.6-3 19.7 traceroute 1:2.1.6-1 66.5 wget 1.25.0-2 984`,
)

/** Name, version, kilobytes to download, executables, dependencies. */
const alpineNames: readonly (readonly [string, string, number, Readonly<Record<string, string>>, string?])[] =
  [
    ['bash', '5.2.37-r0', 460, { '/bin/bash': 'bash' }, 'ncurses-terminfo-base libncursesw readline'],
    ['bind-libs', '9.20.15-r0', 1270, {}],
    ['bind-tools', '9.20.15-r0', 180, paths('/usr/bin', 'dig nslookup host'), 'bind-libs'],
    ['brotli-libs', '1.1.0-r2', 380, {}],
    ['c-ares', '1.34.5-r0', 93, {}],
    ['ca-certificates', '20250911-r0', 315, {}],
    ['curl', '8.14.1-r2', 154, { '/usr/bin/curl': 'curl' }, 'c-ares ca-certificates brotli-libs libcurl'],
    ['iproute2', '6.15.0-r0', 5, { '/sbin/ip': 'ip', '/usr/bin/ss': 'ss' }, 'iproute2-minimal'],
    ['iproute2-minimal', '6.15.0-r0', 320, {}],
    ['iptables', '1.8.11-r1', 480, paths('/usr/sbin', 'iptables iptables-save ip6tables')],
    ['iputils', '20240905-r0', 4, {}, 'iputils-ping iputils-tracepath'],
    ['iputils-ping', '20240905-r0', 40, { '/bin/ping': 'ping' }],
    ['iputils-tracepath', '20240905-r0', 12, paths('/usr/sbin', 'tracepath')],
    ['jq', '1.8.1-r0', 150, { '/usr/bin/jq': 'jq' }],
    ['libcurl', '8.14.1-r2', 370, {}],
    ['libncursesw', '6.5_p20250503-r0', 160, {}],
    ['ncurses-terminfo-base', '6.5_p20250503-r0', 23, {}],
    ['net-tools', '2.10-r3', 110, { ...paths('/sbin', 'arp ifconfig route'), '/bin/netstat': 'netstat' }],
    ['netcat-openbsd', '1.229.1-r0', 27, { '/usr/bin/nc': 'nc' }],
    ['python3', '3.12.12-r0', 6800, { '/usr/bin/python3': 'python3' }],
    ['readline', '8.2.13-r1', 140, {}],
    ['socat', '1.8.0.3-r1', 160, paths('/usr/bin', 'socat')],
    ['wget', '1.25.0-r1', 290, { '/usr/bin/wget': 'wget' }],
  ]

const alpine: readonly Package[] = alpineNames.map(([name, version, kilobytes, executables, depends]) =>
  packageOf(name, version, kilobytes, { text: name, ...(depends && { depends }) }, executables),
)

const suites: Readonly<Record<string, readonly Package[]>> = { noble, jammy, bookworm, trixie, alpine }

/** What a mirror has in a suite: a codename, or `alpine`. */
export const packagesOf = (suite: string): readonly Package[] => suites[suite] ?? []
