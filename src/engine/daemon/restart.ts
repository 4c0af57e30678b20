// dockerd stops and starts again (moby daemon/daemon.go Shutdown and restore, libnetwork controller.go). What lies on disk
// stays: containers, images, networks with their bridges; processes, firewall rules and the network `bridge` are made anew.

import { lastIp, networkIp, networkOf, printCidr, sameCidr } from '../../base/cidr.ts'
import { seconds } from '../../base/instant.ts'
import { printIp } from '../../base/ip.ts'
import type { Task } from '../../base/scheduler.ts'
import { asRoot } from '../../kernel/fs/filesystem.ts'
import { exists, lookup } from '../../kernel/fs/lookup.ts'
import { readTextIfAny } from '../../kernel/fs/read.ts'
import { signalProcess } from '../../kernel/process.ts'
import { parseSignal } from '../../kernel/signal.ts'
import { addAddress, removeAddress } from '../../net/link/admin.ts'
import { tableNames } from '../../net/netfilter/netfilter.ts'
import { flush } from '../../net/netfilter/tables/chain.ts'
import { removeRule } from '../../net/netfilter/tables/rule.ts'
import { findTable } from '../../net/netfilter/tables/tables.ts'
import { type Container, isRunning } from '../container/container.ts'
import { start } from '../container/start.ts'
import { resume } from '../container/stop.ts'
import { type Engine, schedulerOf } from '../engine.ts'
import { EngineError } from '../error.ts'
import { momentNow, newNetworkId } from '../network/create.ts'
import { noFirewall } from '../network/firewall/none.ts'
import { remove } from '../network/firewall/rules.ts'
import { createPool, defaultPools, takeThisAddress } from '../network/ipam.ts'
import type { Network } from '../network/network.ts'
import { ConfigError, configPath, type DaemonConfig, readDaemonConfig } from './config.ts'
import { enableForwarding, openSocket, socketPath, spawnDaemon } from './start.ts'

/** Stops the daemon with all containers. From then on nobody answers at its socket. */
export function* stopDaemon(engine: Engine): Task<void> {
  const running = [...engine.containers.values()].filter(isRunning)
  const stoppedBefore = new Map([...engine.containers.values()].map((each) => [each, each.stoppedByUser]))
  // While it shuts down, no restart policy acts; what the user stopped is remembered for the next start.
  for (const container of stoppedBefore.keys()) container.stoppedByUser = true
  yield* stopAll(engine, running)
  for (const [container, stopped] of stoppedBefore) {
    container.stoppedByUser = stopped
    if (container.state.status === 'restarting') container.state.status = 'exited'
  }
  signalProcess(engine.daemon, 'KILL')
  while (engine.daemon.state !== 'zombie') yield { on: [engine.daemon.changed] }
  const root = asRoot(engine.machine.namespaces.files)
  if (!exists(root, socketPath)) return
  const node = lookup(root, socketPath)
  if (node.kind === 'socket') node.listener = undefined
}

/**
 * Starts a daemon that was stopped. `groupId` is the group whose members may use its socket. Throws ConfigError if it
 * refuses its daemon.json; then it does not run.
 */
export function startDaemonAgain(engine: Engine, groupId: number): void {
  const { machine } = engine
  adopt(engine, readDaemonConfig(readTextIfAny(asRoot(machine.namespaces.files), configPath), engine.release))
  engine.daemon = spawnDaemon(machine)
  engine.events.events = []
  engine.pools.cursor = 0
  if (engine.config.ipForward) enableForwarding(machine)
  clearRules(engine)
  engine.traits.firewall.begin(engine)
  restoreNetworks(engine)
  openSocket(machine, engine, groupId)
  for (const container of engine.containers.values())
    if (comesBack(container)) startQuietly(engine, container)
}

/** Makes the settings count from now on. */
function adopt(engine: Engine, config: DaemonConfig): void {
  const { bip } = config
  if (bip && networkIp(bip) === bip.ip)
    throw new ConfigError(
      `failed to start daemon: Error initializing network controller: error creating default "bridge" network: failed to allocate gateway (${printIp(bip.ip)}): Address already in use`,
    )
  engine.config = config
  engine.pools.defaults = config.pools.length > 0 ? config.pools : defaultPools
  engine.traits = config.iptables
    ? engine.releaseTraits
    : Object.freeze({ ...engine.releaseTraits, firewall: noFirewall })
}

/** Whether something answers at the daemon's socket. */
export const isDaemonUp = (engine: Engine): boolean => engine.daemon.state !== 'zombie'

function* stopAll(engine: Engine, containers: readonly Container[]): Task<void> {
  const now = schedulerOf(engine).now
  for (const container of containers) {
    if (container.state.status === 'paused') resume(container)
    if (container.init)
      signalProcess(container.init, parseSignal(container.config.stopSignal ?? 'TERM') ?? 'TERM')
  }
  for (const container of containers) {
    const deadline = now + seconds(Math.max(0, container.config.stopTimeout ?? 10))
    while (isRunning(container) && schedulerOf(engine).now < deadline)
      yield { on: [container.changed], until: deadline }
  }
  for (const { init } of containers) if (init) signalProcess(init, 'KILL')
  for (const container of containers) while (isRunning(container)) yield { on: [container.changed] }
}

function comesBack({ host, state, stoppedByUser }: Container): boolean {
  const { name } = host.restartPolicy
  if (!state.startedAt || isStarted(state.status)) return false
  if (name === 'always') return true
  if (name === 'on-failure') return state.exitCode !== 0
  return name === 'unless-stopped' && !stoppedByUser
}

const isStarted = (status: string): boolean => status === 'running' || status === 'paused'

function startQuietly(engine: Engine, container: Container): void {
  try {
    start(engine, container)
  } catch (cause) {
    if (!(cause instanceof EngineError)) throw cause
  }
}

/** Takes away what the daemon put into the tables; the user's rules in DOCKER-USER stay. */
function clearRules(engine: Engine): void {
  const { netfilter } = engine.machine.namespaces.net
  for (const network of engine.networks.values()) engine.releaseTraits.firewall.removeNetwork(engine, network)
  for (const family of [4, 6] as const)
    for (const tableName of tableNames) {
      for (const chain of findTable(netfilter, family, tableName)?.chains.values() ?? []) {
        if (chain.hook)
          for (const rule of [...chain.rules]) if (isOurs(rule.jump?.name)) removeRule(chain, rule)
        if (isOurs(chain.name) && chain.name !== 'DOCKER-USER')
          flush(netfilter, family, tableName, chain.name)
      }
    }
  remove(engine, 'filter', 'DOCKER-USER', '-j RETURN')
}

const isOurs = (chain: string | undefined): boolean => chain !== undefined && /^DOCKER(-|$)/.test(chain)

/** User networks keep their ids; `bridge` is made anew, last, with another one. */
function restoreNetworks(engine: Engine): void {
  const byId = [...engine.networks.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
  for (const network of byId) {
    Object.assign(network, { ipamConfigs: withGateways(network) })
    if (network.bridge && !network.predefined) engine.traits.firewall.addNetwork(engine, network)
  }
  const former = engine.networksByName.get('bridge')
  if (!former) return
  const bridge: Network = {
    ...former,
    ...bridgeSettings(engine, former),
    id: newNetworkId(engine),
    created: momentNow(engine),
    endpoints: new Map(),
  }
  engine.networks.delete(former.id)
  engine.networks.set(bridge.id, bridge)
  engine.networksByName.set('bridge', bridge)
  engine.traits.firewall.addNetwork(engine, bridge)
  for (const container of engine.containers.values()) {
    const attachment = container.attachments.get('bridge')
    if (attachment) attachment.networkId = bridge.id
  }
}

/** What daemon.json says of docker0; where it says no address, docker0 keeps the one that it has. */
function bridgeSettings(engine: Engine, former: Network): Partial<Network> {
  const { bip, fixedCidr, icc, mtu } = engine.config
  const options = new Map(former.options)
    .set('com.docker.network.bridge.enable_icc', String(icc))
    .set('com.docker.network.driver.mtu', String(mtu))
  const state = former.bridge && { ...former.bridge, interContainer: icc, mtu }
  if (state) state.link.mtu = mtu
  const common = { options, bridge: state }
  const [old] = former.pools
  const address =
    bip ?? (old?.gateway === undefined ? undefined : { ip: old.gateway, length: old.subnet.length })
  if (!old || !address) return common
  const subnet = networkOf(address)
  const pool = createPool(subnet, { range: fixedCidr, chosen: true })
  takeThisAddress(pool, address.ip)
  for (const each of former.pools) engine.pools.inUse.delete(each)
  const pools = [{ ...pool, gateway: address.ip }]
  for (const each of pools) engine.pools.inUse.add(each)
  if (
    state &&
    old.gateway !== undefined &&
    !sameCidr({ ip: old.gateway, length: old.subnet.length }, address)
  ) {
    removeAddress(state.link, { ip: old.gateway, length: old.subnet.length })
    addAddress(state.link, address, { broadcast: lastIp(address) })
  }
  const config = {
    subnet: printCidr(subnet),
    ...(fixedCidr && { ipRange: printCidr(fixedCidr) }),
    gateway: printIp(address.ip),
  }
  return { ...common, pools, ipamConfigs: [config] }
}

/** A gateway that was chosen by the daemon is shown from its next start on. */
const withGateways = ({ ipamConfigs, pools }: Network): Network['ipamConfigs'] =>
  ipamConfigs.map((config, index) => {
    const gateway = pools[index]?.gateway
    return config.gateway || gateway === undefined ? config : { ...config, gateway: printIp(gateway) }
  })
