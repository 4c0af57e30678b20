// `bridge link`: the ports of bridges (iproute2 bridge/link.c).

import type { Process } from '../../../kernel/process.ts'
import { type Port, setHairpin, setIsolated } from '../../../net/link/bridge.ts'
import { isRunning, type Link } from '../../../net/link/link.ts'
import { farEndOf, flagsOf, linksInOrder } from '../ip/facts.ts'
import { type Json, printJson } from '../ip/json.ts'
import { nameWithEnd } from '../ip/link-show.ts'
import { mayAdminister } from '../ip/refusal.ts'
import type { BridgeSettings } from './bridge.ts'

export function showPorts(proc: Process, words: readonly string[], settings: BridgeSettings): number {
  const rest = [...words]
  let only: string | undefined
  for (let word = rest.shift(); word !== undefined; word = rest.shift())
    if (word === 'dev') only = rest.shift()
  const chosen = only === undefined ? undefined : proc.net.linksByName.get(only)
  if (only !== undefined && !chosen) return proc.fail(`Cannot find device "${only}"`, 255)
  const items: Json[] = []
  for (const link of linksInOrder(proc.net)) {
    const port = link.master?.bridge.ports.get(link)
    if (!port || (chosen && chosen !== link)) continue
    if (settings.json) items.push(portJson(link))
    else {
      proc.print(portLine(link))
      if (settings.details) proc.print(detailsLine(port))
    }
  }
  if (settings.json) proc.print(printJson(items, settings.pretty))
  return 0
}

function allFlags(link: Link): string[] {
  const end = farEndOf(link)
  return end && end.namespaceId === undefined && !end.up ? [...flagsOf(link), 'M-DOWN'] : flagsOf(link)
}

const stateOf = (link: Link): string => (link.master?.up && isRunning(link) ? 'forwarding' : 'disabled')

const portLine = (link: Link): string =>
  `${link.index}: ${nameWithEnd(link)}: <${allFlags(link).join(',')}> mtu ${link.mtu} ` +
  `master ${link.master?.name} state ${stateOf(link)} priority 32 cost 2 `

function portJson(link: Link): Json {
  const end = farEndOf(link)
  return {
    ifindex: link.index,
    ...(end ? (end.name === undefined ? { link_index: end.index } : { link: end.name }) : {}),
    ifname: link.name,
    flags: allFlags(link),
    mtu: link.mtu,
    master: link.master?.name,
    state: stateOf(link),
    priority: 32,
    cost: 2,
  }
}

function detailsLine({ hairpin, isolated }: Port): string {
  const onOff = (on: boolean): string => (on ? 'on' : 'off')
  return (
    `    hairpin ${onOff(hairpin)} guard off root_block off fastleave off learning on flood on mcast_flood on ` +
    'bcast_flood on mcast_router 1 mcast_to_unicast off neigh_suppress off vlan_tunnel off ' +
    `isolated ${onOff(isolated)} locked off `
  )
}

/** `bridge link set dev NAME hairpin on|off isolated on|off`. */
export function setPort(proc: Process, words: readonly string[]): number {
  const rest = [...words]
  const changes: ((link: Link) => void)[] = []
  let name: string | undefined
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === 'dev') name = rest.shift()
    else if (word === 'hairpin' || word === 'isolated') {
      const text = rest.shift() ?? ''
      if (text !== 'on' && text !== 'off')
        return proc.fail(`Error: argument of "${word}" must be one of "on" or "off", not "${text}"`, 255)
      const on = text === 'on'
      changes.push((link) => (word === 'hairpin' ? setHairpin(link, on) : setIsolated(link, on)))
    } else return proc.fail(`bridge: docksim does not simulate "bridge link set ${word}"`, 255)
  }
  if (name === undefined) return proc.fail('Device is a required argument.', 255)
  const link = proc.net.linksByName.get(name)
  if (!link) return proc.fail(`Cannot find bridge device "${name}"`, 255)
  if (!mayAdminister(proc)) return 255
  if (!link.master) return proc.fail('RTNETLINK answers: Operation not supported', 255)
  for (const change of changes) change(link)
  return 0
}
