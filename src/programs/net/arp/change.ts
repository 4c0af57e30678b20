// What arp changes in the neighbor table.

import { contains } from '../../../base/cidr.ts'
import { Errno } from '../../../base/errno.ts'
import type { Ip } from '../../../base/ip.ts'
import type { Mac } from '../../../base/mac.ts'
import type { Process } from '../../../kernel/process.ts'
import type { Link } from '../../../net/link/link.ts'
import { listNeighbors, removeNeighbor, setStaticNeighbor } from '../../../net/neighbor/table.ts'
import { listRoutes } from '../../../net/route.ts'

/** Enters a permanent neighbor. Errors: EPERM, ENODEV, ENETUNREACH if no route leads to a link of it. */
export function addNeighbor(proc: Process, ip: Ip, mac: Mac, device: string | undefined): void {
  if (!proc.may('NET_ADMIN')) throw new Errno('EPERM')
  setStaticNeighbor(linkTo(proc, ip, device), ip, mac)
}

/** Forgets a neighbor; false if it is not known. Errors: EPERM. */
export function dropNeighbor(proc: Process, ip: Ip, device: string | undefined): boolean {
  if (!proc.may('NET_ADMIN')) throw new Errno('EPERM')
  const found = listNeighbors(proc.net).find(
    (one) => one.ip === ip && (device === undefined || one.link.name === device),
  )
  return found !== undefined && removeNeighbor(found.link, ip)
}

function linkTo(proc: Process, ip: Ip, device: string | undefined): Link {
  const link = device === undefined ? onLink(proc, ip) : proc.net.linksByName.get(device)
  if (!link) throw new Errno(device === undefined ? 'ENETUNREACH' : 'ENODEV')
  return link
}

/** The link on which `ip` is without a gateway (arp_req_set asks for such a route only, RTO_ONLINK). */
const onLink = (proc: Process, ip: Ip): Link | undefined =>
  listRoutes(proc.net, 4)
    .filter(({ destination, gateway }) => gateway === undefined && contains(destination, ip))
    .sort((a, b) => b.destination.length - a.destination.length)[0]?.link
