// Docker 20.10: what it changed since 19.03.

import { api2010 } from '../api/layout.ts'
import type { ApiTraits } from '../api/traits.ts'
import { format2010 } from '../cli/format/traits.ts'
import type { CliTraits } from '../cli/traits.ts'
import type { EngineTraits } from '../engine/traits.ts'
import * as before from './19.03.ts'

export const cli: CliTraits = {
  ...before.cli,
  usageSeparator: '  ',
  helpFooter: 'To get more help with docker, check out our guides at https://docs.docker.com/go/guides/',
  version: 'Docker version 20.10.24, build 297e128',
  client: {
    version: '20.10.24',
    apiVersion: '1.41',
    goVersion: 'go1.19.8',
    gitCommit: '297e128',
    built: 'Thu May  7 21:09:36 2026',
    tellsContext: true,
    experimental: true,
  },
  format: format2010,
}

export const engine: EngineTraits = {
  ...before.engine,
  server: {
    version: '20.10.24',
    apiVersion: '1.41',
    minimumApiVersion: '1.12',
    goVersion: 'go1.19.8',
    gitCommit: '5d6db84',
    built: 'Thu May  7 21:09:36 2026',
    containerd: { version: '1.6.20', commit: '1.6.20~ds1-1+deb12u3' },
    runc: { version: '1.1.5', commit: '1.1.5+ds1-1+deb12u1' },
    init: { version: '0.19.0', commit: '' },
  },
  internalKeepsParent: true,
  publishesOnIp6: true,
  hostnameIsAlias: true,
  networkPruneEvent: true,
  knowsHostGateway: true,
}

export const api: ApiTraits = api2010
