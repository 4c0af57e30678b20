// Docker 19.03: what it chooses of what releases may change.

import { api1903 } from '../api/layout.ts'
import type { ApiTraits } from '../api/traits.ts'
import { format1903 } from '../cli/format/traits.ts'
import type { CliTraits } from '../cli/traits.ts'
import { sentences } from '../cli/wording.ts'
import { classicFirewall } from '../engine/network/firewall/classic.ts'
import type { EngineTraits } from '../engine/traits.ts'

export const cli: CliTraits = {
  helpLead: '\n',
  usageSeparator: '\t',
  aliasBlock: 'names',
  rootHelp: 'optionsFirst',
  helpFooter: '',
  wording: sentences,
  helpShorthandNotice: 'Flag shorthand -h has been deprecated, please use --help',
  endpointChecked: 'atStart',
  version: 'Docker version 19.03.15, build 99e3ed8919',
  client: {
    version: '19.03.15',
    apiVersion: '1.40',
    goVersion: 'go1.13.15',
    gitCommit: '99e3ed8919',
    built: 'Sat Jan 30 03:16:51 2021',
    tellsContext: false,
    experimental: false,
  },
  format: format1903,
}

export const engine: EngineTraits = {
  server: {
    version: '19.03.15',
    apiVersion: '1.40',
    minimumApiVersion: '1.12',
    goVersion: 'go1.13.15',
    gitCommit: '99e3ed8919',
    built: 'Sat Jan 30 03:15:20 2021',
    containerd: { version: '1.4.3', commit: '269548fa27e0089a8b8278fc4fc781d7f65a939b' },
    runc: { version: '1.0.0-rc92', commit: 'ff819c7e9184c13b7c2607fe6c30ae19403a7aff' },
    init: { version: '0.18.0', commit: 'fec3683' },
  },
  endpointMac: 'from-address',
  poolChoice: 'rotating',
  poolsAvoidNameservers: false,
  allocatesIp6: false,
  reservesEdges: true,
  ipamOrder: 'ip4-first',
  refusesOtherScopes: true,
  firewall: classicFirewall,
  vethIndexes: 'host',
  internalDefaultRoute: true,
  internalKeepsParent: false,
  sharesMacvlanParent: false,
  ipvlanModes: ['l2', 'l3'],
  knowsIpvlanFlag: false,
  sparesUnusedGateways: false,
  resolvConf: 'copied',
  hostsPrefixes: '::0',
  hostsOnDisconnect: 'all-own-lines',
  interfaceNumbers: 'fresh',
  interfaceOrder: 'by-network-name',
  aliasesShowId: true,
  publishesOnIp6: false,
  portOrder: 'descending',
  portClashes: 'same-address',
  macOfContainer: 'every-endpoint',
  namesInterfaces: false,
  endpointChecks: 'at-start',
  upstreamFailure: 'silence',
  upstreamFrom: 'container',
  severalNetworksAtCreate: false,
  defaultNetworkMode: 'default',
  ip6Unasked: 'disabled',
  eventsAtExit: 'die-first',
  disconnectEvents: 'twice',
  macWithForeignNetwork: false,
  staticAddresses: 'chosen-subnets',
  showsEveryGateway: false,
  hostnameIsAlias: false,
  showsPortsOfInternal: false,
  linkEnvironment: true,
  networkPruneEvent: false,
  knowsHostGateway: false,
  allowsPortZero: true,
  tellsChecksums: true,
  tellsDigestsGone: true,
  labelsAnonymousVolumes: false,
  prunesAnonymousVolumes: false,
  mountOrder: 'tmpfs-last',
  mountsVolumes: 'after-networks',
  tellsVolumesAgain: true,
  tmpfsChecks: 'at-start',
  mountsImages: false,
}

export const api: ApiTraits = api1903
