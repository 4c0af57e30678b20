// `docker info` as the client's Go types have it (moby api/types/system; docker/cli cli/command/system/info.go).

import type { ApiTraits } from '../../api/traits.ts'
import { existsIn, type Release } from '../../base/release.ts'
import { fieldsInOrder } from '../format/fields.ts'
import {
  any,
  as,
  bool,
  embed,
  int,
  int64,
  list,
  map,
  omitEmpty,
  pointer,
  type StructType,
  struct,
  text,
} from '../format/template/types.ts'
import type { ClientVersion } from '../traits.ts'

const commit = struct('system.Commit', { ID: text, Expected: omitEmpty(text) })
const words = list(text)

const fields = {
  ID: text,
  Containers: int,
  ContainersRunning: int,
  ContainersPaused: int,
  ContainersStopped: int,
  Images: int,
  Driver: text,
  DriverStatus: list(list(text, '[2]string')),
  Plugins: struct('system.PluginsInfo', { Volume: words, Network: words, Authorization: words, Log: words }),
  MemoryLimit: bool,
  SwapLimit: bool,
  KernelMemory: omitEmpty(bool),
  KernelMemoryTCP: omitEmpty(bool),
  CPUCfsPeriod: as('CpuCfsPeriod', bool),
  CPUCfsQuota: as('CpuCfsQuota', bool),
  CPUShares: bool,
  CPUSet: bool,
  PidsLimit: bool,
  IPv4Forwarding: bool,
  BridgeNfIptables: bool,
  BridgeNfIP6tables: as('BridgeNfIp6tables', bool),
  Debug: bool,
  NFd: int,
  OomKillDisable: bool,
  NGoroutines: int,
  SystemTime: text,
  LoggingDriver: text,
  CgroupDriver: text,
  CgroupVersion: omitEmpty(text),
  NEventsListener: int,
  KernelVersion: text,
  OperatingSystem: text,
  OSVersion: text,
  OSType: text,
  Architecture: text,
  IndexServerAddress: text,
  RegistryConfig: pointer(
    struct('registry.ServiceConfig', {
      IndexConfigs: map(any),
      InsecureRegistryCIDRs: words,
      Mirrors: words,
    }),
  ),
  NCPU: int,
  MemTotal: int64,
  GenericResources: list(any),
  DockerRootDir: text,
  HTTPProxy: as('HttpProxy', text),
  HTTPSProxy: as('HttpsProxy', text),
  NoProxy: text,
  Name: text,
  Labels: words,
  ExperimentalBuild: bool,
  ServerVersion: text,
  Runtimes: map(struct('system.RuntimeWithStatus', { Path: omitEmpty(text, 'path') })),
  DefaultRuntime: text,
  Swarm: struct('swarm.Info', {
    NodeID: text,
    NodeAddr: text,
    LocalNodeState: text,
    ControlAvailable: bool,
    Error: text,
    RemoteManagers: list(any),
  }),
  LiveRestoreEnabled: bool,
  Isolation: text,
  InitBinary: text,
  ContainerdCommit: commit,
  RuncCommit: commit,
  InitCommit: commit,
  SecurityOptions: words,
  FirewallBackend: omitEmpty(pointer(struct('system.FirewallInfo', { Driver: text }))),
  CDISpecDirs: words,
  Warnings: words,
}

const youngClient = {
  Debug: bool,
  Version: text,
  DefaultAPIVersion: text,
  GitCommit: text,
  GoVersion: text,
  Os: text,
  Arch: text,
  BuildTime: text,
  Context: text,
  Plugins: list(any),
  Warnings: words,
}
const oldClient = { Debug: bool, Context: text, Plugins: list(any), Warnings: words }

export function infoShape(api: ApiTraits, release: Release): StructType {
  const young = existsIn(release, '28')
  const client = struct('system.clientInfo', young ? youngClient : oldClient)
  return struct(young ? 'system.dockerInfo' : 'system.info', {
    Info: embed(pointer(struct('system.Info', fieldsInOrder(fields, api.info)))),
    ServerErrors: omitEmpty(words),
    ClientInfo: omitEmpty(pointer(client)),
    ClientErrors: omitEmpty(words),
  })
}

export const clientView = ({ version, apiVersion, gitCommit, goVersion, built }: ClientVersion) => ({
  Debug: false,
  Version: version,
  DefaultAPIVersion: apiVersion,
  GitCommit: gitCommit,
  GoVersion: goVersion,
  Os: 'linux',
  Arch: 'amd64',
  BuildTime: built,
  Context: 'default',
  Plugins: [],
  Warnings: null,
})
