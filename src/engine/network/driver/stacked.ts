// What the drivers macvlan and ipvlan share: an endpoint is a link upon the parent, made on the host and moved into the
// container (moby libnetwork/drivers/macvlan, libnetwork/drivers/ipvlan). Ports are not published.

import { type Errno, isErrno } from '../../../base/errno.ts'
import { printMac } from '../../../base/mac.ts'
import { drawHex } from '../../../base/random.ts'
import { deleteLink, move, setMac, setUp } from '../../../net/link/admin.ts'
import type { Link } from '../../../net/link/link.ts'
import { announce } from '../../../net/neighbor/arp.ts'
import { type Engine, randomOf } from '../../engine.ts'
import { EngineError } from '../../error.ts'
import type { Endpoint, Network } from '../network.ts'
import type { Sandbox } from '../sandbox.ts'
import { addInterfaceAddresses } from './addresses.ts'
import type { Driver } from './driver.ts'
import { parentOf, provideParent, removeParent } from './parent.ts'
import { refusalWords } from './words.ts'

/** What a sort of such networks decides for itself. */
export interface Sort {
  readonly name: 'macvlan' | 'ipvlan'
  /** The mode and flag that the options ask for. Throws EngineError for those that there are not. */
  readonly modes: (engine: Engine, network: Network) => { readonly mode: string; readonly flag: string }
  /** Throws EngineError if another network stands in the way. */
  readonly refuseShared: (engine: Engine, network: Network, parent: string, mode: string) => void
  /** Makes the link of an endpoint on the host, down. Errors: those of the kind of link. */
  readonly make: (lower: Link, network: Network, name: string) => Link
}

/** A driver for networks of that sort. */
export const stackedDriver = (sort: Sort): Driver =>
  Object.freeze<Driver>({
    name: sort.name,
    addressed: true,
    publishes: false,
    sort,
    create,
    remove,
    join,
    leave,
  })

const sortOf = ({ driver }: Network): Sort => driver.sort as Sort

function create(engine: Engine, network: Network): void {
  if (network.ipamDriver === 'null') throw new EngineError('system', 'ipv4 pool is empty')
  const sort = sortOf(network)
  const { mode, flag } = sort.modes(engine, network)
  if (network.options.get('parent') === 'lo')
    throw new EngineError('system', `loopback interface is not a valid ${sort.name} parent link`)
  const parent = parentOf(engine, network)
  sort.refuseShared(engine, network, parent, mode)
  const made = provideParent(engine, network, parent)
  network.stacked = { parent, mode, flag, made }
}

function remove(engine: Engine, network: Network): void {
  const { stacked } = network
  network.stacked = undefined
  if (!stacked?.made) return
  for (const other of engine.networks.values())
    if (other !== network && other.stacked?.parent === stacked.parent) return
  removeParent(engine, stacked.parent)
}

function join(
  engine: Engine,
  sandbox: Sandbox,
  endpoint: Endpoint,
  interfaceName: string,
  linkLocalIps: Parameters<Driver['join']>[4],
): void {
  const { network } = endpoint
  const name = `veth${drawHex(randomOf(engine), 'veth', 7)}`
  const link = makeLink(engine, network, name)
  link.queueLength = 0
  endpoint.link = link
  const { mac } = endpoint
  try {
    if (mac !== undefined) setMac(link, mac)
  } catch (cause) {
    throw isErrno(cause) ? macRefused(name, printMac(mac ?? 0), cause) : cause
  }
  move(link, sandbox.namespace, { name: interfaceName })
  addInterfaceAddresses(engine, endpoint, link, linkLocalIps)
  setUp(link)
  for (const address of link.addresses) announce(link, address.cidr.ip)
}

function makeLink(engine: Engine, network: Network, name: string): Link {
  const parent = network.stacked?.parent ?? ''
  const lower = engine.machine.namespaces.net.linksByName.get(parent)
  if (!lower)
    throw new EngineError(
      'system',
      `the requested parent interface ${parent} was not found on the Docker host`,
    )
  try {
    return sortOf(network).make(lower, network, name)
  } catch (cause) {
    if (!isErrno(cause)) throw cause
    const words = refusalWords(cause)
    throw new EngineError('system', `failed to create the ${network.driver.name} port: ${words}`)
  }
}

const macRefused = (name: string, mac: string, cause: Errno): EngineError =>
  new EngineError(
    'system',
    `failed to add interface ${name} to sandbox: error setting interface "${name}" MAC to "${mac}": ${refusalWords(cause)}`,
  )

function leave(_engine: Engine, _sandbox: Sandbox, endpoint: Endpoint): void {
  if (endpoint.link) deleteLink(endpoint.link)
  endpoint.link = undefined
}
