// What the options of a local volume mean: a file system that is mounted on its directory while a container uses it
// (moby volume/local/local_unix.go). Knows no containers.

import { Errno, strerror } from '../../base/errno.ts'
import { asRoot, mount, timeOf, unmount } from '../../kernel/fs/filesystem.ts'
import { realPath } from '../../kernel/fs/lookup.ts'
import { type Node, newDirectory } from '../../kernel/fs/node.ts'
import { ownedNode } from '../../kernel/fs/write.ts'
import type { Engine } from '../engine.ts'
import { EngineError, Unsupported } from '../error.ts'
import { tmpfsAttributes, tmpfsText } from './tmpfs.ts'
import type { Volume } from './volume.ts'

const knownOptions = ['device', 'o', 'size', 'type']

/** Why these options are wrong; undefined if they are not. */
export function refuseOptions(options: ReadonlyMap<string, string>): string | undefined {
  for (const name of options.keys()) if (!knownOptions.includes(name)) return `invalid option: "${name}"`
  if (options.has('size') && !options.has('type')) return 'quota size requested but no quota support'
  const mounts = options.has('type') || options.has('o') || options.has('device')
  const missing = mounts ? ['type', 'device'].find((name) => (options.get(name) ?? '') === '') : undefined
  return missing === undefined ? undefined : `missing required option: "${missing}"`
}

const isMounted = ({ options }: Volume): boolean => (options?.get('device') ?? '') !== ''

/** Makes the volume's content reachable on the host, before a container mounts it. Throws EngineError. */
export function mountVolume(engine: Engine, volume: Volume): void {
  const files = engine.machine.namespaces.files
  if (!isMounted(volume) || files.mounts.has(volume.path)) return
  const root = deviceOf(engine, volume)
  const type = volume.options?.get('type') ?? ''
  const words = volume.options?.get('o') ?? ''
  mount(files, volume.path, root, {
    source: volume.options?.get('device') ?? '',
    type: type === 'tmpfs' ? 'tmpfs' : 'ext4',
    options: type === 'tmpfs' ? ['rw,relatime', ...tmpfsText(words)].join(',') : 'rw,relatime',
    readOnly: words.split(',').includes('ro'),
  })
}

/** Takes it off again, when no container that runs uses it any more. */
export function unmountVolume(engine: Engine, volume: Volume): void {
  const files = engine.machine.namespaces.files
  if (isMounted(volume) && files.mounts.has(volume.path)) unmount(files, volume.path)
}

function deviceOf(engine: Engine, { path, options }: Volume): Node {
  const device = options?.get('device') ?? ''
  const type = options?.get('type') ?? ''
  const words = (options?.get('o') ?? '').split(',')
  const { files } = engine.machine.namespaces
  if (type === 'tmpfs')
    return newDirectory({ ...tmpfsAttributes(options?.get('o') ?? ''), mtime: timeOf(files) })
  const binds = words.includes('bind') || words.includes('rbind')
  if (!binds) throw new Unsupported(`volumes of type ${type}`)
  try {
    const host = asRoot(files)
    return ownedNode(host, realPath(host, device))
  } catch (cause) {
    if (!(cause instanceof Errno)) throw cause
    const flags = words.includes('rbind') ? '0x5000' : '0x1000'
    throw new EngineError(
      'system',
      `error while mounting volume '${path}': failed to mount local volume: mount ${device}:${path}, flags: ${flags}: ${strerror(cause.code).toLowerCase()}`,
    )
  }
}
