// What is mounted into a container: directories of the host, volumes, and file systems in memory.

import type { Container } from '../engine/container/container.ts'
import type { MountPoint } from '../engine/container/mounts.ts'

export interface MountView {
  readonly Type: 'bind' | 'volume' | 'tmpfs'
  readonly Name?: string
  readonly Source: string
  readonly Destination: string
  readonly Driver?: string
  readonly Mode: string
  readonly RW: boolean
  readonly Propagation: string
}

/** inspect's `Mounts`; what `--tmpfs` mounts is told by HostConfig alone. */
export const mountsOf = ({ mountPoints, host }: Container): MountView[] =>
  mountPoints.filter(({ type, target }) => type !== 'tmpfs' || !host.tmpfs.has(target)).map(viewOf)

function viewOf({ type, name, source, target, mode, readOnly }: MountPoint): MountView {
  return {
    Type: type,
    ...(type === 'volume' && { Name: name }),
    Source: source,
    Destination: target,
    ...(type === 'volume' && { Driver: 'local' }),
    Mode: mode,
    RW: !readOnly,
    Propagation: type === 'bind' ? 'rprivate' : '',
  }
}
