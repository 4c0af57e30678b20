// The containers that a build makes: one for each instruction that is not in the cache (moby builder/dockerfile/
// containerbackend.go).

import type { Bytes } from '../../base/bytes.ts'
import type { Task } from '../../base/scheduler.ts'
import { signalProcess } from '../../kernel/process.ts'
import { closeAttachment, openAttachment } from '../container/attach.ts'
import { type Container, isRunning } from '../container/container.ts'
import { type CreateOptions, create } from '../container/create.ts'
import { remove } from '../container/rm.ts'
import { start } from '../container/start.ts'
import { takeChunks } from '../container/stream.ts'
import type { Engine } from '../engine.ts'
import type { Image, ImageConfig } from '../image/image.ts'
import { plainSettings } from '../network/connect.ts'
import type { BuildOutput, BuildRequest } from './request.ts'
import { nothingAtAll } from './stage.ts'

/** Makes a container of `image` that runs as `config` says. Throws EngineError. */
export function createStep(
  engine: Engine,
  request: BuildRequest,
  image: Image | undefined,
  config: ImageConfig,
): Container {
  return create(engine, optionsOf(request, image, config), image ?? nothingAtAll)
}

function optionsOf(request: BuildRequest, image: Image | undefined, config: ImageConfig): CreateOptions {
  const mode = request.networkMode === '' ? 'default' : request.networkMode
  return {
    name: '',
    networks: new Map([[mode, plainSettings]]),
    config: {
      attachStdin: false,
      attachStdout: false,
      attachStderr: false,
      tty: false,
      openStdin: false,
      stdinOnce: false,
      image: image?.id ?? '',
      cmd: config.cmd,
      entrypoint: config.entrypoint ?? [],
      user: config.user,
      healthcheck: config.healthcheck,
      workingDir: config.workingDir,
      stopSignal: config.stopSignal,
      stopTimeout: undefined,
      hostname: '',
      domainname: '',
      exposedPorts: config.exposedPorts,
      env: config.env,
      labels: new Map(Object.entries(config.labels)),
      volumes: config.volumes,
    },
    host: {
      networkMode: mode,
      links: [],
      portBindings: [],
      publishAllPorts: false,
      restartPolicy: { name: '', maximumRetryCount: 0 },
      autoRemove: false,
      dns: [],
      dnsOptions: [],
      dnsSearch: [],
      extraHosts: request.extraHosts,
      binds: [],
      volumesFrom: [],
      volumeDriver: '',
      mounts: [],
      tmpfs: new Map(),
      privileged: false,
      capAdd: [],
      capDrop: [],
      sysctls: new Map(),
      init: undefined,
      readonlyRootfs: false,
      kept: new Map(request.kept),
    },
  }
}

/**
 * Starts a container and waits for its end; what it prints goes to `print`. Returns its exit status; undefined if the
 * build was cancelled: then the container is gone. Throws EngineError.
 */
export function* runStep(
  engine: Engine,
  container: Container,
  output: BuildOutput,
  print: (to: 1 | 2, bytes: Bytes) => void,
): Task<number | undefined> {
  const attachment = openAttachment(engine, container, false)
  try {
    start(engine, container)
    for (;;) {
      printAll(engine, attachment.stream, print)
      if (output.cancelled) return yield* abandon(engine, container)
      if (!isRunning(container) && attachment.stream.chunks.length === 0) return container.state.exitCode
      yield { on: [attachment.stream.ready, container.changed, output.told] }
    }
  } finally {
    closeAttachment(attachment)
  }
}

/** What comes at once is printed at once, the two streams apart. */
function printAll(
  engine: Engine,
  stream: Parameters<typeof takeChunks>[1],
  print: (to: 1 | 2, bytes: Bytes) => void,
): void {
  let pending: { to: 1 | 2; bytes: Bytes } | undefined
  for (const { to, bytes } of takeChunks(engine.machine, stream)) {
    if (pending?.to === to) pending = { to, bytes: (pending.bytes + bytes) as Bytes }
    else {
      if (pending) print(pending.to, pending.bytes)
      pending = { to, bytes }
    }
  }
  if (pending) print(pending.to, pending.bytes)
}

function* abandon(engine: Engine, container: Container): Task<undefined> {
  if (container.init) signalProcess(container.init, 'KILL')
  while (isRunning(container)) yield { on: [container.changed] }
  remove(engine, container, true)
  return undefined
}
