// Docker 28: what it changed since 20.10.

import { api28 } from '../api/layout.ts'
import type { ApiTraits } from '../api/traits.ts'
import { format28 } from '../cli/format/traits.ts'
import type { CliTraits } from '../cli/traits.ts'
import { paragraphs } from '../cli/wording.ts'
import { forwardChainsFirewall } from '../engine/network/firewall/forward.ts'
import type { EngineTraits } from '../engine/traits.ts'
import * as before from './20.10.ts'

export const cli: CliTraits = {
  ...before.cli,
  helpLead: '',
  aliasBlock: 'spellings',
  rootHelp: 'byUse',
  helpFooter: 'For more help on how to use Docker, head to https://docs.docker.com/go/guides/',
  wording: paragraphs,
  helpShorthandNotice: 'Flag shorthand -h has been deprecated, use --help',
  endpointChecked: 'atUse',
  version: 'Docker version 28.2.2, build e6534b4',
  client: {
    version: '28.2.2',
    apiVersion: '1.50',
    goVersion: 'go1.24.3',
    gitCommit: 'e6534b4',
    built: 'Fri May 30 12:07:14 2025',
    tellsContext: true,
  },
  format: format28,
}

export const engine: EngineTraits = {
  ...before.engine,
  server: {
    version: '28.5.2',
    apiVersion: '1.51',
    minimumApiVersion: '1.24',
    goVersion: 'go1.27.1',
    gitCommit: '3ef3c07c883be49a2e8097bcf6d2952fce1d70eb',
    built: 'Tue Sep 15 11:02:57 2026',
    containerd: { version: '2.1.9', commit: '' },
    runc: { version: '1.3.6', commit: '1.3.6+ds1-1' },
    init: { version: '0.19.0', commit: '' },
  },
  endpointMac: 'random',
  poolChoice: 'lowest',
  poolsAvoidNameservers: true,
  allocatesIp6: true,
  reservesEdges: false,
  ipamOrder: 'as-asked',
  refusesOtherScopes: false,
  firewall: forwardChainsFirewall,
  gatewayModes: true,
  bridgeSkipsDad: true,
  vethIndexes: 'inside',
  internalDefaultRoute: false,
  sharesMacvlanParent: true,
  ipvlanModes: ['l2', 'l3', 'l3s'],
  knowsIpvlanFlag: true,
  sparesUnusedGateways: true,
  resolvConf: 'generated',
  hostsPrefixes: '::',
  hostsOnDisconnect: 'matching-lines',
  interfaceNumbers: 'lowest-free',
  interfaceOrder: 'as-attached',
  rangeOverlap: 'driver',
  withoutPorts: 'leaves',
  renameNames: 'recorded',
  aliasesShowId: false,
  portOrder: 'ascending',
  portClashes: 'overlapping',
  macOfContainer: 'first-endpoint',
  namesInterfaces: true,
  endpointChecks: 'at-create',
  upstreamFailure: 'servfail',
  upstreamFrom: 'host',
  severalNetworksAtCreate: true,
  defaultNetworkMode: 'bridge',
  ip6Unasked: 'loopback-only',
  sysctlsApplied: 'before-networks',
  eventsAtExit: 'disconnect-first',
  disconnectEvents: 'once',
  macWithForeignNetwork: true,
  labelsAnonymousVolumes: true,
  prunesAnonymousVolumes: true,
  mountOrder: 'tmpfs-first',
  mountsVolumes: 'before-networks',
  tellsVolumesAgain: false,
  tmpfsChecks: 'at-create',
  refusesSearchLimits: false,
  archiveForm: 'oci',
  mountsImages: true,
}

export const api: ApiTraits = api28
