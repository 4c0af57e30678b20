// A machine of the world: an Ubuntu host with its users, files, network card and, if wanted, dockerd.

import type { Calendar } from '../base/calendar.ts'
import { type Cidr, ipAt, lastIp, networkOf, parseCidr } from '../base/cidr.ts'
import type { Duration } from '../base/instant.ts'
import { anyIp4, type Ip, parseIp, printIp } from '../base/ip.ts'
import { type Mac, parseMac } from '../base/mac.ts'
import type { Task } from '../base/scheduler.ts'
import { machineDevices } from '../kernel/fs/dev.ts'
import { createFileSystem, mount } from '../kernel/fs/filesystem.ts'
import { procRoot } from '../kernel/fs/proc/proc.ts'
import { sysRoot } from '../kernel/fs/sysfs.ts'
import type { Tree } from '../kernel/fs/tree.ts'
import { createMachine, type Machine } from '../kernel/machine.ts'
import { spawn } from '../kernel/process.ts'
import type { Program, ProgramTable } from '../kernel/program.ts'
import { addAddress, enslave, move, setUp } from '../net/link/admin.ts'
import { createBridge } from '../net/link/bridge.ts'
import { createEthernet, type Segment } from '../net/link/ethernet.ts'
import type { Link } from '../net/link/link.ts'
import { createVeth } from '../net/link/veth.ts'
import { createNamespace, type Fabric } from '../net/namespace.ts'
import { addRoute } from '../net/route.ts'
import { writeSysctl } from '../net/sysctl.ts'
import type { RouteSpec } from './spec.ts'

export interface MachinePlan {
  readonly name: string
  readonly tree: Tree
  readonly programs: ProgramTable
  readonly segment: Segment | undefined
  readonly address: Cidr | undefined
  readonly mac?: string | undefined
  readonly card?: 'ethernet' | 'veth' | undefined
  readonly gateway?: Ip | undefined
  /** The address is leased from the gateway, as systemd-networkd asks for one. */
  readonly dhcp?: Dhcp | undefined
  readonly routes?: readonly RouteSpec[] | undefined
  readonly sysctls?: Readonly<Record<string, string>> | undefined
}

export interface Dhcp {
  /** The metric of the address and of the routes that come with it. */
  readonly metric: number
  readonly lease: Duration
}

/** Builds and boots a machine; its network is up, and process 1 runs. */
export function bootMachine(fabric: Fabric, calendar: Calendar, plan: MachinePlan): Machine {
  const files = createFileSystem(
    plan.tree,
    { scheduler: fabric.scheduler, calendar },
    { source: '/dev/vda1', type: 'ext4', options: 'rw,relatime' },
  )
  mount(files, '/proc', procRoot, {
    source: 'proc',
    type: 'proc',
    options: 'rw,nosuid,nodev,noexec,relatime',
  })
  mount(files, '/dev', machineDevices, { source: 'udev', type: 'devtmpfs', options: 'rw,nosuid,relatime' })
  mount(files, '/sys', sysRoot, {
    source: 'sysfs',
    type: 'sysfs',
    options: 'rw,nosuid,nodev,noexec,relatime',
  })
  const net = createNamespace(fabric, plan.name, { loopbackUp: true })
  const { name, programs } = plan
  const machine = createMachine({ name, fabric, calendar, files, net, programs })
  startInit(machine)
  if (plan.segment && plan.address) plugIn(machine, plan, plan.segment, plan.address)
  for (const [name, value] of Object.entries(plan.sysctls ?? {})) writeSysctl(net, name, value)
  return machine
}

/** Starts process 1; the processes of users come after it. */
export function startInit(machine: Machine): void {
  machine.nextPid = 1
  spawn(machine, undefined, {
    program: init,
    argv: ['/sbin/init'],
    executable: '/usr/lib/systemd/systemd',
    files: new Map(),
  })
  machine.nextPid = 700
}

const init: Program = { name: 'systemd', main: waitForever, parks: true }

function* waitForever(): Task<number> {
  for (;;) yield {}
}

function plugIn(machine: Machine, plan: MachinePlan, segment: Segment, address: Cidr): void {
  const { net } = machine.namespaces
  const mac = parseMac(plan.mac ?? '')
  const options = mac === undefined ? {} : { mac }
  if (plan.card === 'veth') {
    const link = createInnerCard(machine, segment, options)
    addAddress(link, address)
    setUpCard(link, { ...plan, address })
  } else setUpCard(createEthernet(net, 'eth0', segment, options), { ...plan, address })
  for (const route of plan.routes ?? []) addPlannedRoute(machine, route)
}

/** A veth, whose other end is bridged to the LAN in a namespace that belongs to no machine. */
function createInnerCard(machine: Machine, segment: Segment, options: { mac?: Mac }): Link {
  const { net } = machine.namespaces
  const outer = createNamespace(net.fabric, `${machine.name}/lan`)
  const [card, end] = createVeth(
    { namespace: net, name: 'eth0', ...options },
    { namespace: net, name: 'lan0' },
  )
  move(end, outer)
  const bridge = createBridge(outer, 'lan')
  const plug = createEthernet(outer, 'eth0', segment)
  for (const port of [end, plug]) {
    enslave(port, bridge)
    setUp(port)
  }
  setUp(bridge)
  return card
}

/** Gives a card its address, if it has none, sets it up, and adds the routes by the gateway. */
export function setUpCard(
  link: Link,
  { address, gateway, dhcp }: { address: Cidr; gateway?: Ip | undefined; dhcp?: Dhcp | undefined },
): void {
  const { namespace } = link
  const leased = dhcp && {
    validUntil: namespace.fabric.scheduler.now + dhcp.lease,
    dynamic: true,
    metric: dhcp.metric,
    lease: dhcp.lease,
  }
  if (link.addresses.length === 0) addAddress(link, address, { broadcast: lastIp(address), ...leased })
  setUp(link)
  if (gateway === undefined) return
  const everything = { ip: anyIp4, length: 0 }
  if (!dhcp) {
    addRoute(namespace, { destination: everything, gateway, link, protocol: 'static' })
    return
  }
  const learnt = { link, src: address.ip, protocol: 'dhcp', metric: dhcp.metric } as const
  addRoute(namespace, { ...learnt, destination: everything, gateway })
  addRoute(namespace, { ...learnt, destination: { ip: gateway, length: 32 } })
}

function addPlannedRoute(machine: Machine, route: RouteSpec): void {
  const { net } = machine.namespaces
  const destination = route.to === 'default' ? { ip: anyIp4, length: 0 } : parseCidr(route.to)
  if (!destination) return
  const link = net.linksByName.get(route.device ?? 'eth0')
  const gateway = route.via === undefined ? undefined : parseIp(route.via)
  addRoute(net, {
    destination: networkOf(destination),
    ...(gateway !== undefined && { gateway }),
    ...(link && { link }),
    ...(route.metric !== undefined && { metric: route.metric }),
    protocol: 'static',
  })
}

/** The `index`-th address of a LAN, with the LAN's prefix length. */
export const addressIn = (lan: Cidr, index: number): Cidr => ({ ip: ipAt(lan, index), length: lan.length })

/** /etc/resolv.conf of a machine. */
export function resolvConfText(
  servers: readonly (Ip | string)[],
  search: readonly string[],
  options: readonly string[],
): string {
  const lines = servers.map((server) => `nameserver ${typeof server === 'string' ? server : printIp(server)}`)
  if (options.length > 0) lines.push(`options ${options.join(' ')}`)
  if (search.length > 0) lines.push(`search ${search.join(' ')}`)
  return lines.map((line) => `${line}\n`).join('')
}
