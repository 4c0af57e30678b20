// What is mounted into a container: directories of the host, and volumes without a name of their own.

import type { Container } from '../engine/container/container.ts'
import { nameFor } from './graphdriver.ts'

export interface MountView {
  readonly Type: 'bind' | 'volume'
  readonly Name?: string
  readonly Source: string
  readonly Destination: string
  readonly Driver?: string
  readonly Mode: string
  readonly RW: boolean
  readonly Propagation: string
}

export function mountsOf(container: Container): MountView[] {
  const binds = container.host.binds.map((text) => bindOf(text))
  const taken = new Set(binds.map((mount) => mount.Destination))
  const volumes = container.config.volumes.filter((path) => !taken.has(path))
  return [...binds, ...volumes.map((path) => volumeOf(container, path))]
}

/** `/source:/destination:ro` or `name:/destination`. */
function bindOf(text: string): MountView {
  const [source = '', destination = '', mode = ''] = text.split(':')
  const RW = !mode.split(',').includes('ro')
  if (source.startsWith('/'))
    return { Type: 'bind', Source: source, Destination: destination, Mode: mode, RW, Propagation: 'rprivate' }
  return { ...named(source), Destination: destination, Mode: mode || 'z', RW, Propagation: '' }
}

const volumeOf = ({ id }: Container, path: string): MountView => ({
  ...named(nameFor(`volume ${path} of ${id}`)),
  Destination: path,
  Mode: '',
  RW: true,
  Propagation: '',
})

const named = (name: string) =>
  ({
    Type: 'volume',
    Name: name,
    Source: `/var/lib/docker/volumes/${name}/_data`,
    Destination: '',
    Driver: 'local',
  }) as const
