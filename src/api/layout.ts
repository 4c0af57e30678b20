// The key orders that releases choose from, as real engines print them with `docker inspect` (encoding/json writes a
// struct's fields in declared order; moby api/types). A release takes one of the sets below, or spreads it.

import type { ApiTraits } from './traits.ts'

const words = (text: string): readonly string[] => text.trim().split(/\s+/)

const container = words(`
  Id Created Path Args State Image ResolvConfPath HostnamePath HostsPath LogPath Name RestartCount Driver Platform
  MountLabel ProcessLabel AppArmorProfile ExecIDs HostConfig GraphDriver SizeRw SizeRootFs Mounts Config
  NetworkSettings`)

const limits = words(`
  CpuShares Memory NanoCpus CgroupParent BlkioWeight BlkioWeightDevice BlkioDeviceReadBps BlkioDeviceWriteBps
  BlkioDeviceReadIOps BlkioDeviceWriteIOps CpuPeriod CpuQuota CpuRealtimePeriod CpuRealtimeRuntime CpusetCpus
  CpusetMems Devices DeviceCgroupRules DeviceRequests`)
const moreLimits = words(`
  MemoryReservation MemorySwap MemorySwappiness OomKillDisable PidsLimit Ulimits CpuCount CpuPercent IOMaximumIOps
  IOMaximumBandwidth Mounts MaskedPaths ReadonlyPaths`)
const hostHead = words(`
  Binds ContainerIDFile LogConfig NetworkMode PortBindings RestartPolicy AutoRemove VolumeDriver VolumesFrom`)
const hostMiddle = words(`
  CapAdd CapDrop CgroupnsMode Dns DnsOptions DnsSearch ExtraHosts GroupAdd IpcMode Cgroup Links OomScoreAdj PidMode
  Privileged PublishAllPorts ReadonlyRootfs SecurityOpt StorageOpt Tmpfs UTSMode UsernsMode ShmSize Sysctls Runtime`)

const maskedPaths = words(`
  /proc/asound /proc/acpi /proc/kcore /proc/keys /proc/latency_stats /proc/timer_list /proc/timer_stats
  /proc/sched_debug /proc/scsi /sys/firmware`)
const maskedPaths28 = words(`
  /proc/asound /proc/acpi /proc/interrupts /proc/kcore /proc/keys /proc/latency_stats /proc/timer_list
  /proc/timer_stats /proc/sched_debug /proc/scsi /sys/firmware /sys/devices/virtual/powercap`)

const hostDefaults = {
  ContainerIDFile: '',
  LogConfig: { Type: 'json-file', Config: {} },
  VolumeDriver: '',
  VolumesFrom: null,
  CgroupnsMode: 'host',
  ConsoleSize: [0, 0],
  GroupAdd: null,
  IpcMode: 'private',
  Cgroup: '',
  OomScoreAdj: 0,
  PidMode: '',
  SecurityOpt: null,
  UTSMode: '',
  UsernsMode: '',
  ShmSize: 67108864,
  Runtime: 'runc',
  Isolation: '',
  CpuShares: 0,
  Memory: 0,
  NanoCpus: 0,
  CgroupParent: '',
  BlkioWeight: 0,
  BlkioWeightDevice: [],
  BlkioDeviceReadBps: null,
  BlkioDeviceWriteBps: null,
  BlkioDeviceReadIOps: null,
  BlkioDeviceWriteIOps: null,
  CpuPeriod: 0,
  CpuQuota: 0,
  CpuRealtimePeriod: 0,
  CpuRealtimeRuntime: 0,
  CpusetCpus: '',
  CpusetMems: '',
  Devices: [],
  DeviceCgroupRules: null,
  DeviceRequests: null,
  KernelMemory: 0,
  KernelMemoryTCP: 0,
  MemoryReservation: 0,
  MemorySwap: 0,
  MemorySwappiness: null,
  OomKillDisable: false,
  PidsLimit: null,
  Ulimits: null,
  CpuCount: 0,
  CpuPercent: 0,
  IOMaximumIOps: 0,
  IOMaximumBandwidth: 0,
  MaskedPaths: maskedPaths,
  ReadonlyPaths: ['/proc/bus', '/proc/fs', '/proc/irq', '/proc/sys', '/proc/sysrq-trigger'],
}

const defaultEndpoint = words(`
  EndpointID Gateway GlobalIPv6Address GlobalIPv6PrefixLen IPAddress IPPrefixLen IPv6Gateway MacAddress Networks`)
const secondary = words(
  'LinkLocalIPv6Address LinkLocalIPv6PrefixLen SecondaryIPAddresses SecondaryIPv6Addresses',
)
const endpointAddresses = words(`
  NetworkID EndpointID Gateway IPAddress IPPrefixLen IPv6Gateway GlobalIPv6Address GlobalIPv6PrefixLen`)

const networkTail = words(`
  IPAM Internal Attachable Ingress ConfigFrom ConfigOnly Containers Options Labels`)

const infoHead = words(`
  ID Containers ContainersRunning ContainersPaused ContainersStopped Images Driver DriverStatus Plugins MemoryLimit
  SwapLimit`)
const infoTail = words(`
  Architecture IndexServerAddress RegistryConfig NCPU MemTotal GenericResources DockerRootDir HttpProxy HttpsProxy
  NoProxy Name Labels ExperimentalBuild ServerVersion Runtimes DefaultRuntime Swarm LiveRestoreEnabled Isolation
  InitBinary ContainerdCommit RuncCommit InitCommit SecurityOptions FirewallBackend CDISpecDirs Containerd Warnings`)

export const api2010: ApiTraits = {
  container,
  hostConfig: [
    ...hostHead,
    ...hostMiddle,
    'ConsoleSize',
    'Isolation',
    ...limits,
    'KernelMemory',
    'KernelMemoryTCP',
    ...moreLimits,
    'Init',
  ],
  hostDefaults,
  networkSettings: [
    ...words('Bridge SandboxID HairpinMode LinkLocalIPv6Address LinkLocalIPv6PrefixLen Ports SandboxKey'),
    ...words('SecondaryIPAddresses SecondaryIPv6Addresses'),
    ...defaultEndpoint,
  ],
  endpoint: words('IPAMConfig Links Aliases').concat(endpointAddresses, 'MacAddress', 'DriverOpts'),
  network: [...words('Name Id Created Scope Driver EnableIPv6'), ...networkTail],
  noSubnets: [],
  absentServers: [],
  showsOnBuild: true,
  typedAddresses: false,
  bridgeShowsGateway: false,
  image: words(`
    Id RepoTags RepoDigests Parent Comment Created Container ContainerConfig DockerVersion Author Config Architecture
    Os Size VirtualSize GraphDriver RootFS Metadata`),
  imageConfig: words(`
    Hostname Domainname User AttachStdin AttachStdout AttachStderr ExposedPorts Tty OpenStdin StdinOnce Env Cmd
    Healthcheck Image Volumes WorkingDir Entrypoint OnBuild Labels StopSignal Shell`),
  imageConfigFields: undefined,
  graphDriverShowsId: false,
  keepsSandbox: true,
  engineId: 'groups',
  logDrivers: words('awslogs fluentd gcplogs gelf journald json-file local logentries splunk syslog'),
  runtimes: ['io.containerd.runc.v2', 'io.containerd.runtime.v1.linux', 'runc'],
  driverTells: ['Backing Filesystem', 'Supports d_type', 'Native Overlay Diff', 'userxattr'],
  insecureRegistries: ['127.0.0.0/8'],
  seccomp: 'name=seccomp,profile=default',
  info: [
    ...infoHead,
    ...words(
      'KernelMemory KernelMemoryTCP CpuCfsPeriod CpuCfsQuota CPUShares CPUSet PidsLimit IPv4Forwarding',
    ),
    ...words(
      'BridgeNfIptables BridgeNfIp6tables Debug NFd OomKillDisable NGoroutines SystemTime LoggingDriver',
    ),
    ...words('CgroupDriver CgroupVersion NEventsListener KernelVersion OperatingSystem OSVersion OSType'),
    ...infoTail.filter((key) => key !== 'FirewallBackend' && key !== 'CDISpecDirs' && key !== 'Containerd'),
  ],
}

export const api1903: ApiTraits = {
  ...api2010,
  hostConfig: api2010.hostConfig.flatMap((key) =>
    key === 'CgroupnsMode' ? [] : key === 'CapDrop' ? [key, 'Capabilities'] : [key],
  ),
  hostDefaults: { ...hostDefaults, Capabilities: null },
  info: api2010.info.filter((key) => key !== 'CgroupVersion'),
  driverTells: ['Backing Filesystem', 'Supports d_type', 'Native Overlay Diff'],
  runtimes: ['runc'],
}

export const api28: ApiTraits = {
  container,
  hostConfig: [
    ...hostHead,
    'ConsoleSize',
    'Annotations',
    ...hostMiddle,
    'Isolation',
    ...limits,
    ...moreLimits,
    'Init',
  ],
  hostDefaults: {
    ...hostDefaults,
    BlkioDeviceReadBps: [],
    BlkioDeviceWriteBps: [],
    BlkioDeviceReadIOps: [],
    BlkioDeviceWriteIOps: [],
    Ulimits: [],
    MaskedPaths: maskedPaths28,
  },
  networkSettings: [
    ...words('Bridge SandboxID SandboxKey Ports HairpinMode'),
    ...secondary,
    ...defaultEndpoint,
  ],
  endpoint: [
    ...words('IPAMConfig Links Aliases MacAddress DriverOpts GwPriority'),
    ...endpointAddresses,
    'DNSNames',
  ],
  network: [...words('Name Id Created Scope Driver EnableIPv4 EnableIPv6'), ...networkTail],
  noSubnets: null,
  absentServers: [],
  showsOnBuild: true,
  typedAddresses: false,
  bridgeShowsGateway: true,
  image: words(`
    Id RepoTags RepoDigests Parent Comment Created DockerVersion Author Architecture Os Size GraphDriver RootFS
    Metadata Config`),
  imageConfig: words(
    'Cmd Entrypoint Env ExposedPorts Healthcheck Labels OnBuild Shell StopSignal User Volumes WorkingDir',
  ),
  imageConfigFields: words(
    'User ExposedPorts Env Entrypoint Cmd Volumes WorkingDir Labels StopSignal Healthcheck OnBuild Shell',
  ),
  graphDriverShowsId: true,
  keepsSandbox: false,
  engineId: 'uuid',
  logDrivers: words('awslogs fluentd gelf journald json-file local splunk syslog'),
  runtimes: ['io.containerd.runc.v2', 'runc'],
  driverTells: [
    'Backing Filesystem',
    'Supports d_type',
    'Using metacopy',
    'Native Overlay Diff',
    'userxattr',
  ],
  insecureRegistries: ['::1/128', '127.0.0.0/8'],
  seccomp: 'name=seccomp,profile=builtin',
  info: [
    ...infoHead,
    ...words('KernelMemoryTCP CpuCfsPeriod CpuCfsQuota CPUShares CPUSet PidsLimit IPv4Forwarding Debug NFd'),
    ...words(
      'OomKillDisable NGoroutines SystemTime LoggingDriver CgroupDriver CgroupVersion NEventsListener',
    ),
    ...words('KernelVersion OperatingSystem OSVersion OSType'),
    ...infoTail,
  ],
}

export const api29: ApiTraits = {
  ...api28,
  networkSettings: words('SandboxID SandboxKey Ports Networks'),
  endpoint: [
    ...words(
      'IPAMConfig Links Aliases DriverOpts GwPriority NetworkID EndpointID Gateway IPAddress MacAddress',
    ),
    ...words('IPPrefixLen IPv6Gateway GlobalIPv6Address GlobalIPv6PrefixLen DNSNames'),
  ],
  network: [
    ...api28.network.filter((key) => !['Containers', 'Options', 'Labels'].includes(key)),
    ...words('Options Labels Containers Status'),
  ],
  absentServers: null,
  showsOnBuild: false,
  typedAddresses: true,
}
