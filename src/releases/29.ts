// Docker 29: what it changed since 28.

import type { ApiTraits } from '../api/traits.ts'
import type { CliTraits } from '../cli/traits.ts'
import type { EngineTraits } from '../engine/traits.ts'
import * as before from './28.ts'

export const cli: CliTraits = {
  ...before.cli,
  version: 'Docker version 29.7.2',
  client: { version: '29.7.2', apiVersion: '1.55', goVersion: '', gitCommit: '', built: '' },
}

export const engine: EngineTraits = {
  ...before.engine,
  server: {
    ...before.engine.server,
    version: '29.7.2',
    apiVersion: '1.55',
    minimumApiVersion: '1.40',
    goVersion: '',
    gitCommit: '',
    built: '',
  },
}

export const api: ApiTraits = {
  ...before.api,
  networkSettings: ['SandboxID', 'SandboxKey', 'Ports', 'Networks'],
  network: [
    ...before.api.network.filter((key) => !['Containers', 'Options', 'Labels'].includes(key)),
    'Options',
    'Labels',
    'Containers',
  ],
}
