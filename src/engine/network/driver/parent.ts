// The link of the host upon which a macvlan or ipvlan network lies: the one that the user names, a VLAN that is made
// for it (`eth0.50`), or a dummy (moby libnetwork/drivers/macvlan/macvlan_setup.go, ipvlan_setup.go).

import { isErrno } from '../../../base/errno.ts'
import { deleteLink, setUp } from '../../../net/link/admin.ts'
import { createDummy } from '../../../net/link/dummy.ts'
import type { Link } from '../../../net/link/link.ts'
import { createVlan } from '../../../net/link/vlan.ts'
import { type Engine, worded } from '../../engine.ts'
import { EngineError } from '../../error.ts'
import { type Network, shortNetworkId } from '../network.ts'
import { refusalWords } from './words.ts'

/** The name of the dummy of a network that names no parent: `dm-` or `di-`, and the short id. */
export const dummyName = (network: Network): string =>
  `${network.driver.name === 'macvlan' ? 'dm' : 'di'}-${shortNetworkId(network)}`

/** The parent as the network names it; old releases gave every internal network a dummy of its own. */
export function parentOf(engine: Engine, network: Network): string {
  const asked = network.options.get('parent') ?? ''
  const ignored = network.internal && !engine.traits.internalKeepsParent
  return asked === '' || ignored ? dummyName(network) : asked
}

/** Makes sure that the parent exists; whether it was made for this. Throws EngineError. */
export function provideParent(engine: Engine, network: Network, parent: string): boolean {
  const { net } = engine.machine.namespaces
  if (net.linksByName.has(parent)) return false
  setUp(parent === dummyName(network) ? makeDummy(engine, parent) : makeVlan(engine, network, parent))
  return true
}

function makeDummy(engine: Engine, name: string): Link {
  try {
    return quiet(createDummy(engine.machine.namespaces.net, name))
  } catch (cause) {
    throw isErrno(cause) ? failure(refusalWords(cause)) : cause
  }
}

function makeVlan(engine: Engine, network: Network, name: string): Link {
  const { net } = engine.machine.namespaces
  const { below, id } = parseVlan(engine, network, name)
  try {
    return quiet(createVlan(below, net, name, id))
  } catch (cause) {
    throw isErrno(cause) ? failure(`failed to create ${name} vlan link: ${refusalWords(cause)}`) : cause
  }
}

function parseVlan(engine: Engine, { driver }: Network, name: string): { below: Link; id: number } {
  if (!name.includes('.'))
    throw failure(`invalid subinterface vlan name ${name}, example formatting is eth0.10`)
  const [parent = '', digits = '', ...more] = name.split('.')
  if (more.length > 0)
    throw failure(
      `required interface name format is: name.vlan_id, ex. eth0.10 for vlan 10, instead received ${name}`,
    )
  if (!/^[+-]?\d+$/.test(digits))
    throw failure(`unable to parse a valid vlan id from: ${digits} (ex. eth0.10 for vlan 10)`)
  const below = engine.machine.namespaces.net.linksByName.get(parent)
  const words = worded(engine, {
    '19.03': driver.name === 'macvlan' ? 'interface does was' : 'interface was',
    '28': 'interface was',
  })
  if (!below) throw failure(`-o parent ${words} not found on the host: ${parent}`)
  const id = Number(digits)
  if (id > 4094 || id < 1) throw failure(`vlan id must be between 1-4094, received: ${id}`)
  return { below, id }
}

/** What the daemon makes has no transmit queue. */
function quiet(link: Link): Link {
  link.queueLength = 0
  return link
}

/** Deletes the parent that was made for the network. */
export function removeParent(engine: Engine, parent: string): void {
  const link = engine.machine.namespaces.net.linksByName.get(parent)
  if (link) deleteLink(link)
}

const failure = (message: string): EngineError => new EngineError('system', message)
