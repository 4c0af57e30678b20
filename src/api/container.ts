// A container as `GET /containers/{id}/json` shows it (moby daemon/inspect.go). Values come from the engine's records;
// which keys there are, and their order, from the release's layout.

import { type Moment, printRfc3339Nano } from '../base/calendar.ts'
import { type Container, isRunning } from '../engine/container/container.ts'
import { logDriverOf } from '../engine/container/logdriver.ts'
import type { Engine } from '../engine/engine.ts'
import { imageSize } from '../engine/image/image.ts'
import { writtenSize } from '../kernel/fs/changes.ts'
import { graphDriverView } from './graphdriver.ts'
import { healthcheckView, healthView } from './health.ts'
import { hostConfigView } from './hostconfig.ts'
import { mountsOf } from './mounts.ts'
import { networkSettingsView } from './networksettings.ts'
import { inOrder, type JsonRecord, sortedRecord } from './record.ts'
import type { ApiTraits } from './traits.ts'

/** `withSize` adds SizeRw and SizeRootFs. */
export function containerView(
  engine: Engine,
  container: Container,
  traits: ApiTraits,
  withSize = false,
): JsonRecord {
  const { config, image } = container
  const [path = '', ...args] = [...(config.entrypoint ?? []), ...(config.cmd ?? [])]
  const execIds = [...container.execs.keys()]
  return inOrder(
    {
      Id: container.id,
      Created: printMoment(container.created),
      Path: path,
      Args: args,
      State: stateView(container, engine.machine.calendar.zoneMinutes),
      Image: image.id,
      ...filesView(container),
      Name: `/${container.name}`,
      RestartCount: container.restartCount,
      Driver: 'overlay2',
      Platform: 'linux',
      MountLabel: '',
      ProcessLabel: '',
      AppArmorProfile: '',
      ExecIDs: execIds.length > 0 ? execIds : null,
      HostConfig: hostConfigView(container, traits),
      GraphDriver: graphDriverView(
        [`container ${container.id}`, ...image.layers.map(({ diffId }) => diffId).reverse()],
        traits.graphDriverShowsId ? container.id : undefined,
      ),
      ...(withSize && {
        SizeRw: writtenSize(container.files),
        SizeRootFs: imageSize(image) + writtenSize(container.files),
      }),
      Mounts: mountsOf(container),
      Config: configView(container, traits),
      NetworkSettings: networkSettingsView(engine, container, traits),
    },
    traits.container,
  )
}

/** What the daemon writes for a moment that never was. */
const never = '0001-01-01T00:00:00Z'

/** Containers tell their times in UTC. */
const printMoment = (moment: Moment | undefined): string =>
  moment === undefined ? never : printRfc3339Nano(moment)

function stateView(container: Container, zoneMinutes: number): JsonRecord {
  const { state } = container
  const restarting = state.status === 'restarting'
  return {
    Status: state.status,
    Running: isRunning(container) || restarting,
    Paused: state.status === 'paused',
    Restarting: restarting,
    OOMKilled: state.oomKilled,
    Dead: state.status === 'dead',
    Pid: container.init?.pid ?? 0,
    ExitCode: state.exitCode,
    Error: state.error,
    StartedAt: printMoment(state.startedAt),
    FinishedAt: printMoment(state.finishedAt),
    ...(state.health && { Health: healthView(state.health, zoneMinutes) }),
  }
}

/** The daemon's files for the container, there from its first start on. */
function filesView(container: Container): JsonRecord {
  const started = container.state.startedAt !== undefined
  const { networkMode } = container.host
  const joined = networkMode.startsWith('container:') ? networkMode.slice('container:'.length) : container.id
  const path = (id: string, name: string): string =>
    started ? `/var/lib/docker/containers/${id}/${name}` : ''
  return {
    ResolvConfPath: path(joined, 'resolv.conf'),
    HostnamePath: path(joined, 'hostname'),
    HostsPath: path(joined, 'hosts'),
    LogPath:
      logDriverOf(container.host.kept) === 'json-file' ? path(container.id, `${container.id}-json.log`) : '',
  }
}

const emptySet = (names: readonly string[]): Record<string, JsonRecord> =>
  sortedRecord(names.map((name) => [name, {}]))

function configView({ config }: Container, traits: ApiTraits): JsonRecord {
  return {
    Hostname: config.hostname,
    Domainname: config.domainname,
    User: config.user,
    AttachStdin: config.attachStdin,
    AttachStdout: config.attachStdout,
    AttachStderr: config.attachStderr,
    ...(config.exposedPorts.length > 0 && { ExposedPorts: emptySet(config.exposedPorts) }),
    Tty: config.tty,
    OpenStdin: config.openStdin,
    StdinOnce: config.stdinOnce,
    Env: config.env,
    Cmd: config.cmd ?? null,
    ...(config.healthcheck && { Healthcheck: healthcheckView(config.healthcheck) }),
    Image: config.image,
    Volumes: config.volumes.length > 0 ? emptySet(config.volumes) : null,
    WorkingDir: config.workingDir,
    Entrypoint: config.entrypoint ?? null,
    ...(config.macAddress !== '' && { MacAddress: config.macAddress }),
    ...(traits.showsOnBuild && { OnBuild: null }),
    Labels: sortedRecord(config.labels),
    ...(config.stopSignal !== undefined && { StopSignal: config.stopSignal }),
    ...(config.stopTimeout !== undefined && { StopTimeout: config.stopTimeout }),
  }
}
