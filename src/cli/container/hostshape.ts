// HostConfig as the client's Go types have it (moby api/types/container/hostconfig.go).

import {
  any,
  as,
  bool,
  type GoType,
  int,
  int64,
  list,
  map,
  named,
  omitEmpty,
  pointer,
  struct,
  text,
  uint16,
} from '../format/template/types.ts'

const mode = (name: string, ...facts: readonly [string, (data: string) => unknown][]) =>
  named(
    name,
    text,
    Object.fromEntries(
      facts.map(([method, call]) => [
        method,
        {
          parameters: [],
          result: typeof call('') === 'string' ? text : bool,
          call: (data: unknown) => call(String(data)),
        },
      ]),
    ),
  )

const isContainer = (data: string): boolean => data.startsWith('container:')
const isUserDefined = (data: string): boolean =>
  !['', 'bridge', 'default', 'host', 'none'].includes(data) && !isContainer(data)

const networkMode = mode(
  'container.NetworkMode',
  ['IsBridge', (data) => data === 'bridge'],
  ['IsContainer', isContainer],
  ['IsDefault', (data) => data === 'default'],
  ['IsHost', (data) => data === 'host'],
  ['IsNone', (data) => data === 'none'],
  ['IsPrivate', (data) => data !== 'host' && !isContainer(data)],
  ['IsUserDefined', isUserDefined],
  ['NetworkName', (data) => (isContainer(data) ? 'container' : data)],
  ['UserDefined', (data) => (isUserDefined(data) ? data : '')],
)

const restartPolicy = struct(
  'container.RestartPolicy',
  { Name: named('container.RestartPolicyMode', text), MaximumRetryCount: int },
  Object.fromEntries(
    [
      ['IsAlways', 'always'],
      ['IsNone', 'no'],
      ['IsOnFailure', 'on-failure'],
      ['IsUnlessStopped', 'unless-stopped'],
    ].map(([method = '', name]) => [
      method,
      { parameters: [], result: bool, call: (data: unknown) => Object(data).Name === name },
    ]),
  ),
)

const mount = struct('mount.Mount', {
  Type: omitEmpty(named('mount.Type', text)),
  Source: omitEmpty(text),
  Target: omitEmpty(text),
  ReadOnly: omitEmpty(bool),
  Consistency: omitEmpty(named('mount.Consistency', text)),
  BindOptions: omitEmpty(
    pointer(
      struct('mount.BindOptions', {
        Propagation: omitEmpty(named('mount.Propagation', text)),
        NonRecursive: omitEmpty(bool),
        CreateMountpoint: omitEmpty(bool),
        ReadOnlyNonRecursive: omitEmpty(bool),
        ReadOnlyForceRecursive: omitEmpty(bool),
      }),
    ),
  ),
  VolumeOptions: omitEmpty(
    pointer(
      struct('mount.VolumeOptions', {
        NoCopy: omitEmpty(bool),
        Labels: omitEmpty(map(text)),
        Subpath: omitEmpty(text),
        DriverConfig: omitEmpty(
          pointer(struct('mount.Driver', { Name: omitEmpty(text), Options: omitEmpty(map(text)) })),
        ),
      }),
    ),
  ),
  ImageOptions: omitEmpty(pointer(struct('mount.ImageOptions', { Subpath: omitEmpty(text) }))),
  TmpfsOptions: omitEmpty(
    pointer(
      struct('mount.TmpfsOptions', {
        SizeBytes: omitEmpty(int64),
        Mode: omitEmpty(named('os.FileMode', int64)),
      }),
    ),
  ),
})
const capabilities = list(text, 'strslice.StrSlice')
const devices = list(
  struct('container.DeviceMapping', { PathOnHost: text, PathInContainer: text, CgroupPermissions: text }),
)
const ulimits = list(pointer(struct('units.Ulimit', { Name: text, Hard: int64, Soft: int64 })))
const throttles = list(pointer(struct('blkiodev.ThrottleDevice', { Path: text, Rate: int64 })))
const weights = list(pointer(struct('blkiodev.WeightDevice', { Path: text, Weight: uint16 })))

/** By Go's names; a release takes those that it has, in its order. */
export const hostConfigFields = (portMap: GoType) => ({
  Binds: list(text),
  ContainerIDFile: text,
  LogConfig: struct('container.LogConfig', { Type: text, Config: map(text) }),
  NetworkMode: networkMode,
  PortBindings: portMap,
  RestartPolicy: restartPolicy,
  AutoRemove: bool,
  VolumeDriver: text,
  VolumesFrom: list(text),
  ConsoleSize: list(int, '[2]uint'),
  Annotations: omitEmpty(map(text)),
  CapAdd: capabilities,
  CapDrop: capabilities,
  Capabilities: list(text),
  CgroupnsMode: mode('container.CgroupnsMode'),
  DNS: as('Dns', list(text)),
  DNSOptions: as('DnsOptions', list(text)),
  DNSSearch: as('DnsSearch', list(text)),
  ExtraHosts: list(text),
  GroupAdd: list(text),
  IpcMode: mode('container.IpcMode'),
  Cgroup: mode('container.CgroupSpec'),
  Links: list(text),
  OomScoreAdj: int,
  PidMode: mode('container.PidMode'),
  Privileged: bool,
  PublishAllPorts: bool,
  ReadonlyRootfs: bool,
  SecurityOpt: list(text),
  StorageOpt: omitEmpty(map(text)),
  Tmpfs: omitEmpty(map(text)),
  UTSMode: mode('container.UTSMode'),
  UsernsMode: mode('container.UsernsMode'),
  ShmSize: int64,
  Sysctls: omitEmpty(map(text)),
  Runtime: omitEmpty(text),
  Isolation: mode('container.Isolation'),
  CPUShares: as('CpuShares', int64),
  Memory: int64,
  NanoCPUs: as('NanoCpus', int64),
  CgroupParent: text,
  BlkioWeight: uint16,
  BlkioWeightDevice: weights,
  BlkioDeviceReadBps: throttles,
  BlkioDeviceWriteBps: throttles,
  BlkioDeviceReadIOps: throttles,
  BlkioDeviceWriteIOps: throttles,
  CPUPeriod: as('CpuPeriod', int64),
  CPUQuota: as('CpuQuota', int64),
  CPURealtimePeriod: as('CpuRealtimePeriod', int64),
  CPURealtimeRuntime: as('CpuRealtimeRuntime', int64),
  CpusetCpus: text,
  CpusetMems: text,
  Devices: devices,
  DeviceCgroupRules: list(text),
  DeviceRequests: list(any),
  KernelMemory: int64,
  KernelMemoryTCP: int64,
  MemoryReservation: int64,
  MemorySwap: int64,
  MemorySwappiness: pointer(int64),
  OomKillDisable: pointer(bool),
  PidsLimit: pointer(int64),
  Ulimits: ulimits,
  CPUCount: as('CpuCount', int64),
  CPUPercent: as('CpuPercent', int64),
  IOMaximumIOps: int64,
  IOMaximumBandwidth: int64,
  Mounts: omitEmpty(list(mount)),
  MaskedPaths: list(text),
  ReadonlyPaths: list(text),
  Init: omitEmpty(pointer(bool)),
})
