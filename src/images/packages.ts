// The packages that mirrors have: what `apt install` and `apk add` bring.

export interface Package {
  readonly name: string
  readonly version: string
  /** Bytes to download. */
  readonly size: number
  readonly depends: readonly string[]
  /** Executables: path → program. */
  readonly executables: Readonly<Record<string, string>>
}

const pack = (
  name: string,
  version: string,
  kilobytes: number,
  executables: Readonly<Record<string, string>>,
  depends: readonly string[] = [],
): Package => ({ name, version, size: Math.round(kilobytes * 1000), depends, executables })

const bins = (directory: string, names: string): Record<string, string> =>
  Object.fromEntries(names.split(' ').map((name) => [`${directory}/${name}`, name]))

const debianPackages = (versions: Readonly<Record<string, string>>): readonly Package[] => {
  const version = (name: string) => versions[name] ?? '1.0-1'
  const make = (
    name: string,
    kilobytes: number,
    executables: Record<string, string>,
    depends: string[] = [],
  ) => pack(name, version(name), kilobytes, executables, depends)
  return [
    make(
      'iproute2',
      1120,
      { ...bins('/usr/sbin', 'ip'), ...bins('/usr/bin', 'ss'), '/usr/sbin/bridge': 'bridge' },
      ['libbpf1', 'libelf1t64'],
    ),
    make('libbpf1', 166, {}),
    make('libelf1t64', 57.6, {}),
    make('iputils-ping', 44.6, bins('/usr/bin', 'ping')),
    make('curl', 226, bins('/usr/bin', 'curl'), ['libcurl4t64']),
    make('libcurl4t64', 342, {}),
    make('wget', 334, bins('/usr/bin', 'wget')),
    make('net-tools', 204, { ...bins('/usr/sbin', 'ifconfig route arp'), ...bins('/usr/bin', 'netstat') }),
    make('dnsutils', 3.7, {}, ['bind9-dnsutils']),
    make('bind9-dnsutils', 156, bins('/usr/bin', 'dig nslookup host')),
    make('bind9-host', 49, bins('/usr/bin', 'host')),
    make('inetutils-ping', 60, bins('/usr/bin', 'ping')),
    make('iptables', 381, bins('/usr/sbin', 'iptables ip6tables iptables-save iptables-restore')),
    make('traceroute', 59, bins('/usr/bin', 'traceroute')),
    make('iputils-tracepath', 13.4, bins('/usr/bin', 'tracepath')),
    make('netcat-openbsd', 44, bins('/usr/bin', 'nc')),
    make('netcat', 3, {}, ['netcat-openbsd']),
    make('telnet', 3.7, bins('/usr/bin', 'telnet')),
    make('bridge-utils', 33.9, bins('/usr/sbin', 'brctl')),
    make('procps', 707, bins('/usr/bin', 'ps free uptime pgrep pkill watch top')),
    make('jq', 65.5, bins('/usr/bin', 'jq')),
    make('sudo', 947, bins('/usr/bin', 'sudo')),
    make('python3', 23, bins('/usr/bin', 'python3')),
    make('tcpdump', 479, bins('/usr/bin', 'tcpdump')),
    make('ca-certificates', 151, {}),
    make('vim', 1881, {}),
    make('less', 142, {}),
  ]
}

const noble = debianPackages({
  iproute2: '6.1.0-1ubuntu6.2',
  'iputils-ping': '3:20240117-1ubuntu0.1',
  curl: '8.5.0-2ubuntu10.6',
  libcurl4t64: '8.5.0-2ubuntu10.6',
  wget: '1.21.4-1ubuntu4.1',
  'net-tools': '2.10-0.1ubuntu4.4',
  libbpf1: '1:1.3.0-2build2',
  libelf1t64: '0.190-1.1ubuntu0.1',
})

const bookworm = debianPackages({
  iproute2: '6.1.0-3',
  'iputils-ping': '3:20221126-1+deb12u1',
  curl: '7.88.1-10+deb12u14',
  wget: '1.21.3-1+deb12u1',
  'net-tools': '2.10-0.1+deb12u2',
})

const alpine: readonly Package[] = [
  pack('curl', '8.14.1-r2', 154, bins('/usr/bin', 'curl'), ['libcurl']),
  pack('libcurl', '8.14.1-r2', 370, {}),
  pack('iproute2', '6.15.0-r0', 5, bins('/sbin', 'ip')),
  pack('iputils-ping', '20240905-r0', 40, bins('/bin', 'ping')),
  pack('iputils', '20240905-r0', 4, {}, ['iputils-ping']),
  pack('bind-tools', '9.20.15-r0', 180, bins('/usr/bin', 'dig nslookup host')),
  pack('bash', '5.2.37-r0', 460, bins('/bin', 'bash')),
  pack('jq', '1.8.0-r0', 150, bins('/usr/bin', 'jq')),
  pack('tcpdump', '4.99.5-r1', 520, bins('/usr/bin', 'tcpdump')),
]

/** What the mirror of that name has. */
export function packagesOf(mirror: string): readonly Package[] {
  if (mirror.endsWith('ubuntu.com')) return noble
  return mirror.endsWith('debian.org') ? bookworm : alpine
}
