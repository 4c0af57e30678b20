// What makes machines on a workstation at run time: a record that lies behind a socket file, as dockerd's does. Programs
// reach it through the file; it knows nothing of their command lines.

import { freezeDeep } from '../base/freeze.ts'
import { seconds } from '../base/instant.ts'
import { addToIp, type Ip, printIp } from '../base/ip.ts'
import { drawHex } from '../base/random.ts'
import type { Task } from '../base/scheduler.ts'
import { asRoot } from '../kernel/fs/filesystem.ts'
import { exists, lookup } from '../kernel/fs/lookup.ts'
import { placeNode } from '../kernel/fs/write.ts'
import { type Process, signalProcess } from '../kernel/process.ts'
import { removeAddress, setDown } from '../net/link/admin.ts'
import { deleteNamespace } from '../net/namespace.ts'
import { stopSweeping } from '../net/netfilter/conntrack/table.ts'
import { writeSysctl } from '../net/sysctl.ts'
import { bootHost, type Host } from './host.ts'
import { dockerGroup } from './hosttree.ts'
import { type Dhcp, setUpCard, startInit } from './machine.ts'
import { type Lan, resolverIp } from './outside/internet.ts'
import { startSshd } from './programs/sshd.ts'
import { adoptStopped, startUnit, stopUnit, unitNamed } from './programs/units.ts'
import type { World } from './world.ts'

export interface Hypervisor {
  readonly world: World
  readonly workstation: Host
  /** By the machine's name, in order of creation. */
  readonly instances: Map<string, Instance>
}

export interface Instance {
  readonly host: Host
  readonly address: Ip
  /** The same as text. */
  readonly shownAddress: string
  readonly size: Size
  running: boolean
}

export interface Size {
  readonly cpus: number
  /** In GiB. */
  readonly memory: number
  readonly disk: number
}

const socketPath = '/run/hypervisor.sock'

/** systemd-networkd on a Lima machine: its lease from the user-mode network (gvisor-tap-vsock, pkg/services/dhcp). */
const lease: Dhcp = freezeDeep({ metric: 200, lease: seconds(3600) })

/** Lima lets its machines' users open all ports and ping (cidata boot scripts, 99-lima.conf). */
const sysctls = freezeDeep({ 'net.ipv4.ip_unprivileged_port_start': '0' })

/** Lets the workstation make machines. */
export function installHypervisor(world: World, workstation: Host): void {
  const { machine } = workstation
  const hypervisor: Hypervisor = { world, workstation, instances: new Map() }
  placeNode(asRoot(machine.namespaces.files), socketPath, {
    kind: 'socket',
    listener: hypervisor,
    mode: 0o666,
    uid: 0,
    gid: 0,
    mtime: machine.calendar.epochOffset + machine.fabric.scheduler.now,
  })
}

/** What makes machines where `proc` runs; undefined on a machine that cannot. */
export function hypervisorOf(proc: Process): Hypervisor | undefined {
  const root = asRoot(proc.machine.namespaces.files)
  if (!exists(root, socketPath)) return undefined
  const node = lookup(root, socketPath)
  return node.kind === 'socket' ? (node.listener as Hypervisor) : undefined
}

/** Makes a machine with Docker on the workstation's LAN and boots it; undefined if its name is taken in the world. */
export function createInstance(hypervisor: Hypervisor, name: string, size: Size): Instance | undefined {
  const { world, workstation, instances } = hypervisor
  const { fabric, calendar, spec, release, lans, catalogue, machines } = world
  if (machines.has(name)) return undefined
  const lan = lanOfWorkstation(hypervisor)
  const address = freeAddress(hypervisor, lan)
  const [a = '', b = '', c = ''] = drawHex(fabric.random, `mac of ${name}`, 6).match(/../g) ?? []
  const host = bootHost(fabric, calendar, {
    spec,
    machine: {
      name,
      lan: lan.name,
      address: `${printIp(address)}/${lan.subnet.length}`,
      // Lima draws what follows 52:55:55 from the machine's name (pkg/limayaml, MACAddress).
      mac: `52:55:55:${a}:${b}:${c}`,
      sysctls,
      user: workstation.user,
    },
    index: machines.size,
    lans,
    programs: workstation.machine.programs,
    release,
    catalogue,
    dhcp: lease,
  })
  machines.set(name, host)
  startSshd(host, machines)
  const instance: Instance = { host, address, shownAddress: printIp(address), size, running: true }
  instances.set(name, instance)
  return instance
}

/** Shuts the machine down: Docker first, then all that still runs. Its disk stays. */
export function* powerOff(instance: Instance): Task<void> {
  if (!instance.running) return
  instance.running = false
  const { machine } = instance.host
  const docker = unitNamed(machine, 'docker')
  if (docker) yield* stopUnit(docker)
  for (const process of [...machine.processes.values()]) signalProcess(process, 'KILL')
  yield { until: machine.fabric.scheduler.now + seconds(1) }
  const { net } = machine.namespaces
  const card = net.linksByName.get('eth0')
  for (const { cidr } of [...(card?.addresses ?? [])]) if (card) removeAddress(card, cidr)
  if (card) setDown(card)
  stopSweeping(net)
  Object.assign(net.netfilter, { ipv4: undefined, ipv6: undefined, conntrack: undefined })
  writeSysctl(net, 'net.ipv4.ip_forward', '0')
}

/** Boots a machine that was shut down: Docker starts again with what is on its disk. */
export function powerOn(hypervisor: Hypervisor, instance: Instance): void {
  if (instance.running) return
  instance.running = true
  const { host, address } = instance
  const { machine, engine } = host
  const lan = lanOfWorkstation(hypervisor)
  const card = machine.namespaces.net.linksByName.get('eth0')
  startInit(machine)
  const gateway = resolverIp(lan, hypervisor.world.spec.outside ?? {})
  if (card) setUpCard(card, { address: { ip: address, length: lan.subnet.length }, gateway, dhcp: lease })
  startSshd(host, hypervisor.world.machines)
  if (!engine) return
  adoptStopped(machine, engine, dockerGroup)
  const docker = unitNamed(machine, 'docker')
  if (docker) startUnit(docker)
}

/** Shuts the machine down and throws it away with its disk. */
export function* destroy({ world, instances }: Hypervisor, instance: Instance): Task<void> {
  yield* powerOff(instance)
  const { machine } = instance.host
  deleteNamespace(machine.namespaces.net)
  world.machines.delete(machine.name)
  instances.delete(machine.name)
}

/** The lowest free address but the gateway's, as the user-mode network leases them. */
function freeAddress({ world, instances }: Hypervisor, lan: Lan): Ip {
  const used = new Set<Ip>([resolverIp(lan, world.spec.outside ?? {})])
  for (const { machine } of world.machines.values())
    for (const link of machine.namespaces.net.links.values())
      for (const { cidr } of link.addresses) used.add(cidr.ip)
  for (const { address } of instances.values()) used.add(address)
  let ip = addToIp(lan.subnet.ip, 1)
  while (used.has(ip)) ip = addToIp(ip, 1)
  return ip
}

function lanOfWorkstation({ world, workstation }: Hypervisor): Lan {
  const { segment } = workstation.machine.namespaces.net.linksByName.get('eth0') as { segment?: unknown }
  return (world.lans.find((lan) => lan.segment === segment) ?? world.lans[0]) as Lan
}
