// /proc/mounts: the mounts of a file system, one a line (fstab(5)).

import type { FileSystem, Mount } from '../filesystem.ts'

/** /proc/mounts of a file system. */
export function printMounts(fs: FileSystem): string[] {
  return [fs.root, ...fs.mounts.values()].map(printMount)
}

const printMount = (mount: Mount): string =>
  `${mount.source} ${mount.path} ${mount.type} ${mount.readOnly ? 'ro' : 'rw'}${mount.options === '' ? '' : `,${mount.options}`} 0 0`
