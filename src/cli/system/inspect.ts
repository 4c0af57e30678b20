// `docker inspect`

import { requireImage } from '../../api/reference.ts'
import { type Dated, inRelease, type Release } from '../../base/release.ts'
import { requireContainer } from '../../engine/container/container.ts'
import { EngineError, Unsupported } from '../../engine/error.ts'
import { requireNetwork } from '../../engine/network/network.ts'
import { requireVolume } from '../../engine/volume/volume.ts'
import { atLeast } from '../arity.ts'
import { command } from '../command.ts'
import { containerValue } from '../container/inspect.ts'
import type { Context } from '../context.ts'
import { daemonRefusal, StatusError } from '../errors.ts'
import { bool, string } from '../flags/flag.ts'
import type { GoValue } from '../format/template/value.ts'
import { imageValue } from '../image/inspect.ts'
import { inspectAll, type Sent } from '../inspected.ts'
import { networkValue } from '../network/inspect.ts'
import { checkName, lookUpRefusal } from '../refusal.ts'
import { volumeValue } from '../volume/inspect.ts'
import { formatInspect } from '../words.ts'

export const inspect = command({
  use: 'inspect [OPTIONS] NAME|ID [NAME|ID...]',
  short: 'Return low-level information on Docker objects',
  args: atLeast(1),
  flags: {
    format: string(
      { '19.03': 'Format the output using the given Go template', '28': formatInspect },
      { short: 'f' },
    ),
    size: bool('Display total file sizes if the type is container', { short: 's' }),
    type: string({
      '19.03': 'Return JSON for specified type',
      '28': 'Only inspect objects of the given type',
    }),
  },
  run(context, names, { format, size, type }) {
    if (type !== '' && !types.includes(type))
      throw new StatusError((inRelease(badType, context.release) ?? '').replace('TYPE', () => type))
    if (type !== '' && !(type in finders)) throw new Unsupported(`objects of type ${type}`)
    return inspectAll(context, format, names, {
      find: (name) => findAny(context, name, type, size),
      missing: (cause, name) =>
        type === ''
          ? anyRefusal(context.release, cause, name)
          : lookUpRefusal(context.release, cause, type as 'container' | 'image' | 'network' | 'volume', name),
    })
  },
})

const types = [
  'config',
  'container',
  'image',
  'network',
  'node',
  'plugin',
  'secret',
  'service',
  'task',
  'volume',
]
const badType: Dated<string> = {
  '19.03': '"TYPE" is not a valid value for --type',
  '28': `unknown type: "TYPE": must be one of ${types.map((type) => `"${type}"`).join(', ')}`,
}

type Finder = (context: Context, name: string, withSize: boolean) => GoValue | Sent

/** In the order in which a name is looked for. */
const finders: Readonly<Record<string, Finder>> = {
  container: (context, name, withSize) =>
    containerValue(context, requireContainer(context.engine, name), withSize),
  image: (context, name) => imageValue(context, requireImage(context.engine.images, name, context.release)),
  network: (context, name) => networkValue(context, requireNetwork(context.engine, name)),
  volume: (context, name) => volumeValue(context, requireVolume(context.engine, name)),
}

function findAny(context: Context, name: string, type: string, withSize: boolean): GoValue | Sent {
  checkName(context.release, 'container', name)
  const asked = finders[type]
  if (asked) return asked(context, name, withSize)
  for (const find of Object.values(finders)) {
    try {
      return find(context, name, withSize)
    } catch (cause) {
      if (!(cause instanceof EngineError) || !['notFound', 'invalid'].includes(cause.kind)) throw cause
    }
  }
  throw new EngineError('notFound', `No such object: ${name}`)
}

const anyRefusal = (release: Release, cause: EngineError, name: string): string =>
  cause.kind === 'notFound'
    ? `${inRelease({ '19.03': 'Error: No', '29': 'error: no' }, release)} such object: ${name}`
    : daemonRefusal(cause.message)
