// Random changes to what runs: connects, disconnects, restarts, pauses, stops, starts, renames, removals.

import { addressOf, aliasPool, runContainer, stopsGently } from './containers.ts'
import { createNetwork } from './networks.ts'
import { nameGiven, odds, type Plan, type PlannedContainer, pick, say, take, weighted } from './plan.ts'

type Change = (plan: Plan, container: PlannedContainer) => void

/** One change to a random container or to the networks. */
export function change(plan: Plan): void {
  if (plan.containers.length === 0) return runContainer(plan)
  const act = weighted<Change>(plan, [
    [26, connect],
    [16, disconnect],
    [10, restart],
    [6, pause],
    [8, stop],
    [10, start],
    [3, kill],
    [4, rename],
    [6, remove],
    [3, removeNetwork],
    [4, createNetwork],
    [6, runContainer],
  ])
  act(plan, pick(plan, plan.containers))
}

const hasNetworks = ({ mode }: PlannedContainer): boolean => mode === 'bridge' || mode === 'user'

function connect(plan: Plan, container: PlannedContainer): void {
  if (!hasNetworks(container) && !odds(plan, 15)) return change(plan)
  const network = pick(plan, [...plan.networks.map(({ name }) => name), 'bridge'])
  if (container.networks.has(network) && !odds(plan, 10)) return change(plan)
  const words: string[] = []
  const address = addressOf(plan, network)
  if (address !== undefined && odds(plan, 30)) words.push(`--ip ${address}`)
  if (network !== 'bridge' && odds(plan, 35)) {
    const alias = pick(plan, aliasPool)
    nameGiven(plan, alias)
    words.push(`--alias ${alias}`)
  }
  if (plan.abilities.has('gateway-priority') && odds(plan, 15))
    words.push(`--gw-priority ${pick(plan, [-1, 1, 5])}`)
  if (network !== 'bridge' && odds(plan, 10)) {
    nameGiven(plan, 'peer')
    words.push(`--link ${pick(plan, plan.containers).name}:peer`)
  }
  say(plan, 'docker network connect', ...words, network, container.name)
  container.networks.add(network)
}

function disconnect(plan: Plan, container: PlannedContainer): void {
  if (container.networks.size === 0) return change(plan)
  const network = odds(plan, 95) ? pick(plan, [...container.networks]) : 'bridge'
  say(plan, 'docker network disconnect', odds(plan, 15) && '-f', network, container.name)
  container.networks.delete(network)
}

const patience = ({ image }: PlannedContainer): string => (stopsGently(image) ? '' : '-t 0')

function restart(plan: Plan, container: PlannedContainer): void {
  say(plan, 'docker restart', patience(container), container.name)
  container.state = 'running'
}

function pause(plan: Plan, container: PlannedContainer): void {
  say(plan, `docker ${container.state === 'paused' ? 'unpause' : 'pause'} ${container.name}`)
  if (container.state !== 'stopped') container.state = container.state === 'paused' ? 'running' : 'paused'
}

function stop(plan: Plan, container: PlannedContainer): void {
  if (container.state === 'paused') return pause(plan, container)
  say(plan, 'docker stop', patience(container), container.name)
  container.state = 'stopped'
}

function start(plan: Plan, container: PlannedContainer): void {
  const stopped = plan.containers.filter(({ state }) => state === 'stopped')
  const target = stopped.length > 0 ? pick(plan, stopped) : container
  say(plan, `docker start ${target.name}`)
  if (target.state === 'stopped') target.state = 'running'
}

function kill(plan: Plan, container: PlannedContainer): void {
  say(plan, `docker kill ${container.name}`)
  container.state = 'stopped'
}

function rename(plan: Plan, container: PlannedContainer): void {
  const name = take(plan, plan.left.containers)
  if (name === undefined) return
  say(plan, `docker rename ${container.name} ${name}`)
  container.name = name
  nameGiven(plan, name)
}

function remove(plan: Plan, container: PlannedContainer): void {
  say(plan, `docker rm -f ${container.name}`)
  plan.containers = plan.containers.filter((other) => other !== container)
}

function removeNetwork(plan: Plan): void {
  if (plan.networks.length === 0) return
  const { name } = pick(plan, plan.networks)
  say(plan, `docker network rm ${name}`)
}
