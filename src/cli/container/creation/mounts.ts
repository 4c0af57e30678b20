// `--volume`, `--mount` and `--tmpfs`: what is mounted into a new container (docker/cli cli/compose/loader/volume.go).

import type { MountRequest } from '../../../engine/container/mounts.ts'
import { joinPath } from '../../../kernel/fs/lookup.ts'
import type { Process } from '../../../kernel/process.ts'
import type { Mount } from '../../flags/docker.ts'
import { cut } from '../../flags/kind.ts'

export interface MountFlags {
  readonly volume: readonly string[]
  readonly mount: readonly Mount[]
  readonly tmpfs: readonly string[]
}

export interface MountWish {
  /** Volumes without a source, by path. */
  readonly anonymous: readonly string[]
  /** `source:target[:mode]`; a relative source is the client's. */
  readonly binds: readonly string[]
  readonly mounts: readonly MountRequest[]
  /** Options by path. */
  readonly tmpfs: ReadonlyMap<string, string>
}

export function mountsOf(proc: Process, flags: MountFlags): MountWish {
  return {
    anonymous: flags.volume.filter((text) => !text.includes(':')),
    binds: flags.volume.filter((text) => text.includes(':')).map((text) => absolute(proc, text)),
    mounts: flags.mount.map(requestOf),
    tmpfs: new Map(flags.tmpfs.map((text) => [cut(text, ':')[0], cut(text, ':')[1] ?? ''])),
  }
}

function absolute(proc: Process, text: string): string {
  const [source, rest] = cut(text, ':')
  return /^\.{1,2}(\/|$)/.test(source) ? `${joinPath(proc.directory, source)}:${rest}` : text
}

const requestOf = ({ type, source, target, readOnly }: Mount): MountRequest => ({
  type,
  source,
  target,
  readOnly,
})
