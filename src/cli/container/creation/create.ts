// What `docker run` and `docker create` do alike: look at the line, get the image if need be, and let the daemon make
// the container (docker/cli cli/command/container/create.go).

import { Errno, strerror } from '../../../base/errno.ts'
import { type Dated, inRelease } from '../../../base/release.ts'
import type { Task } from '../../../base/scheduler.ts'
import type { Container } from '../../../engine/container/container.ts'
import { type CreateOptions, create as createInDaemon } from '../../../engine/container/create.ts'
import { warningsOf } from '../../../engine/container/limits.ts'
import { EngineError } from '../../../engine/error.ts'
import {
  familiarTag,
  parseReference,
  type Reference,
  UppercaseReference,
} from '../../../engine/image/reference.ts'
import { findImage } from '../../../engine/image/store.ts'
import { exists } from '../../../kernel/fs/lookup.ts'
import { writeText } from '../../../kernel/fs/write.ts'
import { terminalOf } from '../../../kernel/tty.ts'
import type { Context } from '../../context.ts'
import { ValueError } from '../../flags/strconv.ts'
import { pullShown } from '../../image/progress.ts'
import { pace } from '../../pace.ts'
import { type Asked, createOptionsOf } from './options.ts'

/** Any other word means `never` at first. */
const anyPull: Dated<boolean> = { '19.03': true, '28': false }

/** What the line asks for. @throws ValueError */
export function readLine(context: Context, asked: Asked, pull: string): CreateOptions {
  if (!['', 'always', 'missing', 'never'].includes(pull) && !inRelease(anyPull, context.release))
    throw new ValueError(`invalid pull option: '${pull}': must be one of "always", "missing" or "never"`)
  return createOptionsOf(context, asked)
}

/** Makes the container. @throws ValueError, EngineError */
export function* createContainer(
  context: Context,
  asked: Asked,
  options: CreateOptions,
  pull: string,
): Task<Container> {
  const { engine, proc } = context
  const { cidfile } = asked.flags
  warn(context, options)
  if (cidfile !== '') checkCidFile(context, cidfile)
  const reference = imageReference(context, asked.image)
  yield* proc.sleep(pace.command)
  if (pull === 'always') yield* pullImage(context, asked, reference)
  else if (!findImage(engine.images, asked.image)) yield* fetchMissing(context, asked, reference, pull)
  yield* proc.sleep(pace.create)
  const container = yield* createOrFetch(context, asked, options, { reference, pull })
  const experimental = inRelease(imageWarning, context.release) ?? ''
  if (options.host.mounts.some(({ type }) => type === 'image') && experimental !== '')
    proc.printError(`WARNING: ${experimental}`)
  const warning = inRelease(linkWarning, context.release) ?? ''
  for (const words of warningsOf(options.host.kept)) proc.printError(`WARNING: ${words}`)
  if (options.host.links.length > 0 && warning !== '') proc.printError(`WARNING: ${warning}`)
  if (cidfile !== '') writeCidFile(context, cidfile, container.id)
  return container
}

/** What the daemon says it has not is taken to be the image, whatever it was (docker/cli create.go). */
function* createOrFetch(
  context: Context,
  asked: Asked,
  options: CreateOptions,
  { reference, pull }: { readonly reference: Reference; readonly pull: string },
): Task<Container> {
  try {
    return createInDaemon(context.engine, options)
  } catch (cause) {
    if (!(cause instanceof EngineError) || cause.kind !== 'notFound' || pull === 'never') throw cause
    yield* fetchMissing(context, asked, reference, pull)
    return createInDaemon(context.engine, options)
  }
}

/** The daemon's own warning. */
const linkWarning: Dated<string> = {
  '19.03': '',
  '29': 'Links on the default bridge network are deprecated and will be removed in a future release. Use a custom network instead.',
}

const imageWarning: Dated<string> = { '28': 'Image mount is an experimental feature', '29': '' }

const localhostDns: Dated<string> = {
  '19.03': 'WARNING: Localhost DNS setting (--dns=IP) may fail in containers.',
  '28': 'WARNING: Localhost DNS (IP) may fail in containers.',
}

function warn({ proc, release }: Context, { host }: CreateOptions): void {
  if (host.networkMode === 'host' && (host.portBindings.length > 0 || host.publishAllPorts))
    proc.printError('WARNING: Published ports are discarded when using host network mode')
  const local = host.dns.find((server) => server.startsWith('127.'))
  if (local !== undefined) proc.printError((inRelease(localhostDns, release) ?? '').replace('IP', local))
}

function* fetchMissing(context: Context, asked: Asked, reference: Reference, pull: string): Task<void> {
  const name = familiarTag(reference)
  if (pull === 'never') throw new EngineError('notFound', `No such image: ${name}`)
  context.proc.printError(`Unable to find image '${name}' locally`)
  yield* pullImage(context, asked, reference)
}

function* pullImage(context: Context, { flags }: Asked, reference: Reference): Task<void> {
  const { proc, engine } = context
  const screen = { descriptor: 2, isTerminal: terminalOf(proc.files.get(2)) !== undefined } as const
  yield* pullShown(proc, engine, reference, flags.quiet ? undefined : screen)
}

const upperCase: Dated<string> = {
  '19.03': 'invalid reference format: repository name must be lowercase',
  '28': 'invalid reference format: repository name (PATH) must be lowercase',
}

/** @throws ValueError: it is the client that finds it wrong */
function imageReference({ release, engine }: Context, text: string): Reference {
  try {
    return parseReference(text)
  } catch (cause) {
    if (findImage(engine.images, text)) return parseReference('image')
    if (cause instanceof UppercaseReference)
      throw new ValueError((inRelease(upperCase, release) ?? '').replace('PATH', cause.path))
    if (cause instanceof EngineError) throw new ValueError(cause.message)
    throw cause
  }
}

const cidFileFound: Dated<string> = { '19.03': 'Container', '28': 'container' }

function checkCidFile({ proc, release }: Context, path: string): void {
  if (exists(proc, path))
    throw new ValueError(
      `${inRelease(cidFileFound, release)} ID file found, make sure the other container isn't running or delete ${path}`,
    )
}

function writeCidFile({ proc }: Context, path: string, id: string): void {
  try {
    writeText(proc, path, id)
  } catch (cause) {
    if (cause instanceof Errno)
      throw new ValueError(
        `failed to create the container ID file: open ${path}: ${strerror(cause.code).toLowerCase()}`,
      )
    throw cause
  }
}
