// /proc/mounts: the mounts of a file system, one a line (fstab(5)).

import type { FileSystem, Mount } from '../filesystem.ts'

/** /proc/mounts of a file system. */
export function printMounts(fs: FileSystem): string[] {
  return [fs.root, ...fs.mounts.values()].map(printMount)
}

/** `rw` and `ro` are told once, though options may name them. */
function printMount({ source, path, type, options, readOnly }: Mount): string {
  const words = options.split(',').filter((word) => word !== '')
  const others = words.filter((word) => word !== 'rw' && word !== 'ro')
  const access = readOnly || words.includes('ro') ? 'ro' : 'rw'
  return `${source} ${path} ${type} ${[access, ...others].join(',')} 0 0`
}
