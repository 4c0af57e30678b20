// A network as the client's Go types have it: what templates of `docker network inspect` can name.
// Source: moby api/types/network.

import type { ApiTraits } from '../../api/traits.ts'
import { prefix } from '../format/address.ts'
import { fieldsInOrder } from '../format/fields.ts'
import {
  as,
  bool,
  list,
  map,
  omitEmpty,
  type StructType,
  struct,
  text,
  uint64,
} from '../format/template/types.ts'
import { time } from '../format/time.ts'

const ipamConfig = struct('network.IPAMConfig', {
  Subnet: omitEmpty(text),
  IPRange: omitEmpty(text),
  Gateway: omitEmpty(text),
  AuxAddress: omitEmpty(map(text), 'AuxiliaryAddresses'),
})

const memberOf = ({ typedAddresses }: ApiTraits): StructType =>
  struct('network.EndpointResource', {
    Name: text,
    EndpointID: text,
    MacAddress: text,
    IPv4Address: typedAddresses ? prefix : text,
    IPv6Address: typedAddresses ? prefix : text,
  })

const status = struct('network.Status', {
  IPAM: struct('network.IPAMStatus', {
    Subnets: omitEmpty(
      map(struct('network.SubnetStatus', { IPsInUse: uint64, DynamicIPsAvailable: uint64 })),
    ),
  }),
})

const fieldsOf = (api: ApiTraits) => ({
  Name: text,
  ID: as('Id', text),
  Created: time,
  Scope: text,
  Driver: text,
  EnableIPv4: bool,
  EnableIPv6: bool,
  IPAM: struct('network.IPAM', { Driver: text, Options: map(text), Config: list(ipamConfig) }),
  Internal: bool,
  Attachable: bool,
  Ingress: bool,
  ConfigFrom: struct('network.ConfigReference', { Network: text }),
  ConfigOnly: bool,
  Containers: map(memberOf(api)),
  Options: map(text),
  Labels: map(text),
  Status: status,
})

export const networkShape = (api: ApiTraits): StructType =>
  struct('network.Inspect', fieldsInOrder(fieldsOf(api), api.network))
