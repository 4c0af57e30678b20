// A network as the client's Go types have it: what templates of `docker network inspect` can name.
// Source: moby api/types/network.

import type { ApiTraits } from '../../api/traits.ts'
import { fieldsInOrder } from '../format/fields.ts'
import { as, bool, list, map, omitEmpty, type StructType, struct, text } from '../format/template/types.ts'
import { time } from '../format/time.ts'

const ipamConfig = struct('network.IPAMConfig', {
  Subnet: omitEmpty(text),
  IPRange: omitEmpty(text),
  Gateway: omitEmpty(text),
  AuxAddress: omitEmpty(map(text), 'AuxiliaryAddresses'),
})

const member = struct('network.EndpointResource', {
  Name: text,
  EndpointID: text,
  MacAddress: text,
  IPv4Address: text,
  IPv6Address: text,
})

const fields = {
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
  Containers: map(member),
  Options: map(text),
  Labels: map(text),
}

export const networkShape = (api: ApiTraits): StructType =>
  struct('network.Inspect', fieldsInOrder(fields, api.network))
