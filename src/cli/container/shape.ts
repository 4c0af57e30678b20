// A container as the client's Go types have it: what templates of `docker inspect` can name.
// Source: moby api/types/container, api/types/network.

import type { ApiTraits } from '../../api/traits.ts'
import { address as netipAddress } from '../format/address.ts'
import { fieldsInOrder } from '../format/fields.ts'
import {
  as,
  bool,
  embed,
  int,
  int64,
  list,
  map,
  named,
  omitEmpty,
  pointer,
  type StructType,
  struct,
  text,
} from '../format/template/types.ts'
import { duration, time } from '../format/time.ts'
import { hostConfigFields } from './hostshape.ts'

const probeResult = struct('container.HealthcheckResult', {
  Start: time,
  End: time,
  ExitCode: int,
  Output: text,
})

const state = struct('container.State', {
  Status: text,
  Running: bool,
  Paused: bool,
  Restarting: bool,
  OOMKilled: bool,
  Dead: bool,
  Pid: int,
  ExitCode: int,
  Error: text,
  StartedAt: text,
  FinishedAt: text,
  Health: omitEmpty(
    pointer(
      struct('container.Health', { Status: text, FailingStreak: int, Log: list(pointer(probeResult)) }),
    ),
  ),
})

const port = named('nat.Port', text, {
  Port: { parameters: [], result: text, call: (data) => String(data).split('/')[0] },
  Proto: { parameters: [], result: text, call: (data) => String(data).split('/')[1] ?? 'tcp' },
  Int: { parameters: [], result: int, call: (data) => Number(String(data).split('/')[0]) },
})
export const portMap = map(
  list(struct('nat.PortBinding', { HostIP: as('HostIp', text), HostPort: text })),
  port,
  'nat.PortMap',
)
const emptyStruct = struct('struct {}', {})
const strings = list(text, 'strslice.StrSlice')

/** Of the client's container.Config, which images have too. */
export const healthcheckFields = {
  Test: omitEmpty(list(text)),
  Interval: omitEmpty(duration),
  Timeout: omitEmpty(duration),
  StartPeriod: omitEmpty(duration),
  StartInterval: omitEmpty(duration),
  Retries: omitEmpty(int),
}

const healthcheck = struct('container.HealthConfig', healthcheckFields)

export const configFields = {
  Hostname: text,
  Domainname: text,
  User: text,
  AttachStdin: bool,
  AttachStdout: bool,
  AttachStderr: bool,
  ExposedPorts: omitEmpty(map(emptyStruct, port, 'nat.PortSet')),
  Tty: bool,
  OpenStdin: bool,
  StdinOnce: bool,
  Env: list(text),
  Cmd: strings,
  Healthcheck: omitEmpty(pointer(healthcheck)),
  ArgsEscaped: omitEmpty(bool),
  Image: text,
  Volumes: map(emptyStruct),
  WorkingDir: text,
  Entrypoint: strings,
  NetworkDisabled: omitEmpty(bool),
  MacAddress: omitEmpty(text),
  OnBuild: list(text),
  Labels: map(text),
  StopSignal: omitEmpty(text),
  StopTimeout: omitEmpty(pointer(int)),
  Shell: omitEmpty(strings),
}

const configShape = ({ showsOnBuild }: ApiTraits) => {
  const { OnBuild, ...others } = configFields
  return showsOnBuild ? configFields : others
}

const ipamConfig = struct('network.EndpointIPAMConfig', {
  IPv4Address: omitEmpty(text),
  IPv6Address: omitEmpty(text),
  LinkLocalIPs: omitEmpty(list(text)),
})

const endpointFields = ({ typedAddresses }: ApiTraits) => ({
  IPAMConfig: pointer(ipamConfig),
  Links: list(text),
  Aliases: list(text),
  MacAddress: text,
  DriverOpts: map(text),
  GwPriority: int,
  NetworkID: text,
  EndpointID: text,
  Gateway: typedAddresses ? netipAddress : text,
  IPAddress: typedAddresses ? netipAddress : text,
  IPPrefixLen: int,
  IPv6Gateway: typedAddresses ? netipAddress : text,
  GlobalIPv6Address: typedAddresses ? netipAddress : text,
  GlobalIPv6PrefixLen: int,
  DNSNames: list(text),
})

const address = struct('network.Address', { Addr: text, PrefixLen: int })

const settingsFields = (api: ApiTraits) => ({
  Bridge: text,
  SandboxID: text,
  SandboxKey: text,
  Ports: portMap,
  HairpinMode: bool,
  LinkLocalIPv6Address: text,
  LinkLocalIPv6PrefixLen: int,
  SecondaryIPAddresses: list(address),
  SecondaryIPv6Addresses: list(address),
  EndpointID: text,
  Gateway: text,
  GlobalIPv6Address: text,
  GlobalIPv6PrefixLen: int,
  IPAddress: text,
  IPPrefixLen: int,
  IPv6Gateway: text,
  MacAddress: text,
  Networks: map(
    pointer(struct('network.EndpointSettings', fieldsInOrder(endpointFields(api), api.endpoint))),
  ),
})

const mount = struct('container.MountPoint', {
  Type: omitEmpty(named('mount.Type', text)),
  Name: omitEmpty(text),
  Source: text,
  Destination: text,
  Driver: omitEmpty(text),
  Mode: text,
  RW: bool,
  Propagation: named('mount.Propagation', text),
})

export const graphDriverShape = struct('storage.DriverData', { Data: map(text), Name: text })

const baseFields = (api: ApiTraits) => ({
  ID: as('Id', text),
  Created: text,
  Path: text,
  Args: list(text),
  State: pointer(state),
  Image: text,
  ResolvConfPath: text,
  HostnamePath: text,
  HostsPath: text,
  LogPath: text,
  Name: text,
  RestartCount: int,
  Driver: text,
  Platform: text,
  MountLabel: text,
  ProcessLabel: text,
  AppArmorProfile: text,
  ExecIDs: list(text),
  HostConfig: pointer(
    struct('container.HostConfig', fieldsInOrder(hostConfigFields(portMap), api.hostConfig)),
  ),
  GraphDriver: graphDriverShape,
  SizeRw: omitEmpty(pointer(int64)),
  SizeRootFs: omitEmpty(pointer(int64)),
})

export const containerShape = (api: ApiTraits): StructType =>
  struct('container.InspectResponse', {
    ContainerJSONBase: embed(
      pointer(struct('container.ContainerJSONBase', fieldsInOrder(baseFields(api), api.container))),
    ),
    Mounts: list(mount),
    Config: pointer(struct('container.Config', configShape(api))),
    NetworkSettings: pointer(
      struct('container.NetworkSettings', fieldsInOrder(settingsFields(api), api.networkSettings)),
    ),
  })
