// Why a process could not be started in a container, in runc's words (runc libcontainer, containerd shim).

import { Errno } from '../../base/errno.ts'
import { inRelease } from '../../base/release.ts'
import { defaultPath, type Executable, findExecutable, type Looker } from '../../kernel/exec.ts'
import { lookup } from '../../kernel/fs/lookup.ts'
import { isDirectory } from '../../kernel/fs/node.ts'
import { type Engine, worded } from '../engine.ts'
import { EngineError } from '../error.ts'

/** What runs for `argv` in a container that is starting. Throws EngineError with the status of `docker run`. */
export function findForStart(
  engine: Engine,
  looker: Looker,
  argv: readonly string[],
  path?: string,
): Executable {
  try {
    return findExecutable(looker, argv, path ?? defaultPath)
  } catch (cause) {
    if (!(cause instanceof Errno)) throw cause
    const prefix = startPrefix(engine) + worded(engine, { '19.03': '', '28': duringInit })
    throw failure(engine, prefix, looker, argv[0] ?? '', cause)
  }
}

/** `--sysctl` of the network, where the network is the host's (runc libcontainer/configs/validate). */
export const hostSysctl = (engine: Engine, name: string): EngineError =>
  new EngineError(
    'system',
    `${createPrefix(engine)}sysctl "${name}" not allowed in host network namespace${unknown(engine)}`,
  )

const startPrefix = (engine: Engine): string => `${createPrefix(engine)}unable to start container process: `

const createPrefix = (engine: Engine): string => {
  const begin = 'OCI runtime create failed: runc create failed: '
  return worded(engine, {
    '19.03': begin,
    '20.10': `failed to create shim task: ${begin}`,
    '28': `failed to create task for container: failed to create shim task: ${begin}`,
  })
}

const duringInit = 'error during container init: '

/** A setting of `--sysctl` that the kernel does not have. */
export function unknownSysctl(engine: Engine, name: string): EngineError {
  const path = name.replaceAll('.', '/')
  const why = worded(engine, {
    '19.03': `open /proc/sys/${path}`,
    '28': `open sysctl ${name} file: unsafe procfs detected: openat2 fsmount:fscontext:proc/./sys/${path}`,
  })
  return new EngineError(
    'system',
    `${startPrefix(engine)}${duringInit}${why}: no such file or directory${unknown(engine)}`,
    127,
  )
}

/** A directory of the host on a file of the container, or a file on a directory. */
export function mountFailure(engine: Engine, source: string, target: string): EngineError {
  const how = worded(engine, {
    '19.03': `mount ${source}:${target} (via /proc/self/fd/6), flags: 0x5000: not a directory: unknown`,
    '28': `mount src=${source}, dst=${target}, dstFd=/proc/thread-self/fd/14, flags=MS_BIND|MS_REC: not a directory`,
  })
  return new EngineError(
    'system',
    `${startPrefix(engine)}${duringInit}error mounting "${source}" to rootfs at "${target}": ${how}: Are you trying to mount a directory onto a file (or vice-versa)? Check if the specified host path exists and is the expected type`,
    127,
  )
}

/** What runs for `argv` by exec in a running container. Throws EngineError with the exit status of `docker exec`. */
export function findForExec(
  engine: Engine,
  looker: Looker,
  argv: readonly string[],
  path?: string,
): Executable {
  try {
    return findExecutable(looker, argv, path ?? defaultPath)
  } catch (cause) {
    if (!(cause instanceof Errno)) throw cause
    const why = reason(engine, looker, argv[0] ?? '', cause)
    throw execFailure(engine, why, cause.code === 'ENOENT' ? 127 : 126)
  }
}

/** Why a command could not be started by exec; old releases report 126 whatever it was. */
export const execFailure = (engine: Engine, why: string, status: number): EngineError =>
  new EngineError(
    'system',
    `OCI runtime exec failed: exec failed: unable to start container process: ${why}${unknown(engine)}`,
    inRelease({ '19.03': 126, '28': status }, engine.release),
  )

/** What containerd 1.x puts behind an error that it does not know. */
const unknown = (engine: Engine): string => worded(engine, { '19.03': ': unknown', '28': '' })

function failure(engine: Engine, prefix: string, looker: Looker, name: string, errno: Errno): EngineError {
  return new EngineError(
    'system',
    prefix + reason(engine, looker, name, errno) + unknown(engine),
    errno.code === 'ENOENT' ? 127 : 126,
  )
}

function reason(engine: Engine, looker: Looker, name: string, errno: Errno): string {
  if (errno.code === 'ENOENT')
    return name.includes('/')
      ? `exec: "${name}": stat ${name}: no such file or directory`
      : `exec: "${name}": executable file not found in $PATH`
  if (errno.code === 'ENOEXEC') return `exec ${name}: exec format error`
  const directory = worded(engine, {
    '19.03': 'permission denied',
    '28': 'is a directory: permission denied',
  })
  return `exec: "${name}": ${isDirectoryAt(looker, name) ? directory : 'permission denied'}`
}

function isDirectoryAt(looker: Looker, path: string): boolean {
  try {
    return isDirectory(lookup(looker, path))
  } catch (cause) {
    if (cause instanceof Errno) return false
    throw cause
  }
}
