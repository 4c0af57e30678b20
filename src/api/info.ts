// What `GET /info` answers (moby daemon/info.go). The daemon tells of its machine what the machine is made of.

import { printRfc3339Nano } from '../base/calendar.ts'
import type { Engine } from '../engine/engine.ts'
import { hardware } from '../kernel/hardware.ts'
import { readSysctl } from '../net/sysctl.ts'
import { inOrder, type JsonRecord } from './record.ts'
import { type ApiTraits, driverStatus } from './traits.ts'

export function infoView(engine: Engine, traits: ApiTraits): JsonRecord {
  return inOrder(
    {
      ID: idText(engine.id, traits),
      ...countsView(engine),
      ...storageView(traits),
      ...limitsView,
      ...machineView(engine),
      ...daemonView(engine, traits),
    },
    traits.info,
  )
}

function countsView(engine: Engine): JsonRecord {
  const states = [...engine.containers.values()].map(({ state }) => state.status)
  const running = states.filter((status) => status === 'running' || status === 'restarting').length
  const paused = states.filter((status) => status === 'paused').length
  return {
    Containers: states.length,
    ContainersRunning: running,
    ContainersPaused: paused,
    ContainersStopped: states.length - running - paused,
    Images: engine.images.images.size,
  }
}

/** A UUID (RFC 9562, version 4), or libtrust's form of a key: base32 in groups. */
function idText(hex: string, { engineId }: ApiTraits): string {
  if (engineId === 'uuid') {
    const variant = '89ab'.charAt(Number.parseInt(hex.charAt(16), 16) % 4)
    const digits = `${hex.slice(0, 12)}4${hex.slice(13, 16)}${variant}${hex.slice(17, 32)}`
    return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
  }
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  let rest = BigInt(`0x${hex}${hex.slice(0, 28)}`)
  let letters = ''
  for (let count = 0; count < 48; count++, rest >>= 5n) letters += alphabet.charAt(Number(rest & 31n))
  return letters.replace(/(.{4})(?=.)/g, '$1:')
}

const storageView = (traits: ApiTraits): JsonRecord => ({
  Driver: 'overlay2',
  DriverStatus: traits.driverTells.map((key) => [key, driverStatus[key]]),
  Plugins: {
    Volume: ['local'],
    Network: ['bridge', 'host', 'ipvlan', 'macvlan', 'null', 'overlay'],
    Authorization: null,
    Log: traits.logDrivers,
  },
})

const limitsView: JsonRecord = {
  MemoryLimit: true,
  SwapLimit: true,
  KernelMemory: true,
  KernelMemoryTCP: true,
  CpuCfsPeriod: true,
  CpuCfsQuota: true,
  CPUShares: true,
  CPUSet: true,
  PidsLimit: true,
  BridgeNfIptables: true,
  BridgeNfIp6tables: true,
  OomKillDisable: true,
}

function machineView({ machine }: Engine): JsonRecord {
  const { kernel, calendar, fabric, namespaces } = machine
  const moment = BigInt(calendar.epochOffset + fabric.scheduler.now) * 1000n
  return {
    IPv4Forwarding: readSysctl(namespaces.net, 'net.ipv4.ip_forward') === '1',
    SystemTime: printRfc3339Nano(moment, calendar.zoneMinutes),
    KernelVersion: kernel.release,
    OperatingSystem: 'Debian GNU/Linux 12 (bookworm)',
    OSVersion: '12',
    OSType: 'linux',
    Architecture: kernel.architecture,
    NCPU: hardware.cpus,
    MemTotal: hardware.memory.total * 1024,
    Name: namespaces.uts.hostname,
  }
}

function daemonView({ traits, events }: Engine, api: ApiTraits): JsonRecord {
  const { containerd, runc, init } = traits.server
  return {
    Debug: false,
    NFd: 24,
    NGoroutines: 38,
    LoggingDriver: 'json-file',
    CgroupDriver: 'cgroupfs',
    CgroupVersion: '1',
    NEventsListener: events.logged.sleepers?.size ?? 0,
    IndexServerAddress: 'https://index.docker.io/v1/',
    RegistryConfig: {
      IndexConfigs: { 'docker.io': { Mirrors: [], Name: 'docker.io', Official: true, Secure: true } },
      InsecureRegistryCIDRs: api.insecureRegistries,
      Mirrors: null,
    },
    GenericResources: null,
    DockerRootDir: '/var/lib/docker',
    HttpProxy: '',
    HttpsProxy: '',
    NoProxy: '',
    Labels: [],
    ExperimentalBuild: false,
    ServerVersion: traits.server.version,
    Runtimes: Object.fromEntries(api.runtimes.map((name) => [name, { path: 'runc' }])),
    DefaultRuntime: 'runc',
    Swarm: {
      NodeID: '',
      NodeAddr: '',
      LocalNodeState: 'inactive',
      ControlAvailable: false,
      Error: '',
      RemoteManagers: null,
    },
    LiveRestoreEnabled: false,
    Isolation: '',
    InitBinary: 'docker-init',
    ContainerdCommit: { ID: containerd.commit },
    RuncCommit: { ID: runc.commit },
    InitCommit: { ID: init.commit },
    SecurityOptions: [api.seccomp],
    FirewallBackend: { Driver: 'iptables' },
    CDISpecDirs: ['/etc/cdi', '/var/run/cdi'],
    Warnings: null,
  }
}
