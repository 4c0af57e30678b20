// The subnets that default pools must not touch: those of on-link routes of the host, and its nameservers
// (moby libnetwork/netutils/utils_linux.go, InferReservedNetworks).

import { bitsOf, type Cidr } from '../../base/cidr.ts'
import { familyOf, parseIp } from '../../base/ip.ts'
import { asRoot } from '../../kernel/fs/filesystem.ts'
import { readTextIfAny } from '../../kernel/fs/read.ts'
import { listRoutes } from '../../net/route.ts'
import type { Engine } from '../engine.ts'
import { parseSettings } from './resolvconf.ts'

export function hostSubnets(engine: Engine): Cidr[] {
  const { net, files } = engine.machine.namespaces
  const onLink = listRoutes(net, 4)
    .filter((route) => route.scope === 'link')
    .map((route) => route.destination)
  if (!engine.traits.poolsAvoidNameservers) return onLink
  const { nameservers } = parseSettings(readTextIfAny(asRoot(files), '/etc/resolv.conf'))
  const servers = nameservers.flatMap((text) => parseIp(text) ?? [])
  return [...onLink, ...servers.map((ip) => ({ ip, length: bitsOf(familyOf(ip)) }))]
}
