// Docker 29: what it changed since 28.

import { api29 } from '../api/layout.ts'
import type { ApiTraits } from '../api/traits.ts'
import type { CliTraits } from '../cli/traits.ts'
import { internalChainFirewall } from '../engine/network/firewall/forward.ts'
import type { EngineTraits } from '../engine/traits.ts'
import * as before from './28.ts'

/** What a build that nobody stamped says of itself (docker/cli cli/version/version.go). */
const unstamped = { goVersion: 'unknown', gitCommit: 'unknown-commit', built: 'unknown-buildtime' }

export const cli: CliTraits = {
  ...before.cli,
  version: 'Docker version 29.7.2',
  client: { ...before.cli.client, version: '29.7.2', apiVersion: '1.55', ...unstamped },
}

export const engine: EngineTraits = {
  ...before.engine,
  server: {
    ...before.engine.server,
    version: '29.7.2',
    apiVersion: '1.55',
    minimumApiVersion: '1.40',
    ...unstamped,
  },
  firewall: internalChainFirewall,
  staticAddresses: 'any-subnet',
  showsEveryGateway: true,
  showsPortsOfInternal: true,
  linkEnvironment: false,
  allowsPortZero: false,
  tellsChecksums: false,
  tellsDigestsGone: false,
}

export const api: ApiTraits = api29
