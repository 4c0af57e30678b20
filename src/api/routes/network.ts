// Routes of networks (moby api/server/router/network).

import type { EndpointSettings } from '../../engine/network/connect.ts'
import { connect, plainSettings } from '../../engine/network/connect.ts'
import { create, type NetworkOptions, plainNetwork } from '../../engine/network/create.ts'
import { disconnect } from '../../engine/network/disconnect.ts'
import { type IpamConfig, requireNetwork } from '../../engine/network/network.ts'
import { prune } from '../../engine/network/prune.ts'
import { rm } from '../../engine/network/rm.ts'
import { hasLabels, isOlder, refuseFilters } from '../filter/filters.ts'
import { isWanted } from '../filter/network.ts'
import { numberOf, readRecord, recordOf, recordsOf, textMapOf, textOf, textsOf, truthOf } from '../json.ts'
import { networkView } from '../network.ts'
import type { JsonRecord } from '../record.ts'
import { type Call, doneRoute, jsonRoute, route, word } from '../route.ts'
import { askedFilter } from './filters.ts'

const bodyOf = ({ exchange }: Call): JsonRecord => readRecord(exchange.request.body)

export const networkRoutes = [
  jsonRoute('GET /networks', list),
  jsonRoute('POST /networks/create', createOne, 201),
  jsonRoute('POST /networks/prune', pruneAll),
  jsonRoute('GET /networks/{name}', (call) =>
    networkView(call.engine, requireNetwork(call.engine, word(call, 'name')), call.traits),
  ),
  route('POST /networks/{name}/connect', function* (call) {
    const body = bodyOf(call)
    const settings = settingsOf(recordOf(body, 'EndpointConfig'))
    connect(call.engine, word(call, 'name'), textOf(body, 'Container'), settings)
    call.exchange.answer(200)
  }),
  route('POST /networks/{name}/disconnect', function* (call) {
    const body = bodyOf(call)
    disconnect(call.engine, word(call, 'name'), textOf(body, 'Container'), truthOf(body, 'Force'))
    call.exchange.answer(200)
  }),
  doneRoute('DELETE /networks/{name}', function* (call) {
    rm(call.engine, word(call, 'name'))
  }),
]

/** A list tells nothing of who is on each network (moby daemon/network.go, GetNetworks). */
function list(call: Call): JsonRecord[] {
  const { engine, release, traits } = call
  const wanted = isWanted(release, askedFilter(call))
  return [...engine.networks.values()]
    .filter(wanted)
    .map((network) => ({ ...networkView(engine, network, traits), Containers: {}, Status: undefined }))
}

function createOne(call: Call): JsonRecord {
  const body = bodyOf(call)
  const network = create(call.engine, textOf(body, 'Name'), optionsOf(body))
  return { Id: network.id, Warning: '' }
}

function optionsOf(body: JsonRecord): NetworkOptions {
  const { EnableIPv4 } = body
  const ipam = recordOf(body, 'IPAM')
  return {
    driver: textOf(body, 'Driver') || plainNetwork.driver,
    internal: truthOf(body, 'Internal'),
    attachable: truthOf(body, 'Attachable'),
    ingress: truthOf(body, 'Ingress'),
    scope: textOf(body, 'Scope'),
    configOnly: truthOf(body, 'ConfigOnly'),
    configFrom: textOf(recordOf(body, 'ConfigFrom'), 'Network'),
    enableIp4: EnableIPv4 !== false,
    enableIp6: truthOf(body, 'EnableIPv6'),
    ipamDriver: textOf(ipam, 'Driver') || plainNetwork.ipamDriver,
    ipamOptions: textMapOf(ipam, 'Options'),
    ipamConfigs: recordsOf(ipam, 'Config').map(ipamConfigOf),
    options: textMapOf(body, 'Options'),
    labels: textMapOf(body, 'Labels'),
  }
}

const ipamConfigOf = (config: JsonRecord): IpamConfig => ({
  subnet: textOf(config, 'Subnet'),
  range: textOf(config, 'IPRange') || undefined,
  gateway: textOf(config, 'Gateway') || undefined,
  auxiliary: textMapOf(config, 'AuxiliaryAddresses'),
})

/** EndpointSettings of the API (moby api/types/network). */
export function settingsOf(record: JsonRecord): EndpointSettings {
  const ipam = recordOf(record, 'IPAMConfig')
  return {
    ...plainSettings,
    ip4: textOf(ipam, 'IPv4Address'),
    ip6: textOf(ipam, 'IPv6Address'),
    mac: textOf(record, 'MacAddress'),
    aliases: textsOf(record, 'Aliases'),
    links: textsOf(record, 'Links'),
    driverOptions: textMapOf(record, 'DriverOpts'),
    gatewayPriority: numberOf(record, 'GwPriority') ?? 0,
    linkLocalIps: textsOf(ipam, 'LinkLocalIPs'),
  }
}

function pruneAll(call: Call): JsonRecord {
  const filter = askedFilter(call)
  refuseFilters(call.release, filter, ['label', 'label!', 'until'])
  const isOld = isOlder(call.engine, filter.get('until') ?? [])
  const names = prune(call.engine, (network) => hasLabels(filter, network.labels) && isOld(network.created))
  return { NetworksDeleted: names.length > 0 ? names : null }
}
