// What runs in a container: what was asked for, and from the image what was not (moby daemon/create.go, runconfig merge).

import { type Engine, worded } from '../engine.ts'
import { EngineError } from '../error.ts'
import type { Image } from '../image/image.ts'
import { type ContainerConfig, shortId } from './container.ts'
import type { CreateOptions } from './create.ts'
import { mergeHealthcheck } from './healthcheck.ts'
import { sharesHostNames } from './sharing.ts'

/** The settings of a new container. Throws EngineError if they name no command. */
export function mergeConfig(
  engine: Engine,
  { config, host, networks }: CreateOptions,
  image: Image,
  id: string,
  networkMode: string,
): ContainerConfig {
  const imageEnv = image.config.env.filter((line) => !config.env.some((own) => keyOf(own) === keyOf(line)))
  const entrypoint = config.entrypoint ?? image.config.entrypoint
  const cmd = config.cmd ?? (config.entrypoint === undefined ? image.config.cmd : undefined)
  const merged = {
    ...config,
    hostname:
      config.hostname || inheritedHostname(engine, networkMode, sharesHostNames(host.kept)) || shortId(id),
    hostnameGiven: config.hostname !== '',
    macAddress: [...networks.values()][0]?.mac ?? '',
    env: [...config.env, ...imageEnv],
    entrypoint: entrypoint?.length ? entrypoint : undefined,
    cmd,
    exposedPorts: [...new Set([...config.exposedPorts, ...image.config.exposedPorts])],
    volumes: [...new Set([...config.volumes, ...image.config.volumes])],
    workingDir: config.workingDir || image.config.workingDir,
    user: config.user || image.config.user,
    labels: new Map([...Object.entries(image.config.labels), ...config.labels]),
    stopSignal: config.stopSignal ?? image.config.stopSignal,
    healthcheck: mergeHealthcheck(config.healthcheck, image.config.healthcheck),
  }
  if (!merged.entrypoint && !merged.cmd?.length)
    throw new EngineError(
      'invalid',
      worded(engine, { '19.03': 'No command specified', '28': 'no command specified' }),
    )
  return merged
}

const keyOf = (line: string): string => line.split('=', 1)[0] ?? ''

/** Host mode shows the machine's name, container mode that of the joined container. */
function inheritedHostname(engine: Engine, networkMode: string, ofHost: boolean): string | undefined {
  if (networkMode === 'host' || ofHost) return engine.machine.namespaces.uts.hostname
  if (!networkMode.startsWith('container:')) return undefined
  return engine.containers.get(networkMode.slice('container:'.length))?.config.hostname
}
