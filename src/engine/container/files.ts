// A container's file system: its image's tree, copied when written, and what is mounted into it.

import { decode, encode } from '../../base/bytes.ts'
import { containerDevices } from '../../kernel/fs/dev.ts'
import { asRoot, createFileSystem, type FileSystem, type Mount, mount } from '../../kernel/fs/filesystem.ts'
import { newFile } from '../../kernel/fs/node.ts'
import { procRoot, procSys } from '../../kernel/fs/proc/proc.ts'
import { sysRoot } from '../../kernel/fs/sysfs.ts'
import { overlay, type Tree } from '../../kernel/fs/tree.ts'
import { setContent } from '../../kernel/fs/write.ts'
import type { Machine } from '../../kernel/machine.ts'
import type { Image } from '../image/image.ts'
import type { Container, HostConfig } from './container.ts'

/** The files that the daemon writes for each container, and mounts over the image's. */
export const writtenPaths = ['/etc/resolv.conf', '/etc/hostname', '/etc/hosts'] as const

/** The file system of a new container; the kernel's settings are read-only in it unless it is privileged. */
export function createFiles(machine: Machine, image: Image, host: FileRights): FileSystem {
  const clock = { scheduler: machine.fabric.scheduler, calendar: machine.calendar }
  const files = createFileSystem(treeOf(image), clock, { readOnly: host.readonlyRootfs })
  for (const kernelMount of kernelMounts) files.mounts.set(kernelMount.path, kernelMount)
  if (!host.privileged) files.mounts.set(settingsMount.path, settingsMount)
  for (const path of writtenPaths) {
    const node = newFile({ mode: 0o644, uid: 0, gid: 0, mtime: 0 })
    mount(files, path, node, { source: '/dev/vda1', type: 'ext4', options: 'rw,relatime' })
  }
  return files
}

export type FileRights = Pick<HostConfig, 'readonlyRootfs' | 'privileged'>

const settingsMount: Mount = Object.freeze({
  path: '/proc/sys',
  root: procSys,
  source: 'proc',
  type: 'proc',
  options: 'ro,nosuid,nodev,noexec,relatime',
  readOnly: true,
})

/** What runc mounts in each container; shared by all, until one writes to its own. */
const kernelMounts: readonly Mount[] = [
  {
    path: '/proc',
    root: procRoot,
    source: 'proc',
    type: 'proc',
    options: 'rw,nosuid,nodev,noexec,relatime',
    readOnly: false,
  },
  {
    path: '/dev',
    root: containerDevices,
    source: 'tmpfs',
    type: 'tmpfs',
    options: 'rw,nosuid,size=65536k,mode=755',
    readOnly: false,
  },
  {
    path: '/sys',
    root: sysRoot,
    source: 'sysfs',
    type: 'sysfs',
    options: 'ro,nosuid,nodev,noexec,relatime',
    readOnly: false,
  },
].map((kernelMount: Mount) => Object.freeze(kernelMount))

/** Replaces the content of a file that the daemon writes. */
export function writeMounted(container: Container, path: (typeof writtenPaths)[number], text: string): void {
  const node = container.files.mounts.get(path)?.root
  if (node?.kind === 'file') setContent(container.files, node, encode(text))
}

/** What such a file says now; processes of the container may have written it too. */
export function readMounted(container: Container, path: (typeof writtenPaths)[number]): string {
  const node = container.files.mounts.get(path)?.root
  return node?.kind === 'file' ? decode(node.content) : ''
}

/** The merged tree of an image's layers, made once. */
export function treeOf(image: Image): Tree {
  let tree = trees.get(image)
  if (!tree) {
    const { layers } = image
    const complete = layers.findLastIndex((layer) => layer.complete)
    tree = overlay(...layers.slice(Math.max(0, complete)).map((layer) => layer.tree))
    trees.set(image, tree)
  }
  return tree
}

/** A cache, not state: it follows from the image alone. */
const trees = new WeakMap<Image, Tree>()

/** What a look at a container's files as root sees. */
export const lookInto = (container: Container) => asRoot(container.files)
