// docker export, as the daemon sees it (moby daemon/export.go): all files of a container as a tar archive, without what
// is mounted on them.

import { writeTar } from '../../base/archive/tar.ts'
import type { Bytes } from '../../base/bytes.ts'
import { asRoot, createFileSystem } from '../../kernel/fs/filesystem.ts'
import { directory, overlay, type Tree, tree } from '../../kernel/fs/tree.ts'
import { snapshot } from '../build/files.ts'
import type { Engine } from '../engine.ts'
import { logEvent } from '../event/log.ts'
import { entriesBelow } from '../image/archive.ts'
import type { Container } from './container.ts'
import { eventAttributes } from './create.ts'

/** What runc and the daemon leave in a container's own layer. */
const mountPoints: Tree = tree({
  '/.dockerenv': '',
  '/dev/console': '',
  '/dev/pts': directory(),
  '/dev/shm': directory(),
  '/etc/hostname': '',
  '/etc/hosts': '',
  '/etc/resolv.conf': '',
  '/proc': directory(),
  '/sys': directory(),
})

/** The archive. */
export function exportFiles(engine: Engine, container: Container): Bytes {
  const { files } = container
  const { root } = files.root
  const own = root.kind === 'directory' ? snapshot(root) : mountPoints
  const whole = createFileSystem(overlay(mountPoints, own), files.clock)
  const archive = writeTar(entriesBelow(asRoot(whole)))
  logEvent(engine, 'container', 'export', container.id, eventAttributes(container))
  return archive
}
