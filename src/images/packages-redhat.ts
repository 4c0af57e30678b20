// The packages that the mirrors of CentOS 7 have: what `yum install` brings. Of what Java needs only the larger part of
// its dependencies is here.

import type { Package } from './packages.ts'

export interface RedhatPackage extends Package {
  readonly arch: 'x86_64' | 'noarch'
  readonly repository: 'base' | 'updates'
}

/** Name, version, kilobytes to download and unpacked, repository (`u` updates), architecture (`n` none); executables, needs. */
const rows: readonly (readonly [string, Readonly<Record<string, string>>?, string?])[] = [
  ['bind-utils 32:9.11.4-26.P2.el7_9.16 262 584 u', { dig: 'dig', host: 'host', nslookup: 'nslookup' }],
  ['bridge-utils 1.5-9.el7 32 56', { brctl: 'brctl' }],
  ['conntrack-tools 1.4.4-7.el7 187 562', { conntrack: 'conntrack' }],
  ['copy-jdk-configs 3.3-11.el7_9 22 27 u n'],
  ['iproute 4.11.0-30.el7 805 1782', { ip: 'ip', ss: 'ss', bridge: 'bridge' }],
  ['iptables 1.4.21-35.el7 432 1508', { iptables: 'iptables', 'iptables-save': 'iptables-save' }],
  [
    'java-1.8.0-openjdk 1:1.8.0.412.b08-1.el7_9 318 1010 u',
    {},
    'java-1.8.0-openjdk-headless libX11 libXext fontconfig giflib xorg-x11-fonts-Type1',
  ],
  [
    'java-1.8.0-openjdk-headless 1:1.8.0.412.b08-1.el7_9 34300 114600 u',
    { java: 'java' },
    'copy-jdk-configs javapackages-tools libjpeg-turbo lksctp-tools tzdata-java',
  ],
  ['javapackages-tools 3.4.1-11.el7 73 169 n', {}, 'python-javapackages'],
  ['fontconfig 2.13.0-4.3.el7 254 675'],
  ['giflib 4.1.6-9.el7 40 89'],
  ['jq 1.6-2.el7 167 382', { jq: 'jq' }],
  ['libX11 1.6.7-4.el7_9 607 1290 u', {}, 'libX11-common'],
  ['libX11-common 1.6.7-4.el7_9 164 1384 u n'],
  ['libXext 1.3.3-3.el7 39 83'],
  ['libjpeg-turbo 1.2.90-8.el7 135 355'],
  ['lksctp-tools 1.0.17-2.el7 88 247'],
  [
    'net-tools 2.0-0.25.20131004git.el7 306 917',
    { arp: 'arp', ifconfig: 'ifconfig', netstat: 'netstat', route: 'route' },
  ],
  ['nmap-ncat 2:6.40-19.el7 206 423', { nc: 'nc' }],
  ['procps-ng 3.3.10-28.el7 291 767', { ps: 'ps', top: 'top', free: 'free', sysctl: 'sysctl' }],
  ['python-javapackages 3.4.1-11.el7 31 71 n'],
  ['socat 1.7.3.2-2.el7 290 1112', { socat: 'socat' }],
  ['sudo 1.8.23-10.el7_9.3 844 3104 u', { sudo: 'sudo' }],
  ['telnet 1:0.17-66.el7 64 113 u', { telnet: 'telnet' }],
  ['traceroute 3:2.0.22-2.el7 59 93', { traceroute: 'traceroute' }],
  ['tzdata-java 2024a-1.el7 187 349 u n'],
  ['wget 1.14-18.el7_6.1 547 2022', { wget: 'wget' }],
  ['which 2.20-7.el7 41 75', { which: 'which' }],
  ['xorg-x11-fonts-Type1 7.5-9.el7 521 864 n'],
]

const older: Readonly<Record<string, string>> = { ip: 'ip.bookworm', ss: 'ss.bookworm' }

export const centos7Packages: readonly RedhatPackage[] = rows.map(([row, executables = {}, needs = '']) => {
  const [name = '', version = '', kilobytes, installed, ...marks] = row.split(' ')
  return {
    name,
    version,
    size: Number(kilobytes) * 1024,
    installedSize: Number(installed) * 1024,
    depends: needs.split(' ').filter(Boolean),
    description: name,
    executables: Object.fromEntries(
      Object.entries(executables).map(([file, program]) => [`/usr/bin/${file}`, older[program] ?? program]),
    ),
    arch: marks.includes('n') ? 'noarch' : 'x86_64',
    repository: marks.includes('u') ? 'updates' : 'base',
  }
})

/** Names by which other packages go: what `yum install` takes for them. */
export const provided: Readonly<Record<string, string>> = {
  java: 'java-1.8.0-openjdk',
  'java-1.8.0': 'java-1.8.0-openjdk',
  ncat: 'nmap-ncat',
  nc: 'nmap-ncat',
  dig: 'bind-utils',
  ifconfig: 'net-tools',
}
