// dockerd starts on a machine: forwarding, firewall, the three predefined networks, and its socket
// (moby daemon/daemon_unix.go, cmd/dockerd).

import { parseCidr, printCidr } from '../../base/cidr.ts'
import { printIp } from '../../base/ip.ts'
import { drawHex } from '../../base/random.ts'
import type { Release } from '../../base/release.ts'
import type { Task } from '../../base/scheduler.ts'
import { asRoot } from '../../kernel/fs/filesystem.ts'
import { exists } from '../../kernel/fs/lookup.ts'
import { placeNode, remove } from '../../kernel/fs/write.ts'
import type { Machine } from '../../kernel/machine.ts'
import { type Process, reap, spawn } from '../../kernel/process.ts'
import type { Program } from '../../kernel/program.ts'
import { Interruption } from '../../kernel/signal.ts'
import { setPolicy } from '../../net/netfilter/tables/chain.ts'
import { readSysctl, writeSysctl } from '../../net/sysctl.ts'
import type { Engine } from '../engine.ts'
import { createEventLog } from '../event/log.ts'
import type { Catalogue } from '../image/catalogue.ts'
import { createImageStore } from '../image/store.ts'
import { establish, momentNow, newNetworkId } from '../network/create.ts'
import { driverNamed } from '../network/driver/index.ts'
import {
  createPool,
  createPools,
  defaultPools,
  firstUsable,
  type Pool,
  takeThisAddress,
} from '../network/ipam.ts'
import type { Network } from '../network/network.ts'
import { createPortAllocator } from '../network/portmap.ts'
import type { EngineTraits } from '../traits.ts'
import { usualConfig } from './config.ts'

export const socketPath = '/var/run/docker.sock'

/** Starts dockerd. `groupId` is the group whose members may use its socket. */
export function startDaemon(
  machine: Machine,
  options: {
    readonly release: Release
    readonly traits: EngineTraits
    readonly catalogue: Catalogue
    readonly groupId: number
  },
): Engine {
  const { release, traits, catalogue, groupId } = options
  const daemon = spawnDaemon(machine)
  const engine: Engine = {
    machine,
    release,
    traits,
    releaseTraits: traits,
    config: usualConfig,
    daemon,
    networks: new Map(),
    networksByName: new Map(),
    containers: new Map(),
    containersByName: new Map(),
    images: createImageStore(),
    catalogue,
    events: createEventLog(),
    pools: createPools(),
    volumes: new Map(),
    ports: createPortAllocator(),
    id: drawHex(machine.fabric.random, 'engine-id', 32),
  }
  enableForwarding(machine)
  traits.firewall.begin(engine)
  for (const network of predefinedNetworks(engine)) establish(engine, network)
  openSocket(machine, engine, groupId)
  return engine
}

/** The process of dockerd. */
export const spawnDaemon = (machine: Machine): Process =>
  spawn(machine, undefined, {
    program: daemonProgram,
    argv: ['/usr/bin/dockerd', '-H', 'fd://', '--containerd=/run/containerd/containerd.sock'],
    executable: '/usr/bin/dockerd',
    files: new Map(),
    group: 'new',
  })

/** dockerd itself only waits for its children to end; its work is done in the processes that ask for it. */
const daemonProgram: Program = { name: 'dockerd', main: reapChildren, parks: true }

function* reapChildren(proc: Process): Task<number> {
  proc.catches.add('CHLD')
  for (;;) {
    try {
      yield {}
    } catch (cause) {
      if (!(cause instanceof Interruption)) throw cause
    }
    for (const child of [...proc.children]) if (child.state === 'zombie') reap(child)
  }
}

/** A daemon that switches forwarding on also closes FORWARD, so that the host does not become a router for others. */
export function enableForwarding(machine: Machine): void {
  const { net } = machine.namespaces
  if (readSysctl(net, 'net.ipv4.ip_forward') === '1') return
  writeSysctl(net, 'net.ipv4.ip_forward', '1')
  setPolicy(net.netfilter, 4, 'filter', 'FORWARD', 'DROP')
}

function predefinedNetworks(engine: Engine): Network[] {
  const pool = bridgePool()
  const config = { subnet: printCidr(pool.subnet), gateway: pool.gateway && printIp(pool.gateway) }
  const option = (name: string) => `com.docker.network.bridge.${name}`
  const options = new Map([
    [option('default_bridge'), 'true'],
    [option('enable_icc'), 'true'],
    [option('enable_ip_masquerade'), 'true'],
    [option('host_binding_ipv4'), '0.0.0.0'],
    [option('name'), 'docker0'],
    ['com.docker.network.driver.mtu', '1500'],
  ])
  return [
    { ...blank(engine, 'none', 'null') },
    { ...blank(engine, 'host', 'host') },
    { ...blank(engine, 'bridge', 'bridge'), ipamConfigs: [config], pools: [pool], options },
  ]
}

function bridgePool(): Pool {
  const subnet = defaultPools[0] ?? parseCidr('172.17.0.0/16')
  if (!subnet) throw new Error('no default pool')
  const pool = createPool(subnet, { chosen: true })
  const gateway = firstUsable(pool)
  takeThisAddress(pool, gateway)
  return { ...pool, gateway }
}

function blank(engine: Engine, name: string, driver: string): Network {
  return {
    id: newNetworkId(engine),
    name,
    driver: driverNamed(driver),
    created: momentNow(engine),
    scope: 'local',
    enableIp4: true,
    enableIp6: false,
    internal: false,
    attachable: false,
    ingress: false,
    configOnly: false,
    configFrom: '',
    ipamDriver: 'default',
    ipamOptions: null,
    ipamConfigs: [],
    pools: [],
    options: new Map(),
    labels: new Map(),
    predefined: true,
    endpoints: new Map(),
    bridge: undefined,
    stacked: undefined,
  }
}

/** Listens: the daemon can be reached. `groupId` is the group whose members may use its socket. */
export function openSocket(machine: Machine, engine: Engine, groupId: number): void {
  const root = asRoot(machine.namespaces.files)
  if (exists(root, socketPath)) remove(root, socketPath)
  placeNode(root, socketPath, {
    kind: 'socket',
    listener: engine,
    mode: 0o660,
    uid: 0,
    gid: groupId,
    mtime: machine.calendar.epochOffset + machine.fabric.scheduler.now,
  })
}
