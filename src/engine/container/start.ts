// docker start, as the daemon sees it (moby daemon/start.go): the sandbox, then the process.

import { momentOf } from '../../base/calendar.ts'
import { signal } from '../../base/scheduler.ts'
import { openNull } from '../../kernel/device.ts'
import type { Looker } from '../../kernel/exec.ts'
import type { OpenFile } from '../../kernel/file.ts'
import { createPipe } from '../../kernel/pipe.ts'
import { spawn } from '../../kernel/process.ts'
import { createTerminal, openTerminal } from '../../kernel/tty.ts'
import { setUp } from '../../net/link/admin.ts'
import { readSysctl, writeSysctl } from '../../net/sysctl.ts'
import { type Engine, schedulerOf, worded } from '../engine.ts'
import { EngineError } from '../error.ts'
import { logEvent } from '../event/log.ts'
import { sharesNamespace } from '../network/connect.ts'
import { refusals } from '../network/endpoint.ts'
import { inOrder } from '../network/gateway.ts'
import { refreshLinksTo, writeHosts } from '../network/hosts.ts'
import { join, nextInterface, takeOff } from '../network/join.ts'
import { findNetwork, isUserDefined, type Network } from '../network/network.ts'
import { writeResolvConf } from '../network/resolvconf.ts'
import { stopResolver } from '../network/resolver.ts'
import { createSandbox, deleteSandbox, type Sandbox } from '../network/sandbox.ts'
import { type Attachment, type Container, findContainer, isRunning } from './container.ts'
import { eventAttributes } from './create.ts'
import { environmentOf, refuseDeadLinks } from './environment.ts'
import { beginHealth } from './health.ts'
import { tellInit, underInit } from './init.ts'
import { beginLog } from './logdriver.ts'
import { mountAll, unmountAll } from './mounts.ts'
import { remove } from './rm.ts'
import { findForStart, hostSysctl, unknownSysctl } from './runc.ts'
import { mountShared, pidsFor, sharesHostNames } from './sharing.ts'
import { startShim } from './shim.ts'
import { openOutput } from './stream.ts'
import { credentialsFor } from './user.ts'
import { makeWorkingDirectory } from './workdir.ts'

/** Starts a container; one that runs is left alone. Throws EngineError; then it does not run. */
export function start(engine: Engine, container: Container): void {
  if (container.state.status === 'paused')
    throw new EngineError('conflict', 'cannot start a paused container, try unpause instead')
  if (isRunning(container)) return
  try {
    refuseDeadLinks(container)
    mountShared(engine, container)
    const mountsFirst = engine.traits.mountsVolumes === 'before-networks'
    if (mountsFirst) mountAll(engine, container)
    enterNetworks(engine, container)
    if (!mountsFirst) mountAll(engine, container)
    beginLog(engine, container)
    startProcess(engine, container)
  } catch (cause) {
    leaveNetworks(engine, container)
    unmountAll(engine, container)
    if (cause instanceof EngineError) noteFailure(engine, container, cause)
    throw cause
  }
  container.stoppedByUser = false
  Object.assign(container.state, {
    status: 'running',
    exitCode: 0,
    error: '',
    startedAt: momentOf(engine.machine.calendar, schedulerOf(engine).now),
  })
  beginHealth(engine, container)
  logEvent(engine, 'container', 'start', container.id, eventAttributes(container))
  signal(schedulerOf(engine), container.changed)
  refreshLinksTo(container)
}

function noteFailure(engine: Engine, container: Container, cause: EngineError): void {
  container.state.error = cause.message
  container.state.exitCode = cause.status ?? (container.state.exitCode || 128)
  if (container.host.autoRemove) remove(engine, container)
}

function enterNetworks(engine: Engine, container: Container): void {
  const mode = container.host.networkMode
  if (mode.startsWith('container:')) return shareSandbox(engine, container, mode.slice('container:'.length))
  const sandbox = createSandbox(engine, container.name, mode === 'host')
  container.sandbox = sandbox
  if (sandbox.isHost) refuseHostSysctls(engine, container)
  else prepareNamespace(engine, container, sandbox)
  container.written.ownHosts = []
  try {
    writeHosts(engine, container)
    const names = interfaceNames(engine, container, sandbox)
    for (const attachment of inStartOrder(engine, container)) {
      const network = networkOf(engine, attachment)
      if (isUserDefined(network)) attachment.named = container.name
      refuseAttachment(engine, container, attachment, network)
      join(engine, container, attachment, network, names.get(attachment.networkName))
    }
    if (!sandbox.isHost && engine.traits.sysctlsApplied === 'after-networks')
      applySysctls(engine, container, sandbox)
  } catch (cause) {
    if (!(cause instanceof EngineError)) throw cause
    const prefix = worded(engine, { '19.03': '', '28': 'failed to set up container networking: ' })
    throw new EngineError(cause.kind, prefix + cause.message, cause.status)
  }
  writeResolvConf(engine, container)
}

function prepareNamespace(engine: Engine, container: Container, sandbox: Sandbox): void {
  const { namespace } = sandbox
  if (engine.traits.ip6Unasked === 'disabled') writeSysctl(namespace, 'net.ipv6.conf.all.disable_ipv6', '1')
  const lo = namespace.linksByName.get('lo')
  if (lo) setUp(lo)
  const forwarding = readSysctl(engine.machine.namespaces.net, 'net.ipv4.ip_forward') ?? '0'
  writeSysctl(namespace, 'net.ipv4.ip_forward', forwarding)
  if (engine.traits.sysctlsApplied === 'before-networks') applySysctls(engine, container, sandbox)
}

function applySysctls(engine: Engine, container: Container, { namespace }: Sandbox): void {
  for (const [name, value] of container.host.sysctls) {
    if (readSysctl(namespace, name) === undefined) throw unknownSysctl(engine, name)
    writeSysctl(namespace, name, value)
  }
}

function refuseHostSysctls(engine: Engine, { host }: Container): void {
  for (const name of host.sysctls.keys()) if (name.startsWith('net.')) throw hostSysctl(engine, name)
}

function inStartOrder(engine: Engine, container: Container): Attachment[] {
  const attachments = [...container.attachments.values()]
  if (engine.traits.interfaceOrder === 'as-attached') return attachments
  // The default bridge comes first, then the others as a map gives them.
  return attachments.sort(
    (a, b) =>
      Number(b.networkName === 'bridge') - Number(a.networkName === 'bridge') ||
      (a.networkName < b.networkName ? -1 : 1),
  )
}

/** The numbers that the interfaces get where the sandbox is filled in the order of its gateways (libnetwork sandbox.go). */
function interfaceNames(engine: Engine, container: Container, sandbox: Sandbox): Map<string, string> {
  if (engine.traits.interfaceOrder === 'as-attached') return new Map()
  const networks = [...container.attachments.values()].flatMap((attachment) => {
    const network = findNetwork(engine, attachment.networkId || attachment.networkName)
    return network ? [{ network, gatewayPriority: attachment.gatewayPriority }] : []
  })
  return new Map(
    inOrder(networks).map(({ network }) => [network.name, nextInterface(engine, sandbox, network)]),
  )
}

/** What only the start finds wrong: settings, in releases that check them so late, and modes that go with no other. */
function refuseAttachment(
  engine: Engine,
  container: Container,
  attachment: Attachment,
  network: Network,
): void {
  const [reason] =
    engine.traits.endpointChecks === 'at-start' ? refusals(engine, network, network.name, attachment) : []
  if (reason !== undefined) throw new EngineError('invalid', reason)
  const alone = ['host', 'none'].find((name) => container.attachments.has(name))
  if (alone === undefined || container.attachments.size === 1) return
  throw new EngineError(
    'forbidden',
    container.host.networkMode === 'host'
      ? 'container sharing network namespace with another container or host cannot be connected to any other network'
      : 'container cannot be connected to multiple networks with one of the networks in private (none) mode',
  )
}

/** The id that was noted counts, even if another network has the name by now. */
function networkOf(engine: Engine, attachment: Attachment): Network {
  const network = attachment.networkId
    ? engine.networks.get(attachment.networkId)
    : findNetwork(engine, attachment.networkName)
  if (!network)
    throw new EngineError('notFound', `network ${attachment.networkId || attachment.networkName} not found`)
  return network
}

function shareSandbox(engine: Engine, container: Container, id: string): void {
  const target = findContainer(engine, id)
  if (!target)
    throw new EngineError(
      'notFound',
      worded(engine, {
        '19.03': `No such container: ${id}`,
        '28': `joining network namespace of container: No such container: ${id}`,
      }),
    )
  if (target === container)
    throw new EngineError(
      'forbidden',
      worded(engine, { '19.03': 'cannot join own network', '28': 'cannot join own network namespace' }),
    )
  if (!isRunning(target) || !target.sandbox)
    throw new EngineError(
      'conflict',
      worded(engine, {
        '19.03': `cannot join network of a non running container: ${id}`,
        '28': `cannot join network namespace of a non running container: container ${target.name} is ${target.state.status}`,
      }),
    )
  if (container.attachments.size > 0 && engine.traits.endpointChecks === 'at-create')
    throw new EngineError('forbidden', `failed to set up container networking: ${sharesNamespace().message}`)
  container.sandbox = target.sandbox
  for (const path of ['/etc/hosts', '/etc/resolv.conf', '/etc/hostname']) {
    const mounted = target.files.mounts.get(path)
    if (mounted) container.files.mounts.set(path, mounted)
  }
}

/** Takes the container off its networks, and its namespace away if it was the last one in it. */
export function leaveNetworks(engine: Engine, container: Container): void {
  const { sandbox } = container
  if (!sandbox) return
  container.lastSandbox = { id: sandbox.id, key: sandbox.key }
  const shares = container.host.networkMode.startsWith('container:')
  if (!shares) {
    for (const attachment of [...container.attachments.values()].reverse())
      if (attachment.endpoint) takeOff(engine, container, attachment, attachment.endpoint)
    if (sandbox.resolver) stopResolver(engine, sandbox.resolver)
  }
  container.sandbox = undefined
  // Those who share a namespace keep it, with its loopback alone, when its owner stops.
  if (![...engine.containers.values()].some((other) => other.sandbox === sandbox)) deleteSandbox(sandbox)
}

function startProcess(engine: Engine, container: Container): void {
  const { machine } = engine
  const { config, files } = container
  const sandbox = container.sandbox as Sandbox
  const credentials = credentialsFor(container, config.user, container.host.privileged)
  const argv = [...(config.entrypoint ?? []), ...(config.cmd ?? [])]
  const directory = config.workingDir || '/'
  makeWorkingDirectory(container)
  const namespaces = {
    files,
    net: sandbox.namespace,
    uts:
      sharesHostNames(container.host.kept) || (sandbox.isHost && !config.hostnameGiven)
        ? machine.namespaces.uts
        : container.hostNames,
    pids: pidsFor(engine, container),
  }
  const looker: Looker = { fs: files, credentials, directory, umask: 0o022, machine }
  const environment = environmentOf(engine, container, credentials)
  const found = findForStart(engine, looker, argv, environment.get('PATH'))
  container.namespaces = namespaces
  const standard = openStandardFiles(engine, container)
  startShim(engine, container)
  const init = spawn(machine, container.shim, {
    ...(container.host.init ? underInit(found) : found),
    environment,
    directory,
    credentials,
    namespaces,
    files: standard,
    terminal: container.terminal,
    group: 'new',
  })
  if (container.host.init) tellInit(init, found)
  container.init = init
  if (container.terminal) container.terminal.foregroundGroup = init.group
}

function openStandardFiles(engine: Engine, container: Container): Map<number, OpenFile> {
  const { machine } = engine
  container.terminal = undefined
  container.stdin = undefined
  if (container.config.tty) {
    container.terminal = createTerminal(machine, 'pts/0')
    const file = openTerminal(container.terminal)
    return new Map([0, 1, 2].map((descriptor) => [descriptor, file]))
  }
  const target = { machine, log: container.log, streams: container.streams }
  const output: [number, OpenFile][] = [
    [1, openOutput(target, 1)],
    [2, openOutput(target, 2)],
  ]
  return new Map([[0, openInput(engine, container)], ...output])
}

function openInput(engine: Engine, container: Container): OpenFile {
  if (!container.config.openStdin) return openNull()
  const { reader, writer, pipe } = createPipe(schedulerOf(engine))
  writer.references++
  container.stdin = { pipe, writer }
  return reader
}
