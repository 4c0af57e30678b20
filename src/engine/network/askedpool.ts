// The pool of a subnet that the user named: which subnets and ranges are taken (moby api/types/network/ipam.go,
// ValidateIPAM; libnetwork/ipam). It does not know of gateways.

import { type Cidr, networkIp, parseCidr, printCidr } from '../../base/cidr.ts'
import { type Engine, worded } from '../engine.ts'
import { EngineError } from '../error.ts'
import { createPool, isTaken, type Pool } from './ipam.ts'
import type { IpamConfig } from './network.ts'

/** A pool of the subnet and range of `config`; it is not in use yet. Throws EngineError. */
export function askedPool(engine: Engine, config: IpamConfig): ReturnType<typeof createPool> {
  const subnet = parseSubnet(engine, config.subnet)
  const range = config.range ? parseRange(engine, config.range, subnet) : undefined
  const twin = range && twinOf(engine, subnet)
  if (!(range && (twin || engine.traits.rangeOverlap === 'driver')) && isTaken(engine.pools, subnet))
    throw new EngineError(
      'forbidden',
      worded(engine, {
        '19.03': 'Pool overlaps with other one on this address space',
        '28': 'invalid pool request: Pool overlaps with other one on this address space',
      }),
    )
  const pool = createPool(subnet, { range, chosen: true, reservesEdges: engine.traits.reservesEdges })
  for (const ip of twin?.taken ?? []) pool.taken.add(ip)
  return pool
}

/** A range of a subnet that is in use is one more part of it to the allocator: the driver refuses it (libnetwork/ipam). */
function twinOf(engine: Engine, subnet: Cidr): Pool | undefined {
  for (const pool of engine.pools.inUse)
    if (pool.subnet.ip === subnet.ip && pool.subnet.length === subnet.length) return pool
  return undefined
}

function parseSubnet(engine: Engine, text: string): Cidr {
  const cidr = parseCidr(text)
  if (!cidr)
    throw new EngineError(
      'invalid',
      worded(engine, {
        '19.03': `Invalid subnet ${text} : invalid CIDR address: ${text}`,
        '28': `invalid network config:\ninvalid subnet ${text}: invalid CIDR block notation`,
      }),
    )
  const subnet = { ip: networkIp(cidr), length: cidr.length }
  if (subnet.ip !== cidr.ip && engine.traits.endpointChecks === 'at-create')
    throw new EngineError(
      'invalid',
      `invalid network config:\ninvalid subnet ${text}: it should be ${printCidr(subnet)}`,
    )
  return subnet
}

/** Young releases take only whole blocks inside of the subnet (moby api/types/network/ipam.go, ValidateIPAM). */
function parseRange(engine: Engine, text: string, subnet: Cidr): Cidr | undefined {
  const range = parseCidr(text)
  if (!range || engine.traits.endpointChecks !== 'at-create') return range
  const refuse = (reason: string) => {
    throw new EngineError('invalid', `invalid network config:\ninvalid ip-range ${text}: ${reason}`)
  }
  const whole = { ip: networkIp(range), length: range.length }
  if (whole.length < subnet.length) refuse(`CIDR block is bigger than its parent subnet ${printCidr(subnet)}`)
  if (whole.ip !== range.ip) refuse(`it should be ${printCidr(whole)}`)
  return range
}
