// `docker image inspect`

import { imageView } from '../../api/image.ts'
import { requireImage } from '../../api/reference.ts'
import { inRelease, type Release } from '../../base/release.ts'
import type { EngineError } from '../../engine/error.ts'
import type { Image } from '../../engine/image/image.ts'
import { atLeast } from '../arity.ts'
import { command } from '../command.ts'
import type { Context } from '../context.ts'
import { daemonRefusal } from '../errors.ts'
import { string } from '../flags/flag.ts'
import { GoValue } from '../format/template/value.ts'
import { inspectAll, type Sent } from '../inspected.ts'
import { lookUpRefusal } from '../refusal.ts'
import { formatInspect } from '../words.ts'
import { imageShape, sentShape } from './shape.ts'

export const inspect = command({
  use: 'inspect [OPTIONS] IMAGE [IMAGE...]',
  short: 'Display detailed information on one or more images',
  args: atLeast(1),
  flags: {
    format: string(
      { '19.03': 'Format the output using the given Go template', '28': formatInspect },
      { short: 'f' },
    ),
    platform: string(
      "Inspect a specific platform of the multi-platform image.\nIf the image or the server is not multi-platform capable, the command will error out if the platform does not match.\n'os[/arch[/variant]]': Explicit platform (eg. linux/amd64)",
      { since: '28', class: 'kept' },
    ),
  },
  run: (context, names, { format }) =>
    inspectAll(context, format, names, {
      find: (name) => imageValue(context, requireImage(context.engine.images, name, context.release)),
      missing: (cause, name) => imageRefusal(context.release, cause, name),
    }),
})

export function imageValue({ engine, api }: Context, image: Image): Sent {
  const view = imageView(engine, image, api)
  const sent = sentShape(api)
  return { value: new GoValue(imageShape(api), view), sent: sent && new GoValue(sent, view) }
}

/** Older daemons put the name before what is wrong with it. */
const imageRefusal = (release: Release, cause: EngineError, name: string): string =>
  cause.kind === 'invalid' && inRelease({ '19.03': true, '28': false }, release)
    ? daemonRefusal(`no such image: ${name}: ${cause.message}`)
    : lookUpRefusal(release, cause, 'image', name)
