// An image as the client's Go types have it (moby api/types/image).

import type { ApiTraits } from '../../api/traits.ts'
import { configFields, graphDriverShape, healthcheckFields } from '../container/shape.ts'
import { fieldsInOrder } from '../format/fields.ts'
import {
  as,
  int64,
  list,
  omitEmpty,
  pointer,
  type StructType,
  struct,
  text,
} from '../format/template/types.ts'

/** As the client's type has it. */
export const imageShape = (api: ApiTraits): StructType => shapeWith(api, configShape(api))

/** As the daemon sends it, where the client's type has the fields of its configuration in another order. */
export const sentShape = (api: ApiTraits): StructType | undefined =>
  api.imageConfigFields && shapeWith(api, struct('sent', fieldsInOrder(sentFields, api.imageConfig)))

function shapeWith(api: ApiTraits, configType: StructType): StructType {
  const config = pointer(configType)
  const fields = {
    ID: as('Id', text),
    RepoTags: list(text),
    RepoDigests: list(text),
    Parent: text,
    Comment: text,
    Created: text,
    Container: text,
    ContainerConfig: config,
    DockerVersion: text,
    Author: text,
    Config: config,
    Architecture: text,
    Os: text,
    Size: int64,
    VirtualSize: int64,
    GraphDriver: graphDriverShape,
    RootFS: struct('image.RootFS', { Type: text, Layers: list(text) }),
    Metadata: struct('image.Metadata', { LastTagTime: text }),
  }
  return struct('image.InspectResponse', fieldsInOrder(fields, api.image))
}

const configShape = ({ imageConfig, imageConfigFields: own }: ApiTraits): StructType =>
  own
    ? struct('specs.ImageConfig', fieldsInOrder(ownFields, own))
    : struct('container.Config', fieldsInOrder(configFields, imageConfig))

/** As a container's, but nothing is told that is empty. */
const ownFields = {
  ...configFields,
  User: omitEmpty(text),
  Env: omitEmpty(list(text)),
  Entrypoint: omitEmpty(list(text)),
  Cmd: omitEmpty(list(text)),
  Volumes: omitEmpty(configFields.Volumes),
  WorkingDir: omitEmpty(text),
  OnBuild: omitEmpty(list(text)),
  Labels: omitEmpty(configFields.Labels),
}

const sentFields = {
  ...configFields,
  Healthcheck: omitEmpty(
    pointer(struct('sent', fieldsInOrder(healthcheckFields, Object.keys(healthcheckFields).sort()))),
  ),
}
