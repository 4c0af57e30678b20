// Namespaces that a container shares with the host or with another container: `--pid`, `--ipc`, `--uts`
// (moby daemon/container_operations_unix.go, getIpcContainer, getPIDContainer).

import { asRoot, mount } from '../../kernel/fs/filesystem.ts'
import { type Node, newDirectory } from '../../kernel/fs/node.ts'
import { ownedNode } from '../../kernel/fs/write.ts'
import { createPidNamespace, type PidNamespace } from '../../kernel/machine.ts'
import type { Process } from '../../kernel/process.ts'
import { type Engine, worded } from '../engine.ts'
import { EngineError } from '../error.ts'
import { type Container, findContainer, isRunning } from './container.ts'
import { refuseIpcMode } from './kept.ts'

/** Modes by their key in inspect: `host`, `container:<id>`, … */
type Kept = Map<string, unknown>

const modeOf = (kept: ReadonlyMap<string, unknown>, key: string): string => String(kept.get(key) ?? '')

const other = (mode: string): string | undefined =>
  mode.startsWith('container:') ? mode.slice('container:'.length) : undefined

/** Puts ids in the place of names. Throws EngineError for a container that is not there. */
export function resolveModes(engine: Engine, kept: Kept): void {
  for (const key of ['PidMode', 'IpcMode']) {
    const name = other(modeOf(kept, key))
    if (name === undefined) continue
    const found = findContainer(engine, name)
    if (!found) throw new EngineError('invalid', `No such container: ${name}`)
    kept.set(key, `container:${found.id}`)
  }
}

export const sharesHostNames = (kept: ReadonlyMap<string, unknown>): boolean =>
  modeOf(kept, 'UTSMode') === 'host'

/** The PID namespace that a container starts in. Throws EngineError. */
export function pidsFor(engine: Engine, { host }: Container): PidNamespace {
  const mode = modeOf(host.kept, 'PidMode')
  if (mode === 'host') return engine.machine.namespaces.pids
  const id = other(mode)
  if (id === undefined) return createPidNamespace()
  const joined = findContainer(engine, id)
  if (joined?.namespaces && isRunning(joined)) return joined.namespaces.pids
  throw new EngineError('conflict', notRunning(engine, 'PID', id))
}

/** Mounts the memory that processes share at /dev/shm. Throws EngineError. */
export function mountShared(engine: Engine, { files, host }: Container): void {
  refuseIpcMode(engine, host.kept)
  const mode = modeOf(host.kept, 'IpcMode')
  const path = '/dev/shm'
  if (mode === 'none') return
  const node = sharedNode(engine, mode)
  const present = files.mounts.get(path)?.root
  const own = newDirectory({ mode: 0o1777, uid: 0, gid: 0, mtime: 0 })
  const size = Number(host.kept.get('ShmSize') ?? 64 * 1024 * 1024) / 1024
  mount(files, path, node ?? present ?? own, {
    source: node && mode === 'host' ? 'tmpfs' : 'shm',
    type: 'tmpfs',
    options: `rw,nosuid,nodev,noexec,relatime,size=${size}k`,
  })
}

function sharedNode(engine: Engine, mode: string): Node | undefined {
  if (mode === 'host') return ownedNode(asRoot(engine.machine.namespaces.files), '/dev/shm')
  const id = other(mode)
  if (id === undefined) return undefined
  const joined = findContainer(engine, id)
  if (!joined || !isRunning(joined)) throw new EngineError('conflict', notRunning(engine, 'IPC', id))
  if (!['shareable', 'host'].includes(modeOf(joined.host.kept, 'IpcMode')))
    throw new EngineError(
      'conflict',
      worded(engine, {
        '19.03': `can't join IPC of container ${id}: non-shareable IPC (hint: use IpcMode:shareable for the donor container)`,
        '28': `failed to join IPC namespace: container ${id}: non-shareable IPC (hint: use IpcMode:shareable for the donor container)`,
      }),
    )
  return joined.files.mounts.get('/dev/shm')?.root
}

const notRunning = (engine: Engine, what: string, id: string): string =>
  worded(engine, {
    '19.03': `container ${id} is not running`,
    '28': `failed to join ${what} namespace: container ${id} is not running`,
  })

/** The processes of a container: those that see its files. */
export const processesOf = ({ machine }: Engine, { files }: Container): Process[] =>
  [...machine.processes.values()].filter(({ namespaces }) => namespaces.files === files)
