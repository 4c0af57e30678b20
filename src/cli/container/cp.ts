// `docker container cp` (docker/cli cli/command/container/cp.go).

import { Errno, strerror } from '../../base/errno.ts'
import { humanSize } from '../../base/go/units.ts'
import { type Dated, inRelease } from '../../base/release.ts'
import type { Task } from '../../base/scheduler.ts'
import { findContainer, requireContainer } from '../../engine/container/container.ts'
import { eventAttributes } from '../../engine/container/create.ts'
import { lookInto } from '../../engine/container/files.ts'
import { EngineError } from '../../engine/error.ts'
import { logEvent } from '../../engine/event/log.ts'
import type { Caller } from '../../kernel/fs/filesystem.ts'
import { joinPath, locate } from '../../kernel/fs/lookup.ts'
import { isDirectory, type Node } from '../../kernel/fs/node.ts'
import { terminalOf } from '../../kernel/tty.ts'
import { exactly } from '../arity.ts'
import { command } from '../command.ts'
import type { Context } from '../context.ts'
import { StatusError } from '../errors.ts'
import { bool } from '../flags/flag.ts'
import { pace } from '../pace.ts'
import { archiveSize, type Owner, putFiles, takeFiles } from './copied-files.ts'
import { sendArchive, takeArchive } from './cp-archive.ts'

export const cp = command({
  use: `cp [OPTIONS] CONTAINER:SRC_PATH DEST_PATH|-
	docker cp [OPTIONS] SRC_PATH|- CONTAINER:DEST_PATH`,
  short: 'Copy files/folders between a container and the local filesystem',
  long: `Copy files/folders between a container and the local filesystem

Use '-' as the source to read a tar archive from stdin
and extract it to a directory destination in a container.
Use '-' as the destination to stream a tar archive of a
container source to stdout.`,
  spellings: 'docker container cp, docker cp',
  args: exactly(2),
  flags: {
    archive: bool('Archive mode (copy all uid/gid information)', { short: 'a' }),
    'follow-link': bool(
      { '19.03': 'Always follow symbol link in SRC_PATH', '29': 'Always follow symlinks in SRC_PATH' },
      { short: 'L' },
    ),
    quiet: bool(
      'Suppress progress output during copy. Progress output is automatically suppressed if no terminal is attached',
      { short: 'q', since: '28' },
    ),
  },
  *run(context, [source, target], flags, given) {
    const { proc } = context
    const [from, to] = [placeOf(source), placeOf(target)]
    if (from.container !== undefined && to.container !== undefined)
      throw new StatusError('copying between containers is not supported')
    if (from.container === undefined && to.container === undefined)
      throw new StatusError('must specify at least one container source')
    yield* proc.sleep(pace.command)
    const { uid, gid } = proc.credentials
    const inward = to.container !== undefined
    if (!inward && to.path === '-') return yield* copyToOutput(context, from, flags['follow-link'])
    if (inward && from.path === '-') return yield* copyFromInput(context, to, flags.archive)
    const owner = inward ? (flags.archive ? undefined : { uid: 0, gid: 0 }) : { uid, gid }
    const copied = inward
      ? copyIn(context, from.path, to, flags['follow-link'], owner)
      : copyOut(context, from, to.path, flags['follow-link'], owner)
    const quiet = given.has('quiet') ? flags.quiet : !terminalOf(proc.files.get(2))
    if (!quiet && inRelease(tellsSize, context.release))
      proc.printError(`Successfully copied ${humanSize(copied.size, 3)} to ${copied.place}`)
  },
})

const tellsSize: Dated<boolean> = { '19.03': false, '28': true }

interface Place {
  readonly container: string | undefined
  readonly path: string
}

interface Copied {
  /** Bytes. */
  readonly size: number
  readonly place: string
}

/** `container:path`, or a path of the client's. */
function placeOf(text: string): Place {
  const colon = text.indexOf(':')
  if (text.startsWith('/') || text.startsWith('.') || colon < 0) return { container: undefined, path: text }
  return { container: text.slice(0, colon), path: text.slice(colon + 1) }
}

function copyIn(
  context: Context,
  source: string,
  { container = '', path }: Place,
  follow: boolean,
  owner: Owner,
): Copied {
  const { proc } = context
  const node = found(proc, source)
  if (!node) throw new StatusError(`lstat ${joinPath(proc.directory, source)}: no such file or directory`)
  const inside = filesOf(context, container, path === '' ? '/' : joinPath('/', `${path}/..`))
  const absolute = rooted(path)
  const parent = joinPath('/', `${absolute.replace(/\/+$/, '')}/..`)
  const there = found(inside, absolute)
  if (!there && !found(inside, parent)) throw missing(context, container, parent)
  if (path === '') throw new StatusError('no such directory')
  refuseReadOnly(context, container)
  const tree = takeFiles(proc, source, follow, owner)
  const place = put(inside, absolute, there, tree, source)
  logCopy(context, container, 'extract-to-dir')
  return { size: archiveSize(tree), place: `${container}:${absolute === '' ? place : absolute}` }
}

function* copyToOutput(context: Context, { container = '', path }: Place, follow: boolean): Task<void> {
  if (terminalOf(context.proc.files.get(1))) throw new StatusError('cowardly refusing to copy to a terminal')
  const inside = filesOf(context, container, rooted(path))
  if (!found(inside, rooted(path))) throw missing(context, container, rooted(path))
  logCopy(context, container, 'archive-path')
  yield* sendArchive(context, inside, rooted(path), follow)
}

function* copyFromInput(context: Context, { container = '', path }: Place, keepsOwners: boolean): Task<void> {
  const known = findContainer(context.engine, container)
  const there = known && found(lookInto(known), rooted(path))
  if (!known || !there || !isDirectory(there))
    throw new StatusError(`destination "${container}:${path}" must be a directory`)
  refuseReadOnly(context, container)
  logCopy(context, container, 'extract-to-dir')
  yield* takeArchive(context, lookInto(known), rooted(path), keepsOwners)
}

const rooted = (path: string): string => (path.startsWith('/') ? path : `/${path}`)

/** The daemon tells of each archive that it makes or unpacks. */
function logCopy({ engine }: Context, name: string, action: 'archive-path' | 'extract-to-dir'): void {
  const container = requireContainer(engine, name)
  logEvent(engine, 'container', action, container.id, eventAttributes(container))
}

/** @throws EngineError */
function refuseReadOnly({ engine }: Context, name: string): void {
  if (requireContainer(engine, name).host.readonlyRootfs)
    throw new EngineError('forbidden', 'container rootfs is marked read-only')
}

function copyOut(
  context: Context,
  { container = '', path }: Place,
  target: string,
  follow: boolean,
  owner: Owner,
): Copied {
  const { proc } = context
  const absolute = rooted(path)
  const inside = filesOf(context, container, absolute)
  if (path === '') throw new EngineError('invalid', 'bad parameter: pathcannot be empty')
  if (!found(inside, absolute)) throw missing(context, container, absolute)
  const there = found(proc, target)
  const parent = joinPath(proc.directory, `${target.replace(/\/+$/, '')}/..`)
  if (!there && !found(proc, parent))
    throw new StatusError(
      target.endsWith('/')
        ? 'no such directory'
        : `invalid output path: directory "${parent}" does not exist`,
    )
  const tree = takeFiles(inside, absolute, follow, owner)
  logCopy(context, container, 'archive-path')
  put(proc, target, there, tree, absolute)
  return { size: archiveSize(tree), place: joinPath(proc.directory, target) }
}

/** Where in or at `target` the tree goes (docs of docker cp); returns the place. */
function put(to: Caller, target: string, there: Node | undefined, tree: Node, source: string): string {
  const name = source.replace(/\/+$/, '').split('/').at(-1) ?? ''
  const wholeContent = /(^|\/)\.$/.test(source)
  if (tree.kind === 'directory' && there && !isDirectory(there))
    throw new StatusError('cannot copy directory')
  if (tree.kind !== 'directory' && !there && target.endsWith('/')) throw new StatusError('no such directory')
  const into = there && isDirectory(there) && !wholeContent
  const place = into ? `${target.replace(/\/+$/, '')}/${name}` : target.replace(/(.)\/+$/, '$1')
  try {
    putFiles(to, place, tree)
  } catch (cause) {
    if (cause instanceof Errno) throw new StatusError(`open ${place}: ${strerror(cause.code).toLowerCase()}`)
    throw cause
  }
  return place
}

function found(caller: Caller, path: string): Node | undefined {
  try {
    return locate(caller, path).node
  } catch (cause) {
    if (cause instanceof Errno) return undefined
    throw cause
  }
}

const missingWords: Dated<string> = {
  '19.03': 'Error: No such container:path: CONTAINER:PATH',
  '28': 'Error response from daemon: Could not find the file PATH in container CONTAINER',
}

const missing = ({ release }: Context, container: string, path: string): StatusError =>
  new StatusError(
    (inRelease(missingWords, release) ?? '')
      .replace('CONTAINER', () => container)
      .replace('PATH', () => path),
  )

/** Old releases say the same of a container as of a path that is not there. */
const tellsContainer: Dated<boolean> = { '19.03': false, '28': true }

function filesOf(context: Context, name: string, path: string): Caller {
  try {
    return lookInto(requireContainer(context.engine, name))
  } catch (cause) {
    if (cause instanceof EngineError && !inRelease(tellsContainer, context.release))
      throw missing(context, name, path)
    throw cause
  }
}
