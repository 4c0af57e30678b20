// `--sysctl` of one interface: young releases want it with the endpoint. It writes no setting.

import type { Engine } from '../engine.ts'
import { EngineError } from '../error.ts'
import { endpointSysctls } from '../network/endpoint.ts'

/** Settings of one interface go with its endpoint (moby api/server/router/container, handleSysctlBC). */
export function refuseInterfaceSysctls(
  engine: Engine,
  sysctls: ReadonlyMap<string, string>,
  networkMode: string,
): void {
  if (!engine.traits.namesInterfaces || ['none', 'host'].includes(networkMode)) return
  if (networkMode.startsWith('container:')) return
  for (const name of sysctls.keys())
    if (/^net\.[^.]*\.[^.]*\.eth[^.]*\./.test(name))
      throw new EngineError(
        'invalid',
        `interface specific sysctl setting "${name}" must be supplied using driver option '${endpointSysctls}'`,
      )
}
