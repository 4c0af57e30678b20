// Images as the Engine API shows them (moby daemon/images/image_inspect.go).

import { printRfc3339Nano } from '../base/calendar.ts'
import type { Engine } from '../engine/engine.ts'
import { type Image, type ImageConfig, imageSize } from '../engine/image/image.ts'
import { digestsOf, tagsOf } from '../engine/image/store.ts'
import { graphDriverView } from './graphdriver.ts'
import { healthcheckView } from './health.ts'
import { inOrder, type JsonRecord, sortedRecord } from './record.ts'
import type { ApiTraits } from './traits.ts'

/** What `GET /images/{name}/json` answers. */
export function imageView(engine: Engine, image: Image, traits: ApiTraits): JsonRecord {
  const size = imageSize(image)
  return inOrder(
    {
      Id: image.id,
      RepoTags: tagsOf(engine.images, image).sort(),
      RepoDigests: digestsOf(engine.images, image).sort(),
      Parent: image.build?.parent ?? '',
      Comment: image.comment,
      Created: printRfc3339Nano(image.created),
      Container: image.build?.container ?? '',
      ContainerConfig: containerConfigView(image, traits),
      DockerVersion: image.build?.version ?? '',
      Author: image.author,
      Config: configView(image.config, image.build?.parent ?? '', traits),
      Architecture: image.architecture,
      Os: 'linux',
      Size: size,
      VirtualSize: size,
      GraphDriver: graphDriverView(image.layers.map(({ diffId }) => diffId).reverse()),
      RootFS: { Type: 'layers', Layers: image.layers.map(({ diffId }) => diffId) },
      Metadata: { LastTagTime: tagTimeText(engine, image) },
    },
    traits.image,
  )
}

const noConfig: JsonRecord = {
  Hostname: '',
  Domainname: '',
  User: '',
  AttachStdin: false,
  AttachStdout: false,
  AttachStderr: false,
  Tty: false,
  OpenStdin: false,
  StdinOnce: false,
  Env: null,
  Cmd: null,
  Image: '',
  Volumes: null,
  WorkingDir: '',
  Entrypoint: null,
  OnBuild: null,
  Labels: null,
}

/** The container in which the last instruction ran, as its host knew it. */
function containerConfigView(image: Image, traits: ApiTraits): JsonRecord {
  if (!image.build) return inOrder(noConfig, traits.imageConfig)
  const { container, containerConfig, containerImage, parent } = image.build
  const { Labels: labels, ...view } = configView(containerConfig, containerImage ?? parent, traits)
  const inner = { ...view, Hostname: container.slice(0, 12), Labels: labels ?? {} }
  return inOrder(inner, traits.imageConfig)
}

const tagTimeText = ({ images }: Engine, { id }: Image): string => {
  const time = images.tagTimes.get(id)
  return time === undefined ? '0001-01-01T00:00:00Z' : printRfc3339Nano(time)
}

function configView(config: ImageConfig, parent: string, traits: ApiTraits): JsonRecord {
  const labels = Object.entries(config.labels)
  const set = (names: readonly string[]) => sortedRecord(names.map((name) => [name, {}]))
  return inOrder(
    {
      ...noConfig,
      User: config.user,
      ...(config.exposedPorts.length > 0 && { ExposedPorts: set(config.exposedPorts) }),
      Env: config.env.length > 0 ? config.env : null,
      Cmd: config.cmd ?? null,
      ...(config.healthcheck && { Healthcheck: healthcheckView(config.healthcheck) }),
      Image: parent,
      Volumes: config.volumes.length > 0 ? set(config.volumes) : null,
      WorkingDir: config.workingDir,
      Entrypoint: config.entrypoint ?? null,
      OnBuild: config.onBuild ?? null,
      Labels: labels.length > 0 ? sortedRecord(labels) : null,
      ...(config.stopSignal !== undefined && { StopSignal: config.stopSignal }),
      ...(config.shell && { Shell: config.shell }),
    },
    traits.imageConfig,
  )
}
