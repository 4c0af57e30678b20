// docker create, as the daemon sees it (moby daemon/create.go): everything is checked, nothing runs yet.

import { momentOf } from '../../base/calendar.ts'
import { freezeDeep } from '../../base/freeze.ts'
import { drawHex } from '../../base/random.ts'
import { createCondition } from '../../base/scheduler.ts'
import { parseSignal } from '../../kernel/signal.ts'
import { type Engine, randomOf, schedulerOf, worded } from '../engine.ts'
import { EngineError } from '../error.ts'
import { logEvent } from '../event/log.ts'
import type { Image } from '../image/image.ts'
import { familiarTag, parseReference } from '../image/reference.ts'
import { findImage } from '../image/store.ts'
import { type EndpointSettings, newAttachment, plainSettings } from '../network/connect.ts'
import { isFamily, joinReasons, refusals } from '../network/endpoint.ts'
import { findNetwork, isUserDefinedName } from '../network/network.ts'
import { refuseCapabilities } from './capabilities.ts'
import { mergeConfig } from './config.ts'
import {
  type Container,
  type ContainerConfig,
  findContainer,
  type HostConfig,
  requireContainer,
} from './container.ts'
import { createFiles, writeMounted } from './files.ts'
import { refuseHealthcheck } from './healthcheck.ts'
import { refuseInterfaceSysctls } from './interface-sysctls.ts'
import { refuseKept } from './kept.ts'
import { keptLimits, refuseLimits } from './limits.ts'
import { createLog } from './log.ts'
import { mountPointsOf } from './mountpoints.ts'
import { fillVolumes } from './mounts.ts'
import { checkName, drawName } from './names.ts'
import { checkRestartPolicy } from './restart-policy.ts'
import { resolveModes, sharesHostNames } from './sharing.ts'
import { makeWorkingDirectory } from './workdir.ts'

/** What a client asks for: the settings without what the image fills in. */
export interface CreateOptions {
  readonly name: string
  readonly config: Omit<ContainerConfig, 'hostname' | 'hostnameGiven' | 'macAddress'> & {
    readonly hostname: string
  }
  readonly host: Omit<HostConfig, 'links' | 'restartPolicy'> & {
    readonly links: readonly string[]
    readonly restartPolicy: { readonly name: string; readonly maximumRetryCount: number }
  }
  /** Settings of the networks to join, by name; the first is the one of the network mode. */
  readonly networks: ReadonlyMap<string, EndpointSettings>
}

/** Creates a container, of `image` if one is given, and returns it. Throws EngineError; then nothing is left of it. */
export function create(
  engine: Engine,
  options: CreateOptions,
  image: Image = requireImage(engine, options.config.image),
): Container {
  const networkMode = resolveMode(engine, options.host.networkMode)
  refuse(engine, options, networkMode)
  if (options.name !== '') checkName(engine, options.name)
  const id = drawHex(randomOf(engine), 'container-id', 64)
  const name = options.name === '' ? drawName(engine, id) : options.name.replace(/^\//, '')
  const config = freezeDeep(mergeConfig(engine, options, image, id, networkMode))
  const restartPolicy = checkRestartPolicy(engine, options.host.restartPolicy)
  const mountPoints = mountPointsOf(engine, options.host, config.volumes)
  const { machine } = engine
  const container: Container = {
    id,
    name,
    created: momentOf(machine.calendar, schedulerOf(engine).now),
    image,
    config,
    host: hostOf(engine, options, networkMode, restartPolicy),
    state: newState(),
    files: createFiles(machine, image, options.host),
    mountPoints,
    hostNames: { hostname: config.hostname, domain: config.domainname },
    attachments: new Map(),
    sandbox: undefined,
    lastSandbox: undefined,
    written: { ownHosts: [] },
    mappings: [],
    namespaces: undefined,
    init: undefined,
    shim: undefined,
    terminal: undefined,
    stdin: undefined,
    log: createLog(),
    streams: new Set(),
    changed: createCondition(),
    execs: new Map(),
    execRequests: new Map(),
    stopping: false,
    removing: false,
    restartCount: 0,
    stoppedByUser: false,
    linkedBy: undefined,
  }
  makeWorkingDirectory(container)
  noteNetworks(engine, container, options, networkMode)
  fillVolumes(engine, container)
  writeMounted(container, '/etc/hostname', `${config.hostname}\n`)
  noteLinks(container)
  engine.containers.set(id, container)
  engine.containersByName.set(name, container)
  logEvent(engine, 'container', 'create', id, eventAttributes(container))
  return container
}

function noteLinks(container: Container): void {
  for (const { container: target } of container.host.links) {
    target.linkedBy ??= new Set()
    target.linkedBy.add(container)
  }
}

const newState = (): Container['state'] => ({
  status: 'created',
  exitCode: 0,
  error: '',
  oomKilled: false,
  startedAt: undefined,
  finishedAt: undefined,
  health: undefined,
})

/** The settings of the host's side; those that no later command changes are constants. */
function hostOf(
  engine: Engine,
  { host, ...options }: CreateOptions,
  networkMode: string,
  restartPolicy: HostConfig['restartPolicy'],
): HostConfig {
  const { kept, ...lasting } = host
  for (const setting of Object.values(lasting)) freezeDeep(setting)
  const links = linkedContainers(engine, { host, ...options })
  const settings = keptLimits(kept)
  resolveModes(engine, settings)
  return { ...lasting, kept: settings, networkMode, restartPolicy, links }
}

/** The attributes that every event of a container has: its labels, image and name. */
export const eventAttributes = (container: Container): Record<string, string> => ({
  ...Object.fromEntries(container.config.labels),
  image: container.config.image,
  name: container.name,
})

function requireImage(engine: Engine, name: string): Image {
  const image = findImage(engine.images, name)
  if (!image) throw new EngineError('notFound', `No such image: ${familiarTag(parseReference(name))}`)
  return image
}

/** `container:name` becomes `container:<id>` if there is one; a plain create gets the release's default. */
function resolveMode(engine: Engine, mode: string): string {
  if (mode === '' || mode === 'default') return engine.traits.defaultNetworkMode
  if (!mode.startsWith('container:')) return mode
  const target = mode.slice('container:'.length)
  if (target === '')
    throw new EngineError(
      'invalid',
      worded(engine, {
        '19.03': 'Invalid network mode: invalid container format container:<name|id>',
        '28': 'invalid network mode: invalid container format container:<name|id>',
      }),
    )
  const id = findContainer(engine, target)?.id
  return id === undefined ? mode : `container:${id}`
}

function refuse(engine: Engine, options: CreateOptions, networkMode: string): void {
  refuseInterfaceSysctls(engine, options.host.sysctls, networkMode)
  refuseModeConflicts(options, networkMode)
  refuseForeignMac(engine, options, networkMode)
  refuseWords(engine, options)
  refuseUnknownToRelease(engine, options)
  refuseLimits(engine, options.host.kept)
  refuseKept(engine, options.host.kept)
  refuseHealthcheck(options.config.healthcheck)
  const { workingDir } = options.config
  if (workingDir !== '' && !workingDir.startsWith('/'))
    throw new EngineError(
      'invalid',
      `the working directory '${workingDir}' is invalid, it needs to be an absolute path`,
    )
  for (const [name, settings] of options.networks) refuseSettings(engine, name, settings)
  if (options.networks.size > 1 && !engine.traits.severalNetworksAtCreate)
    throw new EngineError(
      'invalid',
      `Container cannot be connected to network endpoints: ${[...options.networks.keys()].join(', ')}`,
    )
}

function refuseModeConflicts({ host, config }: CreateOptions, networkMode: string): void {
  const conflict = (what: string) => {
    throw new EngineError('invalid', `conflicting options: ${what}`)
  }
  if (sharesHostNames(host.kept) && config.hostname !== '') conflict('hostname and the UTS mode')
  if (networkMode === 'host' && host.links.length > 0)
    conflict("host type networking can't be used with links. This would result in undefined behavior")
  if (!networkMode.startsWith('container:')) return
  if (config.hostname !== '') conflict('hostname and the network mode')
  if (host.links.length > 0)
    conflict("container type network can't be used with links. This would result in undefined behavior")
  if (host.dns.length > 0) conflict('dns and the network mode')
  if (host.extraHosts.length > 0) conflict('custom host-to-IP mapping and the network mode')
  if (host.portBindings.length > 0 || host.publishAllPorts)
    conflict('port publishing and the container type network mode')
  if (config.exposedPorts.length > 0) conflict('port exposing and the container type network mode')
}

function refuseForeignMac(engine: Engine, { networks }: CreateOptions, networkMode: string): void {
  if (engine.traits.macWithForeignNetwork) return
  const foreign = networkMode === 'host' || networkMode.startsWith('container:')
  if (foreign && [...networks.values()].some(({ mac }) => mac !== ''))
    throw new EngineError('invalid', 'conflicting options: mac-address and the network mode')
}

/** What other releases accept. */
function refuseUnknownToRelease({ traits }: Engine, { host }: CreateOptions): void {
  if (!traits.knowsHostGateway && host.extraHosts.some((entry) => entry.endsWith(':host-gateway')))
    throw new EngineError('invalid', 'invalid IP address in add-host: "host-gateway"')
  const zero = host.portBindings.find(({ containerPort }) => containerPort === 0)
  if (zero && !traits.allowsPortZero)
    throw new EngineError('invalid', `invalid port specification: "0/${zero.protocol}"`)
}

/** Names of signals and capabilities that there are none of. */
function refuseWords(engine: Engine, { config, host }: CreateOptions): void {
  const { stopSignal } = config
  if (stopSignal && !parseSignal(stopSignal))
    throw new EngineError(
      'invalid',
      worded(engine, { '19.03': `Invalid signal: ${stopSignal}`, '28': `invalid signal: ${stopSignal}` }),
    )
  refuseCapabilities('CapAdd', host.capAdd)
  refuseCapabilities('CapDrop', host.capDrop)
}

function refuseSettings(engine: Engine, name: string, settings: EndpointSettings): void {
  if (engine.traits.endpointChecks !== 'at-create') return refuseMalformed(settings)
  const network = findNetwork(engine, name === 'default' ? 'bridge' : name)
  const reasons = refusals(engine, network, name, settings)
  if (reasons.length > 0)
    throw new EngineError(
      'invalid',
      `invalid config for network ${network?.name ?? (name === 'default' ? 'bridge' : name)}: invalid endpoint settings:${joinReasons(reasons)}`,
    )
}

/** What older releases see at once (moby daemon/container_operations.go, verifyNetworkingConfig). */
function refuseMalformed({ ip4, ip6 }: EndpointSettings): void {
  if (ip4 !== '' && !isFamily(ip4, 4)) throw new EngineError('invalid', `invalid IPv4 address: ${ip4}`)
  if (ip6 !== '' && !isFamily(ip6, 6)) throw new EngineError('invalid', `invalid IPv6 address: ${ip6}`)
}

function linkedContainers(engine: Engine, { host }: CreateOptions): HostConfig['links'] {
  return host.links.map((text) => {
    const [name = '', alias] = text.split(':')
    const target = engine.containersByName.get(name) ?? findLinked(engine, name)
    return { container: target, alias: alias ?? target.name }
  })
}

function findLinked(engine: Engine, name: string): Container {
  try {
    if (name === '') throw new EngineError('invalid', 'invalid name or ID supplied: ""')
    return requireContainer(engine, name)
  } catch (cause) {
    if (cause instanceof EngineError)
      throw new EngineError('invalid', `could not get container for ${name}: ${cause.message}`)
    throw cause
  }
}

function noteNetworks(
  engine: Engine,
  container: Container,
  options: CreateOptions,
  networkMode: string,
): void {
  if (networkMode.startsWith('container:')) return
  const mode = networkMode === 'default' ? 'bridge' : networkMode
  const asked = new Map(options.networks)
  const first = asked.get(networkMode) ?? asked.get('default') ?? plainSettings
  asked.delete(networkMode)
  asked.delete('default')
  for (const [name, settings] of new Map([[mode, first], ...asked])) {
    const network = isUserDefinedName(name) ? findNetwork(engine, name) : undefined
    const attachment = newAttachment(network?.name ?? name, settings, false)
    container.attachments.set(attachment.networkName, attachment)
  }
}
