// A container: what it was asked to be, its state, its place on networks, and its process while it runs.

import type { Moment } from '../../base/calendar.ts'
import type { Condition } from '../../base/scheduler.ts'
import type { OpenFile } from '../../kernel/file.ts'
import type { FileSystem } from '../../kernel/fs/filesystem.ts'
import type { HostNames, NamespaceSet } from '../../kernel/machine.ts'
import type { Pipe } from '../../kernel/pipe.ts'
import type { Process } from '../../kernel/process.ts'
import type { Terminal } from '../../kernel/tty.ts'
import type { Engine } from '../engine.ts'
import { EngineError } from '../error.ts'
import type { Healthcheck, Image } from '../image/image.ts'
import type { Endpoint } from '../network/network.ts'
import type { PortBinding, PortMapping } from '../network/portmap.ts'
import type { Sandbox } from '../network/sandbox.ts'
import type { Exec, ExecRequest } from './exec.ts'
import type { Health } from './health.ts'
import type { ContainerLog } from './log.ts'
import type { MountPoint } from './mountpoints.ts'
import type { MountRequest } from './mountspec.ts'
import type { Stream } from './stream.ts'

export interface Container {
  /** 64 hex digits. */
  readonly id: string
  name: string
  readonly created: Moment
  readonly image: Image
  readonly config: ContainerConfig
  readonly host: HostConfig
  readonly state: ContainerState
  readonly files: FileSystem
  /** What is mounted into its files when it starts. */
  readonly mountPoints: readonly MountPoint[]
  readonly hostNames: HostNames
  /** By network name, in the order in which they were made. */
  readonly attachments: Map<string, Attachment>
  sandbox: Sandbox | undefined
  /** Names of the last one, which older releases go on showing. */
  lastSandbox: Pick<Sandbox, 'id' | 'key'> | undefined
  /** The files that the daemon writes and mounts: /etc/hosts, /etc/resolv.conf, /etc/hostname. */
  readonly written: WrittenFiles
  mappings: PortMapping[]
  namespaces: NamespaceSet | undefined
  /** Process 1 of the container. */
  init: Process | undefined
  /** The process that watches it and reports its end. */
  shim: Process | undefined
  terminal: Terminal | undefined
  stdin: { readonly pipe: Pipe; readonly writer: OpenFile } | undefined
  readonly log: ContainerLog
  /** Who is attached now. */
  readonly streams: Set<Stream>
  /** Becomes true whenever `state` changes. */
  readonly changed: Condition
  /** The commands of `docker exec` that run now, by id. */
  readonly execs: Map<string, Exec>
  /** Those that clients of the API made, begun or not, by id. */
  readonly execRequests: Map<string, ExecRequest>
  /** A stop is under way, and `docker stop` waits for the end. */
  stopping: boolean
  /** A removal is under way. */
  removing: boolean
  restartCount: number
  /** The user stopped it: no restart policy brings it back. */
  stoppedByUser: boolean
  /** Those whose legacy links lead here; undefined if there were never any. */
  linkedBy: Set<Container> | undefined
}

/** What runs inside (inspect's `Config`). */
export interface ContainerConfig {
  readonly hostname: string
  readonly domainname: string
  readonly user: string
  readonly attachStdin: boolean
  readonly attachStdout: boolean
  readonly attachStderr: boolean
  readonly exposedPorts: readonly string[]
  readonly tty: boolean
  readonly openStdin: boolean
  readonly stdinOnce: boolean
  readonly env: readonly string[]
  readonly cmd: readonly string[] | undefined
  /** The image as it was typed. */
  readonly image: string
  readonly volumes: readonly string[]
  readonly workingDir: string
  readonly entrypoint: readonly string[] | undefined
  readonly labels: ReadonlyMap<string, string>
  readonly stopSignal: string | undefined
  readonly stopTimeout: number | undefined
  readonly healthcheck: Healthcheck | undefined
  /** The MAC address that the user gave the first network; '' if none. */
  readonly macAddress: string
  /** Whether the user named the host, so that it becomes a DNS name too. */
  readonly hostnameGiven: boolean
}

/** How the host runs it (inspect's `HostConfig`). */
export interface HostConfig {
  /** `default`, `bridge`, `host`, `none`, `container:<id>` or a network's name. */
  readonly networkMode: string
  readonly portBindings: readonly PortBinding[]
  readonly publishAllPorts: boolean
  restartPolicy: { readonly name: RestartPolicyName; readonly maximumRetryCount: number }
  readonly autoRemove: boolean
  readonly dns: readonly string[]
  readonly dnsOptions: readonly string[]
  readonly dnsSearch: readonly string[]
  readonly extraHosts: readonly string[]
  /** `name:alias`, resolved to `/name:/own/alias` by inspect. */
  links: readonly { readonly container: Container; readonly alias: string }[]
  /** `source:target[:mode]` */
  readonly binds: readonly string[]
  readonly mounts: readonly MountRequest[]
  /** `container[:mode]` */
  readonly volumesFrom: readonly string[]
  /** The driver of volumes that `binds` names; '' for the local one. */
  readonly volumeDriver: string
  /** Options by path. */
  readonly tmpfs: ReadonlyMap<string, string>
  readonly privileged: boolean
  readonly capAdd: readonly string[]
  readonly capDrop: readonly string[]
  readonly sysctls: ReadonlyMap<string, string>
  readonly init: boolean | undefined
  readonly readonlyRootfs: boolean
  /** Settings that are shown and have no effect here: by their key in inspect. */
  readonly kept: Map<string, unknown>
}

/** Old daemons keep an empty name, which means `no`. */
export type RestartPolicyName = '' | 'no' | 'always' | 'on-failure' | 'unless-stopped'

export interface ContainerState {
  status: ContainerStatus
  exitCode: number
  error: string
  oomKilled: boolean
  startedAt: Moment | undefined
  finishedAt: Moment | undefined
  /** There from the first start of a container with a health check on. */
  health: Health | undefined
}

export type ContainerStatus = 'created' | 'running' | 'paused' | 'restarting' | 'removing' | 'exited' | 'dead'

/** A container's membership in a network, running or not (inspect's `NetworkSettings.Networks`). */
export interface Attachment {
  readonly networkName: string
  /** The id that counts at the next start; '' until it was first looked up. */
  networkId: string
  /**
   * The container's name when inspect's names were noted down: at a connection, at a start on a user network, at a rename.
   * '' if they were not.
   */
  named: string
  /** Made by `network connect`, not by `run`: some of inspect's empty values differ. */
  readonly connected: boolean
  readonly ip4: string
  readonly ip6: string
  readonly mac: string
  readonly aliases: readonly string[]
  readonly links: readonly string[]
  readonly driverOptions: ReadonlyMap<string, string>
  readonly gatewayPriority: number
  readonly linkLocalIps: readonly string[]
  endpoint: Endpoint | undefined
}

export interface WrittenFiles {
  /** Own lines of /etc/hosts by network id: address and names. */
  ownHosts: { readonly networkId: string; readonly line: string }[]
}

export const shortId = (id: string): string => id.slice(0, 12)

/** True while it has a process: running, paused. */
export const isRunning = (container: Container): boolean =>
  container.state.status === 'running' || container.state.status === 'paused'

/** The container of a name (with or without `/`), a full id or a unique id prefix; undefined if there is none. */
export function findContainer(engine: Engine, name: string): Container | undefined {
  const exact = engine.containers.get(name) ?? engine.containersByName.get(name.replace(/^\//, ''))
  if (exact) return exact
  if (name === '' || !/^[0-9a-f]+$/.test(name)) return undefined
  const byPrefix = [...engine.containers.values()].filter((container) => container.id.startsWith(name))
  if (byPrefix.length > 1)
    throw new EngineError('notFound', `Multiple IDs found with provided prefix: ${name}`)
  return byPrefix[0]
}

/** The container of a name or id. Throws EngineError `No such container: x`. */
export function requireContainer(engine: Engine, name: string): Container {
  const container = findContainer(engine, name)
  if (!container) throw new EngineError('notFound', `No such container: ${name}`)
  return container
}
