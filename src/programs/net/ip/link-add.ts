// `ip link add` of iproute2: what the words say, the kinds' own words among them (ip/iplink.c, iplink_macvlan.c,
// iplink_ipvlan.c, iplink_vlan.c).

import { isErrno } from '../../../base/errno.ts'
import { parseMac } from '../../../base/mac.ts'
import type { Process } from '../../../kernel/process.ts'
import type { IpvlanFlag, IpvlanMode } from '../../../net/link/ipvlan.ts'
import type { MacvlanMode } from '../../../net/link/macvlan.ts'
import { ipvlanUsage, macvlanUsage, vlanUsage } from './kind-usage.ts'
import { blankWanted, createWanted, type Wanted } from './new-link.ts'
import { answerRefusal, mayAdminister } from './refusal.ts'

/** Returns ip's exit status. */
export function addLink(proc: Process, words: readonly string[]): number {
  const rest = [...words]
  const wanted = blankWanted()
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    const status = takeWord(proc, wanted, word, rest)
    if (status !== undefined) return status
  }
  if (wanted.kind === undefined) return proc.fail('Not enough information: "type" argument is required', 1)
  if (wanted.below !== undefined && !proc.net.linksByName.has(wanted.below))
    return proc.fail(`Cannot find device "${wanted.below}"`, 1)
  if (!mayAdminister(proc)) return 2
  return create(proc, wanted)
}

/** A number is the status after an error. */
function takeWord(proc: Process, wanted: Wanted, word: string, rest: string[]): number | undefined {
  if (word === 'type') {
    wanted.kind = rest.shift()
    return takeKindWords(proc, wanted, rest)
  }
  if (word === 'name' || word === 'dev') wanted.name = rest.shift()
  else if (word === 'link') wanted.below = rest.shift()
  else if (word === 'mtu') wanted.mtu = Number(rest.shift())
  else if (word === 'txqueuelen' || word === 'qlen') wanted.queueLength = Number(rest.shift())
  else if (word === 'address') {
    const text = rest.shift() ?? ''
    wanted.mac = parseMac(text)
    if (wanted.mac === undefined) return proc.fail(`"${text}" is invalid lladdr.`, 1)
  } else if (wanted.name === undefined) wanted.name = word
  else return proc.fail(`Error: either "dev" is duplicate, or "${word}" is garbage.`, 255)
  return undefined
}

function takeKindWords(proc: Process, wanted: Wanted, rest: string[]): number | undefined {
  switch (wanted.kind) {
    case 'macvlan':
      return takeMacvlanWords(proc, wanted, rest)
    case 'ipvlan':
      return takeIpvlanWords(proc, wanted, rest)
    case 'vlan':
      return takeVlanWords(proc, wanted, rest)
    case 'veth':
      for (let word = rest.shift(); word !== undefined; word = rest.shift())
        if (word === 'peer') wanted.peer = rest[0] === 'name' ? rest.splice(0, 2)[1] : rest.shift()
        else {
          const status = takeWord(proc, wanted, word, rest)
          if (status !== undefined) return status
        }
  }
  return undefined
}

const macvlanModes: readonly string[] = ['private', 'vepa', 'bridge', 'passthru']

function takeMacvlanWords(proc: Process, wanted: Wanted, rest: string[]): number | undefined {
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === 'help') return proc.fail(macvlanUsage, 1)
    if (word === 'bcqueuelen') {
      const length = rest.shift()
      if (length === undefined) return incomplete(proc)
      wanted.broadcastQueue = Number(length)
      continue
    }
    if (['flag', 'macaddr', 'bclim'].includes(word)) return unknownHere(proc, `macvlan ${word}`)
    if (word !== 'mode') return proc.fail(`macvlan: unknown option "${word}"?\n${macvlanUsage}`, 1)
    const mode = rest.shift()
    if (mode === undefined) return incomplete(proc)
    if (mode === 'source') return unknownHere(proc, 'macvlan mode source')
    if (!macvlanModes.includes(mode))
      return proc.fail(
        `Error: argument of "mode" must be "private", "vepa", "bridge", "passthru" or "source", not "${mode}"`,
        1,
      )
    wanted.macvlanMode = mode as MacvlanMode
  }
  return undefined
}

function takeIpvlanWords(proc: Process, wanted: Wanted, rest: string[]): number | undefined {
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === 'help') return proc.fail(ipvlanUsage, 1)
    if (word === 'mode') {
      const mode = rest.shift()
      if (mode === undefined) return incomplete(proc)
      if (!['l2', 'l3', 'l3s'].includes(mode))
        return proc.fail('Error: argument of "mode" must be either "l2", "l3" or "l3s"', 1)
      wanted.ipvlanMode = mode as IpvlanMode
    } else if (['bridge', 'private', 'vepa'].includes(word)) wanted.flag = word as IpvlanFlag
    else return proc.fail(`ipvlan: unknown option "${word}"?\n${ipvlanUsage}`, 1)
  }
  return undefined
}

function takeVlanWords(proc: Process, wanted: Wanted, rest: string[]): number | undefined {
  for (let word = rest.shift(); word !== undefined; word = rest.shift()) {
    if (word === 'help') return proc.fail(vlanUsage, 1)
    if (word === 'id') {
      const id = rest.shift()
      if (id === undefined) return incomplete(proc)
      if (!/^\d{1,5}$/.test(id)) return proc.fail(`Error: argument "${id}" is wrong: id is invalid`, 255)
      wanted.id = Number(id)
    } else if (word === 'protocol' || word === 'proto') {
      const protocol = rest.shift() ?? ''
      if (protocol.toLowerCase() !== '802.1q') return unknownHere(proc, `vlan protocol ${protocol}`)
    } else if (
      [
        'reorder_hdr',
        'gvrp',
        'mvrp',
        'loose_binding',
        'bridge_binding',
        'ingress-qos-map',
        'egress-qos-map',
      ].includes(word)
    )
      return unknownHere(proc, `vlan ${word}`)
    else return proc.fail(`vlan: unknown command "${word}"?\n${vlanUsage}`, 1)
  }
  return undefined
}

const incomplete = (proc: Process): number =>
  proc.fail('Command line is not complete. Try option "help"', 255)
const unknownHere = (proc: Process, words: string): number =>
  proc.fail(`ip: docksim does not simulate "ip link add type ${words}"`, 255)

function create(proc: Process, wanted: Wanted): number {
  const missing = proc.net.fabric.missingKinds?.some((kind) => kind === wanted.kind)
  if (missing) return proc.fail('Error: Unknown device type.', 2)
  const refusal = wanted.kind === 'vlan' ? vlanRefusal(proc, wanted) : undefined
  if (refusal !== undefined) return proc.fail(`Error: 8021q: ${refusal}.`, 2)
  try {
    return createWanted(proc.net, wanted) ? 0 : proc.fail('Error: Unknown device type.', 2)
  } catch (cause) {
    if (isErrno(cause)) return answerRefusal(proc, cause)
    throw cause
  }
}

/** vlan_validate and vlan_newlink of net/8021q/vlan_netlink.c, with their own words. */
function vlanRefusal(proc: Process, { id, below }: Wanted): string | undefined {
  if (id !== undefined && id > 4094) return 'Invalid VLAN id'
  if (id === undefined) return 'VLAN id not specified'
  if (below === undefined) return 'link not specified'
  return proc.net.linksByName.get(below)?.vlans?.has(id) ? 'VLAN device already exists' : undefined
}
