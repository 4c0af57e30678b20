// A machine of the world: an Ubuntu host with its users, files, network card and, if wanted, dockerd.

import type { Calendar } from '../base/calendar.ts'
import { type Cidr, ipAt, lastIp, networkOf, parseCidr } from '../base/cidr.ts'
import { anyIp4, type Ip, parseIp, printIp } from '../base/ip.ts'
import { parseMac } from '../base/mac.ts'
import type { Task } from '../base/scheduler.ts'
import { machineDevices } from '../kernel/fs/dev.ts'
import { createFileSystem, mount } from '../kernel/fs/filesystem.ts'
import { procRoot } from '../kernel/fs/proc/proc.ts'
import { sysRoot } from '../kernel/fs/sysfs.ts'
import type { Tree } from '../kernel/fs/tree.ts'
import { createMachine, type Machine } from '../kernel/machine.ts'
import { spawn } from '../kernel/process.ts'
import type { Program, ProgramTable } from '../kernel/program.ts'
import { addAddress, setUp } from '../net/link/admin.ts'
import { createEthernet, type EthernetLink, type Segment } from '../net/link/ethernet.ts'
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
  readonly gateway?: Ip | undefined
  readonly routes?: readonly RouteSpec[] | undefined
  readonly sysctls?: Readonly<Record<string, string>> | undefined
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
  spawn(machine, undefined, {
    program: init,
    argv: ['/sbin/init'],
    executable: '/usr/lib/systemd/systemd',
    files: new Map(),
  })
  machine.nextPid = 700
  if (plan.segment && plan.address) plugIn(machine, plan, plan.segment, plan.address)
  for (const [name, value] of Object.entries(plan.sysctls ?? {})) writeSysctl(net, name, value)
  return machine
}

const init: Program = { name: 'systemd', main: waitForever, parks: true }

function* waitForever(): Task<number> {
  for (;;) yield {}
}

function plugIn(machine: Machine, plan: MachinePlan, segment: Segment, address: Cidr): EthernetLink {
  const { net } = machine.namespaces
  const mac = parseMac(plan.mac ?? '')
  const link = createEthernet(net, 'eth0', segment, mac === undefined ? {} : { mac })
  addAddress(link, address, { broadcast: lastIp(address) })
  setUp(link)
  if (plan.gateway !== undefined)
    addRoute(net, { destination: { ip: anyIp4, length: 0 }, gateway: plan.gateway, link, protocol: 'static' })
  for (const route of plan.routes ?? []) addPlannedRoute(machine, route)
  return link
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
