// The outside world: a router on each LAN, and behind it one machine that is the rest of the internet: public
// resolvers that answer ping, a web host, Docker Hub, package mirrors.

import type { Calendar } from '../../base/calendar.ts'
import { type Cidr, ipAt, parseCidr } from '../../base/cidr.ts'
import { anyIp4, type Ip, parseIp, parseIp4 } from '../../base/ip.ts'
import type { Catalogue } from '../../engine/image/catalogue.ts'
import { directory, tree } from '../../kernel/fs/tree.ts'
import type { Machine } from '../../kernel/machine.ts'
import { addAddress, setUp } from '../../net/link/admin.ts'
import { createDummy } from '../../net/link/dummy.ts'
import { createEthernet, createSegment, type Segment } from '../../net/link/ethernet.ts'
import type { Fabric } from '../../net/namespace.ts'
import { appendRule } from '../../net/netfilter/tables/rule.ts'
import { addRoute } from '../../net/route.ts'
import { writeSysctl } from '../../net/sysctl.ts'
import { bootMachine } from '../machine.ts'
import type { OutsideSpec } from '../spec.ts'
import { startNameServer, type Zone } from './dns.ts'
import { mirrorPage, mirrors } from './mirror.ts'
import { registryPage } from './registry.ts'
import { type Page, type Site, startWebServer } from './web.ts'

export interface Lan {
  readonly name: string
  readonly subnet: Cidr
  readonly segment: Segment
}

export interface Outside {
  /** One for each LAN: its gateway and name server. */
  readonly routers: readonly Machine[]
  readonly internet: Machine | undefined
}

const empty = tree({ '/etc': directory(), '/proc': directory(), '/dev': directory(), '/sys': directory() })

const publicResolvers = ['8.8.8.8', '8.8.4.4', '1.1.1.1']

/** Hosts that are there by default; `mirror` and `registry` hosts have their own pages. */
const publicHosts: Readonly<Record<string, string>> = {
  'example.com': '93.184.215.14',
  'www.example.com': '93.184.215.14',
  'google.com': '142.250.196.110',
  'www.google.com': '142.250.196.100',
  'dns.google': '8.8.8.8',
  'one.one.one.one': '1.1.1.1',
  'registry-1.docker.io': '98.85.153.80',
  'auth.docker.io': '98.85.154.13',
  'archive.ubuntu.com': '91.189.91.82',
  'security.ubuntu.com': '185.125.190.83',
  'deb.debian.org': '151.101.2.132',
  'dl-cdn.alpinelinux.org': '151.101.130.132',
  'mirrorlist.centos.org': '18.225.36.18',
  'mirror.centos.org': '147.75.69.225',
  'archive.apache.org': '65.108.204.189',
}

const examplePage = `<!doctype html><html lang="en"><head><title>Example Domain</title></head><body><div><h1>Example Domain</h1><p>This domain is for use in documentation examples.</p></div></body></html>\n`

/** Builds routers, name servers and the internet around the LANs. */
export function buildOutside(
  fabric: Fabric,
  calendar: Calendar,
  lans: readonly Lan[],
  spec: OutsideSpec,
  catalogue: Catalogue,
): Outside {
  const zone = zoneOf(spec)
  const wan = createSegment(fabric, { least: 2_000, most: 4_000 })
  const connected = spec.internet ?? true
  const routers = lans.map((lan, index) => {
    const router = bootMachine(fabric, calendar, {
      name: `gateway-${lan.name}`,
      tree: empty,
      programs: new Map(),
      segment: lan.segment,
      address: { ip: resolverIp(lan, spec), length: lan.subnet.length },
      sysctls: { 'net.ipv4.ip_forward': connected ? '1' : '0' },
    })
    if (connected) joinWan(router, wan, index)
    startNameServer(router, resolverIp(lan, spec), zone)
    return router
  })
  return {
    routers,
    internet: connected ? buildInternet(fabric, calendar, wan, spec, zone, catalogue) : undefined,
  }
}

/** The gateway and name server of a LAN: its second address, or the one that was asked for. */
export const resolverIp = (lan: Lan, spec: OutsideSpec): Ip =>
  parseIp(spec.resolver ?? '') ?? ipAt(lan.subnet, 2)

const wanSubnet = parseCidr('203.0.113.0/24') ?? { ip: 0, length: 24 }

function joinWan(router: Machine, wan: Segment, index: number): void {
  const { net } = router.namespaces
  const link = createEthernet(net, 'eth1', wan)
  addAddress(link, { ip: ipAt(wanSubnet, 10 + index), length: wanSubnet.length })
  setUp(link)
  addRoute(net, { destination: { ip: anyIp4, length: 0 }, gateway: ipAt(wanSubnet, 1), link })
  appendRule(net.netfilter, 4, 'nat', 'POSTROUTING', '-o eth1 -j MASQUERADE')
}

function buildInternet(
  fabric: Fabric,
  calendar: Calendar,
  wan: Segment,
  spec: OutsideSpec,
  zone: Zone,
  catalogue: Catalogue,
): Machine {
  const address = { ip: ipAt(wanSubnet, 1), length: wanSubnet.length }
  const internet = bootMachine(fabric, calendar, {
    name: 'internet',
    tree: empty,
    programs: new Map(),
    segment: wan,
    address,
  })
  const { net } = internet.namespaces
  writeSysctl(net, 'net.ipv4.ip_default_ttl', '119')
  const link = createDummy(net, 'dummy0')
  const silent = new Set((spec.hosts ?? []).filter((host) => host.ping === false).map((host) => host.address))
  const addresses = new Set<Ip>([
    ...publicResolvers.map((text) => parseIp4(text) ?? 0),
    ...[...zone.values()].flat(),
  ])
  for (const ip of addresses) if (typeof ip === 'number') addAddress(link, { ip, length: 32 })
  setUp(link)
  for (const ip of silent)
    appendRule(net.netfilter, 4, 'filter', 'INPUT', `-d ${ip}/32 -p icmp -m icmp --icmp-type 8 -j DROP`)
  for (const text of publicResolvers) startNameServer(internet, parseIp4(text) ?? 0, zone)
  startWebServer(internet, sitesOf(spec, catalogue))
  return internet
}

function zoneOf(spec: OutsideSpec): Zone {
  const zone = new Map<string, Ip[]>()
  if (spec.internet ?? true)
    for (const [name, text] of Object.entries(publicHosts)) zone.set(name, [parseIp4(text) ?? 0])
  for (const host of spec.hosts ?? []) {
    const ip = parseIp(host.address)
    if (ip !== undefined) zone.set(host.name.toLowerCase(), [ip])
  }
  return zone
}

function sitesOf(spec: OutsideSpec, catalogue: Catalogue): Map<string, Site> {
  const sites = new Map<string, Site>()
  for (const name of ['example.com', 'www.example.com']) sites.set(name, examplePageAt)
  for (const name of ['google.com', 'www.google.com']) sites.set(name, emptyPageAt)
  if (spec.registry ?? true) sites.set('registry-1.docker.io', (path) => registryPage(catalogue, path))
  for (const name of mirrors)
    sites.set(name, (path, whole) => mirrorPage(name, name.startsWith('mirrorlist') ? whole : path))
  for (const host of spec.hosts ?? []) {
    const pages = host.pages ?? {}
    sites.set(host.name.toLowerCase(), (path) => textPage(pages[path]))
  }
  return sites
}

const examplePageAt: Site = () => textPage(examplePage)
const emptyPageAt: Site = () => textPage('<!doctype html><title>Google</title>\n')

const textPage = (body: string | undefined): Page | undefined =>
  body === undefined ? undefined : { status: 200, type: 'text/html', body }
