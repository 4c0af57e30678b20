// `docker info` as text (docker/cli cli/command/system/info.go, prettyPrintInfo).

import type { JsonRecord } from '../../api/record.ts'
import { bytesSize } from '../../base/go/units.ts'
import { existsIn, type Release } from '../../base/release.ts'

/** What the client tells of itself. */
export function clientText(release: Release, version: string): string {
  const own = existsIn(release, '28') ? ` Version:    ${version}\n` : ''
  const context = existsIn(release, '20.10') ? ' Context:    default\n' : ''
  return `Client:\n${own}${context} Debug Mode: false\n\nServer:\n`
}

interface Info extends JsonRecord {
  readonly DriverStatus: readonly (readonly [string, string])[]
  readonly Plugins: Readonly<Record<'Volume' | 'Network' | 'Log', readonly string[]>>
  readonly CDISpecDirs?: readonly string[]
  readonly Runtimes: JsonRecord
  readonly ContainerdCommit: { readonly ID: string }
  readonly RuncCommit: { readonly ID: string }
  readonly InitCommit: { readonly ID: string }
  readonly SecurityOptions: readonly string[]
  readonly RegistryConfig: { readonly InsecureRegistryCIDRs: readonly string[] }
  readonly Labels: readonly string[]
}

/** What it tells of the daemon. */
export function serverText(record: JsonRecord, release: Release): string {
  const info = record as unknown as Info & Readonly<Record<(typeof plain)[number], unknown>>
  const older = !existsIn(release, '28')
  const lines = [
    ` Containers: ${info.Containers}`,
    `  Running: ${info.ContainersRunning}`,
    `  Paused: ${info.ContainersPaused}`,
    `  Stopped: ${info.ContainersStopped}`,
    ` Images: ${info.Images}`,
    ` Server Version: ${info.ServerVersion}`,
    ` Storage Driver: ${info.Driver}`,
    ...info.DriverStatus.map(([name, value]) => `  ${name}: ${value}`),
    ` Logging Driver: ${info.LoggingDriver}`,
    ` Cgroup Driver: ${info.CgroupDriver}`,
    ...(info.CgroupVersion === undefined ? [] : [` Cgroup Version: ${info.CgroupVersion}`]),
    ' Plugins:',
    `  Volume: ${info.Plugins.Volume.join(' ')}`,
    `  Network: ${info.Plugins.Network.join(' ')}`,
    `  Log: ${info.Plugins.Log.join(' ')}`,
    ...listed(' CDI spec directories:', info.CDISpecDirs),
    ' Swarm: inactive',
    ` Runtimes: ${Object.keys(info.Runtimes).join(' ')}`,
    ` Default Runtime: ${info.DefaultRuntime}`,
    ` Init Binary: ${info.InitBinary}`,
    ` containerd version: ${info.ContainerdCommit.ID}`,
    ` runc version: ${info.RuncCommit.ID}`,
    ` init version: ${info.InitCommit.ID}`,
    ...securityLines(info.SecurityOptions),
    ` Kernel Version: ${info.KernelVersion}`,
    ` Operating System: ${info.OperatingSystem}`,
    ` OSType: ${info.OSType}`,
    ` Architecture: ${info.Architecture}`,
    ` CPUs: ${info.NCPU}`,
    ` Total Memory: ${bytesSize(Number(info.MemTotal))}`,
    ` Name: ${info.Name}`,
    ` ID: ${info.ID}`,
    ` Docker Root Dir: ${info.DockerRootDir}`,
    ' Debug Mode: false',
    ...(older ? [` Registry: ${info.IndexServerAddress}`, ' Labels:'] : []),
    ' Experimental: false',
    ...listed(' Insecure Registries:', info.RegistryConfig.InsecureRegistryCIDRs),
    ' Live Restore Enabled: false',
    ...(existsIn(release, '29') ? [' Firewall Backend: iptables'] : []),
    '',
  ]
  return `${lines.join('\n')}\n`
}

const plain = [
  'Containers',
  'ContainersRunning',
  'ContainersPaused',
  'ContainersStopped',
  'Images',
  'ServerVersion',
  'Driver',
  'LoggingDriver',
  'CgroupDriver',
  'CgroupVersion',
  'DefaultRuntime',
  'InitBinary',
  'KernelVersion',
  'OperatingSystem',
  'OSType',
  'Architecture',
  'NCPU',
  'MemTotal',
  'Name',
  'ID',
  'DockerRootDir',
  'IndexServerAddress',
] as const

const listed = (head: string, items: readonly string[] | undefined): string[] =>
  items && items.length > 0 ? [head, ...items.map((item) => `  ${item}`)] : []

/** `name=seccomp,profile=builtin` */
function securityLines(options: readonly string[]): string[] {
  return listed(
    ' Security Options:',
    options.flatMap((option) => {
      const [name = '', ...rest] = option.split(',').map((part) => part.split('='))
      return [name[1] ?? '', ...rest.map(([key = '', value]) => ` ${capital(key)}: ${value}`)]
    }),
  )
}

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1)
